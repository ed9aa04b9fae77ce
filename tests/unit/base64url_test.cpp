#include "tests/fakes/json_web_token.hpp"
#include "token-cache/assertion/base64url.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(base64url_)

BOOST_AUTO_TEST_CASE(all_bytes_and_all_lengths_come_back) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        const auto decoded = decode_base64url(base64url(bytes));
        BOOST_REQUIRE(decoded.has_value());
        BOOST_TEST(decoded->reveal() == bytes);
        bytes += static_cast<char>(byte);
    }
}

BOOST_AUTO_TEST_CASE(padding_the_other_alphabet_and_blanks_are_refused) {
    for (const char *text : {"YQ==", "ab+/", "a b", "ab\n", "a.bc"})
        BOOST_TEST(!decode_base64url(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(an_impossible_length_is_refused) {
    BOOST_TEST(!decode_base64url("abcde").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
