// A cached token that is dead, or nearly so, is not handed out.

#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

using namespace std::chrono_literals;
using world::default_repository;

BOOST_AUTO_TEST_SUITE(git_token_life)

AZURE_WI_TEST_WITH_EACH_GIT(an_expired_token_is_replaced_before_it_is_sent) {
    must({"ls-remote", default_repository});
    age_cached_token(-1s);
    must({"ls-remote", default_repository});
    BOOST_TEST(entra().exchanges() == 2U);
    BOOST_TEST(repos().challenges() == 2 * anonymous_requests());
}

AZURE_WI_TEST_WITH_EACH_GIT(a_token_with_less_than_the_least_life_left_is_replaced) {
    must({"ls-remote", default_repository});
    age_cached_token(310s);
    must({"ls-remote", default_repository});
    BOOST_TEST(entra().exchanges() == 1U);
    age_cached_token(290s);
    must({"ls-remote", default_repository});
    BOOST_TEST(entra().exchanges() == 2U);
}

AZURE_WI_TEST_WITH_EACH_GIT(the_least_life_can_be_set) {
    must({"ls-remote", default_repository});
    age_cached_token(290s);
    must({"ls-remote", default_repository}, {{"AZURE_WI_MIN_VALIDITY", "1m"}});
    BOOST_TEST(entra().exchanges() == 1U);
    must({"ls-remote", default_repository}, {{"AZURE_WI_MIN_VALIDITY", "10m"}});
    BOOST_TEST(entra().exchanges() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
