#pragma once

#include <string>

namespace azure_wi {

/// True where `path`, which need not exist yet, would stand below a git work tree: a token kept there is one
/// `git add -A` away from being published.
[[nodiscard]] bool in_work_tree(const std::string &path);

} // namespace azure_wi
