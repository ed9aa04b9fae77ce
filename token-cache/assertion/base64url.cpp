#include "token-cache/assertion/base64url.hpp"

#include "token-cache/ascii.hpp"

#include <cstddef>
#include <cstdint>

namespace azure_wi {
namespace {

constexpr std::uint32_t no_digit = 64;

constexpr std::uint32_t value_of(char c) {
    if (c >= 'A' && c <= 'Z')
        return static_cast<std::uint32_t>(c - 'A');
    if (c >= 'a' && c <= 'z')
        return static_cast<std::uint32_t>(c - 'a' + 26);
    if (is_digit(c))
        return static_cast<std::uint32_t>(c - '0' + 52);
    if (c == '-')
        return 62;
    return c == '_' ? 63 : no_digit;
}

} // namespace

std::optional<secret> decode_base64url(std::string_view text) {
    if (text.size() % 4 == 1)
        return std::nullopt;
    secret decoded(text.size() * 3 / 4);
    std::size_t filled = 0;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const std::uint32_t digit = value_of(c);
        if (digit == no_digit)
            return std::nullopt;
        bits = (bits << 6U | digit) & 0xffffU;
        held += 6;
        if (held >= 8) {
            held -= 8;
            decoded.buffer()[filled++] = static_cast<char>(bits >> held & 0xffU);
        }
    }
    return decoded;
}

} // namespace azure_wi
