#pragma once

#include "token-cache/store/cache_key.hpp"

#include <string>
#include <string_view>

namespace azure_wi {

// The files of a cache directory. A key has one of each at most.

[[nodiscard]] inline std::string token_entry(const cache_key &key) {
    return key.name + ".token";
}
[[nodiscard]] inline std::string refusal_entry(const cache_key &key) {
    return key.name + ".refusal";
}

/// The lock of whoever makes the exchange, and of the one who takes over from a holder that stopped.
[[nodiscard]] inline std::string holder_lock(const cache_key &key) {
    return key.name + ".lock";
}
[[nodiscard]] inline std::string successor_lock(const cache_key &key) {
    return key.name + ".lock2";
}

inline constexpr std::string_view temporary_suffix = ".tmp";

/// True for what holds a token or a refusal, whole or half written; false for locks, which stay for ever:
/// a lock file that is unlinked splits those who wait on it from those who come.
[[nodiscard]] inline bool is_record_name(std::string_view name) {
    return name.ends_with(".token") || name.ends_with(".refusal") || name.ends_with(temporary_suffix);
}

} // namespace azure_wi
