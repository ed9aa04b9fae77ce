#include "token-cache/utc_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace azure_wi {

std::string utc_text(std::int64_t seconds) {
    constexpr std::int64_t last_of_9999 = 253402300799;
    const std::chrono::sys_seconds time{
        std::chrono::seconds{std::clamp<std::int64_t>(seconds, 0, last_of_9999)}};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};

    // Neither strftime nor a stream: both would bring the locale into the static face.
    std::array<char, 48> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02dZ",
                      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

} // namespace azure_wi
