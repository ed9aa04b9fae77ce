#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/memory_store.hpp"
#include "tests/fakes/scripted_source.hpp"
#include "tests/fakes/scripted_transport.hpp"
#include "token-cache/store/entry_names.hpp"
#include "token-cache/token_cache.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace azure_wi;
using namespace std::chrono_literals;

namespace {

constexpr const char *refused_by_subject =
    R"({"error":"invalid_request","error_description":"AADSTS700213: x","error_codes":[700213]})";

std::string granted(const std::string &token, const std::string &life = "3600") {
    return R"({"token_type":"Bearer","access_token":")" + token + R"(","expires_in":)" + life + "}";
}

struct fixture {
    fixture() { who.authority = "https://login.microsoftonline.com"; }

    // Each call is another process: nothing is shared but the store.
    result<access_token> get(const std::optional<record_id> &rejected = {}) {
        exchanger exchange(who, source, net, time, log);
        return token_cache(who, limits, has_store ? &store : nullptr, exchange, time, log).get(rejected);
    }
    std::string token(const std::optional<record_id> &rejected = {}) {
        const auto got = get(rejected);
        return got ? std::string(got->value.reveal()) : "nothing";
    }

    identity who;
    flight_limits limits{.min_validity = 300s, .timeout = 30s};
    manual_clock time;
    silent_trace log;
    scripted_source source;
    scripted_transport net{time};
    tests::memory_store store{time};
    bool has_store = true;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(token_cache_, fixture)

BOOST_AUTO_TEST_CASE(asks_once_for_any_number_of_callers) {
    net.will_reply(200, granted("first"));
    for (int caller = 0; caller < 3; ++caller)
        BOOST_TEST(token() == "first");
    BOOST_TEST(net.requests.size() == 1U);
}

BOOST_AUTO_TEST_CASE(asks_each_time_where_there_is_no_cache) {
    has_store = false;
    net.will_reply(200, granted("first"));
    net.will_reply(200, granted("second"));
    BOOST_TEST(token() == "first");
    BOOST_TEST(token() == "second");
}

BOOST_AUTO_TEST_CASE(asks_again_for_a_token_that_the_server_rejected_and_for_no_other) {
    net.will_reply(200, granted("first"));
    const auto first = get();
    BOOST_REQUIRE(first.has_value());
    net.will_reply(200, granted("second"));
    BOOST_TEST(token(first->id) == "second");
    BOOST_TEST(token(first->id) == "second"); // a late rejection of the first evicts nothing
    BOOST_TEST(net.at_end());
}

BOOST_AUTO_TEST_CASE(asks_again_when_too_little_life_is_left) {
    net.will_reply(200, granted("first"));
    BOOST_TEST(token() == "first");
    time.advance(3300s);
    BOOST_TEST(token() == "first");
    time.advance(1s);
    net.will_reply(200, granted("second"));
    BOOST_TEST(token() == "second");
}

BOOST_AUTO_TEST_CASE(counts_the_life_from_before_the_question) {
    const std::int64_t asked_at = time.wall_seconds();
    net.delay = 10s;
    net.will_reply(200, granted("first"));
    BOOST_TEST(get()->expiry == asked_at + 3600);
}

BOOST_AUTO_TEST_CASE(remembers_a_refusal_for_ten_seconds_and_then_asks_again) {
    net.will_reply(400, refused_by_subject);
    BOOST_TEST(get().error().aadsts == 700213);
    time.advance(9s);
    BOOST_TEST(get().error().aadsts == 700213);
    BOOST_TEST(net.requests.size() == 1U);
    time.advance(1s);
    net.will_reply(200, granted("first"));
    BOOST_TEST(token() == "first");
}

BOOST_AUTO_TEST_CASE(remembers_no_fault_that_passes) {
    net.will_fail({.code = errc::name_not_resolved});
    BOOST_TEST((get().error().code == errc::name_not_resolved));
    net.will_reply(200, granted("first"));
    BOOST_TEST(token() == "first");
}

BOOST_AUTO_TEST_CASE(leaves_no_lock_held_whatever_comes_of_it) {
    const std::string lock = holder_lock(make_cache_key(who));
    net.will_reply(400, refused_by_subject);
    BOOST_TEST(!get().has_value());
    BOOST_TEST(!store.is_locked(lock));
    time.advance(10s);
    net.will_reply(200, granted("first"));
    BOOST_TEST(token() == "first");
    BOOST_TEST(!store.is_locked(lock));
}

BOOST_AUTO_TEST_CASE(answers_where_nothing_can_be_written_or_locked) {
    store.refuse_locks();
    store.refuse_writes();
    net.will_reply(200, granted("first"));
    net.will_reply(200, granted("second"));
    BOOST_TEST(token() == "first");
    BOOST_TEST(token() == "second");
}

BOOST_AUTO_TEST_SUITE_END()
