#include "token-cache/exchange/retry_after.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace azure_wi {
namespace {

constexpr std::int64_t rfc_example = 784111777; // the time in the examples of RFC 9110 section 5.6.7
constexpr std::int64_t now = rfc_example - 3;

std::int64_t seconds(std::string_view field, std::string_view date = {}) {
    const auto read = read_retry_after(field, date, now);
    return read ? read->count() : -1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(retry_after)

BOOST_AUTO_TEST_CASE(all_three_date_forms_are_read) {
    for (const char *text :
         {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
        BOOST_TEST(read_http_date(text, now).value_or(0) == rfc_example, text);
}

BOOST_AUTO_TEST_CASE(what_is_no_date_is_not_read) {
    for (const char *text :
         {"", "Sun", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
          "Sun, 06 Nov 1994 08:49:37 GMT ", "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
          "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
          "sun, 06 nov 1994 08:49:37 gmt"})
        BOOST_TEST(!read_http_date(text, now).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_year_of_two_digits_is_never_more_than_50_years_ahead) {
    const std::int64_t in_2026 = 1'790'000'000;
    BOOST_TEST(read_http_date("Sunday, 06-Nov-94 08:49:37 GMT", in_2026).value() == rfc_example);
    BOOST_TEST(read_http_date("Saturday, 01-Jan-28 00:00:00 GMT", in_2026).value() == 1830297600);
}

BOOST_AUTO_TEST_CASE(seconds_are_taken_as_they_are) {
    BOOST_TEST(seconds("0") == 0);
    BOOST_TEST(seconds("2") == 2);
    BOOST_TEST(seconds("0060") == 60);
}

BOOST_AUTO_TEST_CASE(more_than_a_year_is_a_year) {
    BOOST_TEST(seconds("999999999") == 365 * 86400);
    BOOST_TEST(seconds(std::string(1000, '9')) == 365 * 86400);
    BOOST_TEST(seconds("Fri, 31 Dec 9999 23:59:59 GMT") == 365 * 86400);
}

BOOST_AUTO_TEST_CASE(a_date_is_seen_from_the_replys_own_date_first) {
    const char *until = "Sun, 06 Nov 1994 08:49:37 GMT";
    BOOST_TEST(seconds(until) == 3);
    BOOST_TEST(seconds(until, "Sun, 06 Nov 1994 08:48:37 GMT") == 60);
    BOOST_TEST(seconds(until, "junk") == 3);
    BOOST_TEST(seconds(until, "Sun, 06 Nov 1994 09:00:00 GMT") == 0);
}

BOOST_AUTO_TEST_CASE(what_is_invalid_asks_for_nothing) {
    for (const char *field : {"", "-1", "+1", "1.5", "2 s", "0x10", "soon"})
        BOOST_TEST(seconds(field) == -1, field);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
