#include "token-cache/store/crc32c.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(crc32c)

// RFC 3720, appendix B.4.
BOOST_AUTO_TEST_CASE(agrees_with_the_examples_of_the_rfc) {
    std::string up(32, '\0');
    std::string down(32, '\0');
    for (std::size_t i = 0; i < up.size(); ++i) {
        up[i] = static_cast<char>(i);
        down[i] = static_cast<char>(31 - i);
    }
    BOOST_TEST(azure_wi::crc32c(std::string(32, '\0')) == 0x8a9136aaU);
    BOOST_TEST(azure_wi::crc32c(std::string(32, '\xff')) == 0x62a8ab43U);
    BOOST_TEST(azure_wi::crc32c(up) == 0x46dd794eU);
    BOOST_TEST(azure_wi::crc32c(down) == 0x113fdb5cU);
}

BOOST_AUTO_TEST_CASE(agrees_with_the_check_value_of_the_catalogues) {
    BOOST_TEST(azure_wi::crc32c("123456789") == 0xe3069283U);
    BOOST_TEST(azure_wi::crc32c("") == 0U);
}

BOOST_AUTO_TEST_CASE(of_parts_is_that_of_the_whole) {
    BOOST_TEST(azure_wi::crc32c("56789", azure_wi::crc32c("1234")) == azure_wi::crc32c("123456789"));
}

BOOST_AUTO_TEST_SUITE_END()
