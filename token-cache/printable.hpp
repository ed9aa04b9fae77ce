#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace azure_wi {

/// `text` for a message: every byte that is no visible ASCII character or blank becomes '?', and what is
/// longer than `limit` bytes is cut and ends with "..." (inside the limit). A terminal would obey control
/// bytes, and git's credential protocol is made of lines.
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit);

} // namespace azure_wi
