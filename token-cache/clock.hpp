#pragma once

#include <chrono>
#include <cstdint>

namespace azure_wi {

/// A point on CLOCK_MONOTONIC: for deadlines, which a wall clock that is set must not move.
using instant = std::chrono::steady_clock::time_point;

/// Where time comes from. Tokens expire by the wall clock, waiting ends by the monotonic one.
/// Thread rules: every member may be called from any thread at once.
class clock {
public:
    virtual ~clock() = default;

    /// Seconds since the epoch, UTC.
    [[nodiscard]] virtual std::int64_t wall_seconds() const = 0;

    [[nodiscard]] virtual instant now() const = 0;

    /// Returns once `duration` has passed.
    virtual void sleep_for(std::chrono::milliseconds duration) = 0;
};

/// The machine's clocks.
class system_clock final : public clock {
public:
    [[nodiscard]] std::int64_t wall_seconds() const override;
    [[nodiscard]] instant now() const override;
    void sleep_for(std::chrono::milliseconds duration) override;
};

} // namespace azure_wi
