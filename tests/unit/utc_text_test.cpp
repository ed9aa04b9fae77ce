#include "token-cache/utc_text.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(utc_text_)

BOOST_AUTO_TEST_CASE(a_time_has_the_form_of_entras_timestamps) {
    BOOST_TEST(utc_text(0) == "1970-01-01 00:00:00Z");
    BOOST_TEST(utc_text(784111777) == "1994-11-06 08:49:37Z");
    BOOST_TEST(utc_text(951782400) == "2000-02-29 00:00:00Z");
}

BOOST_AUTO_TEST_CASE(impossible_times_become_the_nearest_possible) {
    BOOST_TEST(utc_text(-1) == "1970-01-01 00:00:00Z");
    BOOST_TEST(utc_text(INT64_MAX) == "9999-12-31 23:59:59Z");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
