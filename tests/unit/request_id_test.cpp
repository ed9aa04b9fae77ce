#include "token-cache/exchange/request_id.hpp"
#include "token-cache/guid.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(request_id)

BOOST_AUTO_TEST_CASE(it_is_a_random_uuid) {
    for (int i = 0; i < 64; ++i) {
        const std::string id = make_request_id();
        BOOST_TEST(is_guid(id), id);
        BOOST_TEST(id[14] == '4', id);
        BOOST_TEST((id[19] == '8' || id[19] == '9' || id[19] == 'a' || id[19] == 'b'), id);
    }
    BOOST_TEST(make_request_id() != make_request_id());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
