#include "token-cache/exchange/retry_after.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace azure_wi {
namespace {

namespace chrono = std::chrono;

constexpr std::int64_t longest_wait = 365 * 86400;

constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> long_days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Goes through a text from the left. After the first thing that is not there, nothing is any more.
class scanner {
public:
    explicit scanner(std::string_view text) : rest_(text) {}

    void literal(std::string_view expected) {
        good_ = good_ && rest_.starts_with(expected);
        if (good_)
            rest_.remove_prefix(expected.size());
    }

    /// Exactly `digits` digits; with `blank_padded` the first can be a blank.
    int number(std::size_t digits, bool blank_padded = false) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const char c = rest_.empty() ? '\0' : rest_.front();
            good_ = good_ && (is_digit(c) || (blank_padded && i == 0 && c == ' '));
            if (!good_)
                return 0;
            value = value * 10 + (c == ' ' ? 0 : c - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }

    /// The place in `names` of the one that stands here.
    template <std::size_t Count>
    unsigned one_of(const std::array<std::string_view, Count> &names) {
        for (unsigned i = 0; good_ && i < Count; ++i) {
            if (rest_.starts_with(names[i])) {
                rest_.remove_prefix(names[i].size());
                return i;
            }
        }
        good_ = false;
        return 0;
    }

    void time_of_day() {
        const int hour = number(2);
        literal(":");
        const int minute = number(2);
        literal(":");
        const int second = number(2); // 60: a leap second
        good_ = good_ && hour < 24 && minute < 60 && second <= 60;
        seconds_of_day_ = hour * 3600 + minute * 60 + second;
    }

    [[nodiscard]] std::optional<std::int64_t> finish(int year, unsigned month, int day) const {
        const chrono::year_month_day date{chrono::year{year}, chrono::month{month + 1},
                                          chrono::day{static_cast<unsigned>(day)}};
        if (!good_ || !rest_.empty() || !date.ok())
            return std::nullopt;
        return chrono::sys_seconds{chrono::sys_days{date}}.time_since_epoch().count() + seconds_of_day_;
    }

private:
    std::string_view rest_;
    bool good_ = true;
    int seconds_of_day_ = 0;
};

std::optional<std::int64_t> read_imf_fixdate(std::string_view text) {
    scanner scan(text);
    scan.one_of(days);
    scan.literal(", ");
    const int day = scan.number(2);
    scan.literal(" ");
    const unsigned month = scan.one_of(months);
    scan.literal(" ");
    const int year = scan.number(4);
    scan.literal(" ");
    scan.time_of_day();
    scan.literal(" GMT");
    return scan.finish(year, month, day);
}

std::optional<std::int64_t> read_rfc850_date(std::string_view text, std::int64_t now) {
    scanner scan(text);
    scan.one_of(long_days);
    scan.literal(", ");
    const int day = scan.number(2);
    scan.literal("-");
    const unsigned month = scan.one_of(months);
    scan.literal("-");
    const int year_of_century = scan.number(2);
    scan.literal(" ");
    scan.time_of_day();
    scan.literal(" GMT");

    const chrono::sys_seconds present{chrono::seconds{now}};
    const int this_year =
        static_cast<int>(chrono::year_month_day{chrono::floor<chrono::days>(present)}.year());
    int year = this_year - this_year % 100 + year_of_century;
    if (year > this_year + 50)
        year -= 100;
    return scan.finish(year, month, day);
}

std::optional<std::int64_t> read_asctime_date(std::string_view text) {
    scanner scan(text);
    scan.one_of(days);
    scan.literal(" ");
    const unsigned month = scan.one_of(months);
    scan.literal(" ");
    const int day = scan.number(2, true);
    scan.literal(" ");
    scan.time_of_day();
    scan.literal(" ");
    const int year = scan.number(4);
    return scan.finish(year, month, day);
}

std::int64_t saturated(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits)
        value = std::min(longest_wait, value * 10 + (c - '0'));
    return value;
}

} // namespace

std::optional<std::int64_t> read_http_date(std::string_view text, std::int64_t now) {
    if (const auto date = read_imf_fixdate(text))
        return date;
    if (const auto date = read_rfc850_date(text, now))
        return date;
    return read_asctime_date(text);
}

std::optional<std::chrono::seconds> read_retry_after(std::string_view field, std::string_view date,
                                                     std::int64_t now) {
    if (field.empty())
        return std::nullopt;
    if (std::ranges::all_of(field, is_digit))
        return chrono::seconds{saturated(field)};
    const std::int64_t sent = read_http_date(date, now).value_or(now);
    const auto until = read_http_date(field, sent);
    if (!until)
        return std::nullopt;
    return chrono::seconds{std::clamp<std::int64_t>(*until - sent, 0, longest_wait)};
}

} // namespace azure_wi
