#pragma once

namespace azure_wi::helper {

/// What the helper's exit status means. git looks at none of them; scripts and people do.
enum exit_status : int {
    exit_ok = 0,      ///< answered, or nothing to answer
    exit_failure = 1, ///< a request that is no request, or no credential with --on-failure=next
    exit_usage = 2,   ///< the command line is wrong
};

} // namespace azure_wi::helper
