#pragma once

#include "token-cache/failure.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace azure_wi {

/// No exchange takes more attempts. With one exchange at a time behind the lock, a throttled endpoint sees no
/// more than these of however many callers.
inline constexpr int max_attempts = 4;

enum class retry_kind {
    never,   ///< nothing that waiting mends
    once,    ///< an accident of one connection, or of one reading of the token file
    backoff, ///< the endpoint is busy: longer and longer pauses
};

[[nodiscard]] retry_kind retry_kind_of(const failure &what);

/// What was tried so far, the failed attempt that is asked about included.
struct attempts {
    int made = 0;
    bool second_chance_used = false; ///< a failure of kind `once` was retried before
};

/// How long to wait before another attempt, or nothing where it is time to give up: after max_attempts, after
/// a second failure of kind `once`, or where the pause would not end while `left`, the time to the deadline,
/// lasts. `Retry-After` is honoured to the second and never shortened; without it the pause doubles from
/// about 300 ms on. `random` spreads the pauses of many callers. Pure.
[[nodiscard]] std::optional<std::chrono::milliseconds> pause_before_retry(const failure &what,
                                                                          const attempts &so_far,
                                                                          std::chrono::milliseconds left,
                                                                          std::uint32_t random);

} // namespace azure_wi
