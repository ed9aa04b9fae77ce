#include "token-cache/clock.hpp"

#include <cerrno>
#include <ctime>

namespace azure_wi {

std::int64_t system_clock::wall_seconds() const {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

instant system_clock::now() const {
    return std::chrono::steady_clock::now();
}

void system_clock::sleep_for(std::chrono::milliseconds duration) {
    // Not std::this_thread::sleep_for: it would bring the thread library into the static face.
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
    ::timespec left{};
    left.tv_sec = seconds.count();
    left.tv_nsec = std::chrono::nanoseconds(duration - seconds).count();
    while (::clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR) {
    }
}

} // namespace azure_wi
