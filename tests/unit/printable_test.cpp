#include "token-cache/printable.hpp"

#include <boost/test/unit_test.hpp>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(printable_)

BOOST_AUTO_TEST_CASE(visible_ascii_stays_as_it_is) {
    BOOST_TEST(printable("a b~!", 10) == "a b~!");
}

BOOST_AUTO_TEST_CASE(control_and_other_bytes_become_question_marks) {
    BOOST_TEST(printable("a\x1b[1m\n\r\x07\x7f\xc3\xa9", 99) == "a?[1m??????");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_inside_the_limit) {
    BOOST_TEST(printable("abcdefgh", 8) == "abcdefgh");
    BOOST_TEST(printable("abcdefghi", 8) == "abcde...");
    BOOST_TEST(printable("abcdefghi", 2) == "..");
    BOOST_TEST(printable("abc", 0).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
