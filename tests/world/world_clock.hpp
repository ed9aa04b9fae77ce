#pragma once

#include <atomic>
#include <chrono>

namespace azure_wi::world {

// The stand-ins' idea of now. Moving it makes tokens expire and assertions stale without anybody sleeping.
class world_clock {
public:
    std::chrono::sys_seconds now() const {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
               std::chrono::seconds{offset_.load()};
    }
    void advance(std::chrono::seconds by) { offset_ += by.count(); }
    void reset() { offset_ = 0; }

private:
    std::atomic<std::chrono::seconds::rep> offset_{0};
};

} // namespace azure_wi::world
