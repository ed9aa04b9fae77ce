#include "token-cache/exchange/retry_policy.hpp"

#include <boost/test/unit_test.hpp>

namespace azure_wi {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds plenty{60000};
constexpr std::uint32_t highest = 0xffffffff;

milliseconds pause(const failure &what, const attempts &so_far = {.made = 1}, milliseconds left = plenty,
                   std::uint32_t random = 0) {
    return pause_before_retry(what, so_far, left, random).value_or(milliseconds{-1});
}

constexpr milliseconds none{-1};

} // namespace

BOOST_AUTO_TEST_SUITE(retry_policy)

BOOST_AUTO_TEST_CASE(a_busy_endpoint_is_asked_again_after_pauses_that_double) {
    for (const errc code : {errc::throttled, errc::server_fault, errc::connection_failed}) {
        BOOST_TEST((pause({.code = code}, {.made = 1}) == milliseconds{150}));
        BOOST_TEST((pause({.code = code}, {.made = 1}, plenty, highest) == milliseconds{449}));
        BOOST_TEST((pause({.code = code}, {.made = 2}) == milliseconds{300}));
        BOOST_TEST((pause({.code = code}, {.made = 3}, plenty, highest) == milliseconds{1799}));
    }
}

BOOST_AUTO_TEST_CASE(what_lasts_is_not_tried_again) {
    BOOST_TEST((pause({.code = errc::connection_failed, .lasting = true}) == none));
}

BOOST_AUTO_TEST_CASE(there_are_four_attempts_at_most) {
    BOOST_TEST((pause({.code = errc::server_fault}, {.made = 3}) != none));
    BOOST_TEST((pause({.code = errc::server_fault}, {.made = 4}) == none));
    BOOST_TEST((pause({.code = errc::throttled, .retry_after = seconds{1}}, {.made = 4}) == none));
}

BOOST_AUTO_TEST_CASE(an_accident_is_retried_once) {
    for (const failure &what : {failure{.code = errc::connection_broken}, failure{.code = errc::timed_out},
                                failure{.code = errc::refused, .aadsts = 700024}}) {
        BOOST_TEST((pause(what) == milliseconds{50}));
        BOOST_TEST((pause(what, {.made = 1}, plenty, highest) == milliseconds{99}));
        BOOST_TEST((pause(what, {.made = 2}) == milliseconds{50}));
        BOOST_TEST((pause(what, {.made = 2, .second_chance_used = true}) == none));
    }
}

BOOST_AUTO_TEST_CASE(what_waiting_does_not_mend_is_not_retried) {
    for (const errc code :
         {errc::refused, errc::name_not_resolved, errc::certificate_untrusted,
          errc::certificate_name_mismatch, errc::certificate_not_in_time, errc::tls_failed,
          errc::proxy_refused, errc::ca_unusable, errc::reply_malformed, errc::reply_redirected,
          errc::reply_unexpected_status, errc::reply_echoes_assertion, errc::assertion_missing,
          errc::assertion_expired, errc::cancelled})
        BOOST_TEST((pause({.code = code}) == none));
    BOOST_TEST((pause({.code = errc::refused, .aadsts = 70021}) == none));
}

BOOST_AUTO_TEST_CASE(retry_after_is_never_shortened) {
    const failure throttled{.code = errc::throttled, .retry_after = seconds{2}};
    BOOST_TEST((pause(throttled) == milliseconds{2000}));
    BOOST_TEST((pause(throttled, {.made = 1}, plenty, highest) == milliseconds{2249}));
}

BOOST_AUTO_TEST_CASE(a_retry_after_of_zero_leaves_it_to_our_own_pause) {
    BOOST_TEST((pause({.code = errc::throttled, .retry_after = seconds{0}}) == milliseconds{150}));
}

BOOST_AUTO_TEST_CASE(a_pause_that_outlasts_the_deadline_is_not_begun) {
    const failure busy{.code = errc::throttled, .retry_after = seconds{2}};
    BOOST_TEST((pause(busy, {.made = 1}, milliseconds{2000}) == none));
    BOOST_TEST((pause(busy, {.made = 1}, milliseconds{2001}) == milliseconds{2000}));
    BOOST_TEST((pause({.code = errc::throttled, .retry_after = seconds{365 * 86400}}) == none));
    BOOST_TEST((pause({.code = errc::timed_out}, {.made = 1}, milliseconds{-5}) == none));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
