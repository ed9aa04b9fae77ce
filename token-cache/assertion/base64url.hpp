#pragma once

#include "token-cache/secret.hpp"

#include <optional>
#include <string_view>

namespace azure_wi {

/// Decodes base64url without padding (RFC 7515 section 2, RFC 4648 section 5). Nothing where a byte is not of
/// the alphabet or the length is impossible. Bits left over in the last digit are not looked at. Pure.
[[nodiscard]] std::optional<secret> decode_base64url(std::string_view text);

} // namespace azure_wi
