#pragma once

#include "token-cache/clock.hpp"
#include "token-cache/result.hpp"
#include "token-cache/secret.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace azure_wi {

/// Runs a program, found in PATH, and returns what it wrote to its standard output, once it has ended with
/// status 0. Its standard input is /dev/null, its standard error is ours; it inherits no other descriptor,
/// and has default signal dispositions although we ignore SIGPIPE and SIGXFSZ. It runs in a process group of
/// its own, which is killed, and the program waited for, where it takes longer than until `deadline` or
/// writes more than `limit` bytes.
///
/// Fails with assertion_command_failed; failure::about is the program's name, made printable, and what
/// happened. Precondition: `arguments` is not empty. May be called from any thread; a host that ignores
/// SIGCHLD or waits for any child takes the exit status from us, and then the output alone decides.
[[nodiscard]] result<secret> command_output(const std::vector<std::string> &arguments, std::size_t limit,
                                            const clock &clock, instant deadline);

} // namespace azure_wi
