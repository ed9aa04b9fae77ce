#pragma once

#include "token-cache/clock.hpp"

#include <vector>

namespace azure_wi {

/// Time that passes only where somebody sleeps or a test says so.
class manual_clock final : public clock {
public:
    explicit manual_clock(std::int64_t wall_seconds = 1'700'000'000) : wall_(wall_seconds) {}

    [[nodiscard]] std::int64_t wall_seconds() const override {
        return wall_.count() + std::chrono::duration_cast<std::chrono::seconds>(passed_).count();
    }
    [[nodiscard]] instant now() const override { return instant{} + std::chrono::hours{1} + passed_; }
    void sleep_for(std::chrono::milliseconds duration) override {
        sleeps.push_back(duration);
        advance(duration);
    }

    void advance(std::chrono::milliseconds duration) { passed_ += duration; }

    std::vector<std::chrono::milliseconds> sleeps;

private:
    std::chrono::seconds wall_;
    std::chrono::milliseconds passed_{0};
};

} // namespace azure_wi
