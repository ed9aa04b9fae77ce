#include "token-cache/settings/duration.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <optional>
#include <string_view>

using azure_wi::read_duration;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(duration)

BOOST_AUTO_TEST_CASE(takes_digits_and_one_unit) {
    const auto is = [](std::string_view text, std::chrono::milliseconds expected) {
        BOOST_TEST((read_duration(text) == expected), text);
    };
    is("500ms", 500ms);
    is("30s", 30s);
    is("30", 30s);
    is("5m", 5min);
    is("1h", 1h);
    is("0", 0ms);
    is("007", 7s);
    is("366m", 366min);
    is("8784h", 8784h); // 366 days
}

BOOST_AUTO_TEST_CASE(takes_nothing_else) {
    for (const std::string_view text :
         {"", "s", "ms", "-1", "+1", " 1", "1 ", "1 s", "1S", "1d", "1.5s", "1e3", "0x10", "1h30m", "1s\n",
          "8785h", "99999999999h", "999999999999", "99999999999999999999999"})
        BOOST_TEST(!read_duration(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
