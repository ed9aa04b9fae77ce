#pragma once

#include <cstddef>
#include <string_view>

namespace azure_wi {

/// More than this no access token has; group-rich ones reach 12 KiB.
inline constexpr std::size_t max_token_bytes = 32768;

/// True where `text` is a `b64token` of RFC 6750 section 2.1 of at most max_token_bytes:
/// 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
/// Only such bytes may go into a header or a line of git's credential protocol. Pure.
[[nodiscard]] bool is_b64token(std::string_view text);

} // namespace azure_wi
