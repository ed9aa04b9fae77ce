#include "token-cache/store/cache_key.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace azure_wi {

namespace {

[[nodiscard]] std::uint64_t fnv1a(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : bytes)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

[[nodiscard]] std::string hex(std::uint64_t value) {
    std::string digits(16, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, value >>= 4)
        *digit = "0123456789abcdef"[value & 0xf];
    return digits;
}

} // namespace

cache_key make_cache_key(const identity &who) {
    const std::array<std::string_view, 10> fields{
        who.authority,     who.tenant_id,     who.client_id,        who.scope,           who.token_file,
        who.token_command, who.binding.proxy, who.binding.sni_name, who.binding.ca_file, who.binding.ca_data,
    };
    cache_key key;
    for (const std::string_view field : fields) {
        const auto size = static_cast<std::uint32_t>(field.size());
        for (int shift = 0; shift < 32; shift += 8)
            key.full += static_cast<char>((size >> shift) & 0xff);
        key.full += field;
    }
    key.name = hex(fnv1a(key.full));
    return key;
}

} // namespace azure_wi
