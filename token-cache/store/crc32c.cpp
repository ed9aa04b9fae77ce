#include "token-cache/store/crc32c.hpp"

#include <array>
#include <cstddef>

namespace azure_wi {

namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1) != 0 ? 0x82f63b78U : 0U);
        table[i] = value;
    }
    return table;
}

// A table and not the SSE4.2 instruction: to learn whether the processor has it takes a cpuid, which
// traps in a virtual machine and costs more than the sum over a whole record.
constexpr std::array<std::uint32_t, 256> table = make_table();

} // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before) noexcept {
    std::uint32_t sum = ~before;
    for (const char c : bytes)
        sum = (sum >> 8) ^ table[(sum ^ static_cast<unsigned char>(c)) & 0xffU];
    return ~sum;
}

} // namespace azure_wi
