#include "token-cache/exchange/b64token.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(b64token)

BOOST_AUTO_TEST_CASE(every_byte_of_the_grammar_is_taken) {
    BOOST_TEST(is_b64token("azAZ09-._~+/"));
    BOOST_TEST(is_b64token("a=="));
}

BOOST_AUTO_TEST_CASE(no_other_byte_is_taken) {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool allowed = std::string("-._~+/=").find(c) != std::string::npos || (c >= '0' && c <= '9') ||
                             (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        BOOST_TEST(is_b64token(std::string("a") + c) == allowed, "byte " << byte);
    }
}

BOOST_AUTO_TEST_CASE(equal_signs_stand_only_at_the_end_of_something) {
    BOOST_TEST(!is_b64token("="));
    BOOST_TEST(!is_b64token("a=b"));
    BOOST_TEST(!is_b64token(""));
}

BOOST_AUTO_TEST_CASE(the_cap_is_32768_bytes) {
    BOOST_TEST(is_b64token(std::string(32768, 'a')));
    BOOST_TEST(!is_b64token(std::string(32769, 'a')));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
