#pragma once

#include <string>
#include <vector>

namespace azure_wi::helper {

/// Puts git-credential-azure-wi--online in this process's place, with `options` as they were given and then
/// `words`. It is looked for in ../libexec of this program's own file, beside it, and where it was installed.
/// Returns only where none can be run.
///
/// The one place that knows that there are two executables: linked into one file, this would be a call.
void hand_over(const std::vector<char *> &options, const std::vector<std::string> &words);

} // namespace azure_wi::helper
