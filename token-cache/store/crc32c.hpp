#pragma once

#include <cstdint>
#include <string_view>

namespace azure_wi {

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `bytes`. Against accidents, not against attackers: the
/// owner and mode of the directory keep those out.
/// `before`: the sum of the bytes that stand before these, where they are summed in parts.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0) noexcept;

} // namespace azure_wi
