#pragma once

#include "token-cache/ascii.hpp"

#include <cstddef>
#include <string_view>

namespace azure_wi {

/// True for the 8-4-4-4-12 form of a UUID (RFC 4122 section 3), either case, without braces.
[[nodiscard]] constexpr bool is_guid(std::string_view text) {
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i]))
            return false;
    }
    return true;
}

} // namespace azure_wi
