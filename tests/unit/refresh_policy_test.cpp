#include "token-cache/refresh_policy.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

using namespace azure_wi;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t now = 1'700'000'000;

access_token planned(std::optional<std::int64_t> expires_in, std::optional<std::int64_t> refresh_in = {},
                     double jitter = 0) {
    access_token token;
    plan_life(token, {.expires_in = expires_in, .refresh_in = refresh_in}, now, jitter);
    return token;
}

} // namespace

BOOST_AUTO_TEST_SUITE(refresh_policy)

BOOST_AUTO_TEST_CASE(renews_at_half_the_life_where_the_server_says_nothing) {
    const access_token token = planned(3600);
    BOOST_TEST(token.acquired_at == now);
    BOOST_TEST(token.refresh_from == now + 1800);
    BOOST_TEST(token.expiry == now + 3600);
    BOOST_TEST(token.life_known);
}

BOOST_AUTO_TEST_CASE(takes_refresh_in_as_given_however_short) {
    BOOST_TEST(planned(86400, 1).refresh_from == now + 1);
    BOOST_TEST(planned(86400, 43200).refresh_from == now + 43200);
    BOOST_TEST(planned(3600, 7200).refresh_from == now + 3600); // not behind its own death
}

BOOST_AUTO_TEST_CASE(lets_jitter_take_up_to_a_tenth_and_add_nothing) {
    BOOST_TEST(planned(3600, {}, 0.0).refresh_from == now + 1800);
    BOOST_TEST(planned(3600, {}, 0.5).refresh_from == now + 1710);
    BOOST_TEST(planned(3600, {}, 0.999999).refresh_from >= now + 1620);
    BOOST_TEST(planned(3600, {}, 0.999999).refresh_from <= now + 1621);
    BOOST_TEST(planned(3600, {}, 0.999999).expiry == now + 3600);
}

BOOST_AUTO_TEST_CASE(clamps_a_life_to_a_day) {
    BOOST_TEST(planned(86400).expiry == now + 86400);
    BOOST_TEST(planned(86401).expiry == now + 86400);
    BOOST_TEST(planned(INT64_MAX).expiry == now + 86400);
    BOOST_TEST(planned(INT64_MAX, INT64_MAX).refresh_from == now + 86400);
}

BOOST_AUTO_TEST_CASE(hands_a_token_of_unknown_life_out_for_300_s) {
    const access_token token = planned({});
    BOOST_TEST(!token.life_known);
    BOOST_TEST(token.expiry == now + 300);
    // The least life left asked for is longer than it lives; it does not hold here.
    BOOST_TEST((judge(token, now + 10, 300s) == usability::fresh));
    BOOST_TEST((judge(token, now + 299, 300s) == usability::due));
    BOOST_TEST((judge(token, now + 300, 300s) == usability::unusable));
}

BOOST_AUTO_TEST_CASE(knows_three_moments_to_the_second) {
    const access_token token = planned(3600, 1800);
    BOOST_TEST((judge(token, now, 300s) == usability::fresh));
    BOOST_TEST((judge(token, now + 1799, 300s) == usability::fresh));
    BOOST_TEST((judge(token, now + 1800, 300s) == usability::due));
    BOOST_TEST((judge(token, now + 3300, 300s) == usability::due));
    BOOST_TEST((judge(token, now + 3301, 300s) == usability::unusable));
    BOOST_TEST((judge(token, now + 3599, 0s) == usability::due));
    BOOST_TEST((judge(token, now + 3600, 0s) == usability::unusable));
    BOOST_TEST(alive(token, now + 3599));
    BOOST_TEST(!alive(token, now + 3600));
}

BOOST_AUTO_TEST_CASE(trusts_nothing_from_the_future) {
    const access_token token = planned(3600);
    BOOST_TEST((judge(token, now - 1, 0s) == usability::unusable));
    BOOST_TEST(!alive(token, now - 1));
}

BOOST_AUTO_TEST_SUITE_END()
