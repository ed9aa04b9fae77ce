#pragma once

#include "token-cache/store/cache_key.hpp"
#include "token-cache/store/refusal.hpp"
#include "token-cache/token.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace azure_wi {

// The record format, byte by byte, stands in docs/cache-format.md. Every number is little-endian.
//
//   offset size
//        0    8  magic: "azwi-tok" or "azwi-ref"
//        8    2  format version
//       10    2  flags
//       12    4  length of the whole record
//       16    4  CRC-32C of all other bytes
//       20   16  record id
//       36    …  the fields of its kind, then the texts
//
// A record is one file, written whole and renamed into place, so a reader sees all of one or all of
// another; length and CRC are against what rename cannot prevent (a full disk, a bad copy, a hand edit).

inline constexpr std::uint16_t record_version = 1;

/// No record is larger; a larger file is not read.
inline constexpr std::size_t max_record_size = 64 * 1024;

/// The record's bytes; its size can exceed max_record_size where key and token are extreme, and then is not
/// stored.
[[nodiscard]] secret encode_token_record(const cache_key &key, const access_token &token);
[[nodiscard]] secret encode_refusal_record(const cache_key &key, const refusal &refused);

/// Nothing for a record that is torn, foreign, of another version, or holds what a server's reply may not
/// hold: the cache is untrusted input. Says nothing about time: see refresh_policy.hpp.
[[nodiscard]] std::optional<access_token> decode_token_record(const cache_key &key, std::string_view bytes);
[[nodiscard]] std::optional<refusal> decode_refusal_record(const cache_key &key, std::string_view bytes);

/// True for a record that a newer version of this program wrote. It is left where it is.
[[nodiscard]] bool is_newer_record(std::string_view bytes);

} // namespace azure_wi
