#include "token-cache/random.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(random_)

BOOST_AUTO_TEST_CASE(two_fillings_differ) {
    std::array<unsigned char, 16> one{};
    std::array<unsigned char, 16> other{};
    fill_random(one);
    fill_random(other);
    BOOST_TEST((one != other));
    fill_random({});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
