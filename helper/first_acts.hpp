#pragma once

namespace azure_wi::helper {

/// What both executables do before anything else: /dev/null on closed descriptors 0 to 2, so that no cache
/// file becomes stdout; SIGPIPE and SIGXFSZ ignored, so that a broken pipe or a file limit is an error and
/// not a death; no core dump and no ptrace by others of this uid, for there will be tokens in memory.
void first_acts();

} // namespace azure_wi::helper
