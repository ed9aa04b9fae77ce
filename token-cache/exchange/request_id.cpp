#include "token-cache/exchange/request_id.hpp"

#include "token-cache/random.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace azure_wi {

std::string make_request_id() {
    std::array<unsigned char, 16> bytes{};
    fill_random(bytes);
    // RFC 4122 section 4.4: the version, and the variant that the RFC describes.
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);

    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 0x0fU];
    }
    return text;
}

} // namespace azure_wi
