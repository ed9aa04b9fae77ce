#pragma once

#include "tests/world/child_process.hpp"

namespace azure_wi::tests {

// Runs a command as `docker run` does without options: CAP_SYS_ADMIN out of reach, no user namespace to win
// it back in, and unshare(2) refused. Nothing of it outlives the call. Throws std::system_error where that
// cannot be staged.
world::process_result run_without_namespaces(const world::command &what);

} // namespace azure_wi::tests
