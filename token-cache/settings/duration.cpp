#include "token-cache/settings/duration.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace azure_wi {

std::optional<std::chrono::milliseconds> read_duration(std::string_view text) {
    const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    if (digits == 0 || digits > 11) // eleven digits of milliseconds are three years, and fit
        return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + digits, value);
    const std::string_view unit = text.substr(digits);
    std::int64_t milliseconds = 0;
    if (unit == "ms")
        milliseconds = 1;
    else if (unit == "s" || unit.empty())
        milliseconds = 1000;
    else if (unit == "m")
        milliseconds = 60 * 1000;
    else if (unit == "h")
        milliseconds = 60 * 60 * 1000;
    else
        return std::nullopt;
    constexpr std::chrono::milliseconds longest = std::chrono::days(366);
    const std::chrono::milliseconds duration(value * milliseconds);
    return duration > longest ? std::nullopt : std::optional(duration);
}

} // namespace azure_wi
