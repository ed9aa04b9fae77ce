// How long a refusal is remembered, and for whom.

#include "tests/system/entra_refusal_asker.hpp"

#include <future>

using namespace azure_wi::tests;
using namespace std::chrono_literals;
using azure_wi::world::reply;
namespace step = azure_wi::world::step;
namespace world = azure_wi::world;

namespace {

class remembering : public asker {
public:
    outcome refuse_once() {
        entra().next(reply::error(700213));
        outcome seen = ask();
        check_failed(seen);
        BOOST_CHECK_EQUAL(entra().request_count(), 1U);
        return seen;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(memory, remembering)

BOOST_AUTO_TEST_CASE(a_refusal_is_told_again_without_a_request) {
    const outcome first = refuse_once();
    const outcome again = ask();
    check_failed(again);
    BOOST_CHECK_EQUAL(entra().request_count(), 1U);
    BOOST_CHECK_MESSAGE(again.error().starts_with(first.error()) &&
                            contains(again.error(), "remembered from"),
                        again.error());
    BOOST_CHECK_EQUAL(again.hint(), first.hint());
    const std::int64_t seconds = remembered_for(cache());
    BOOST_CHECK_GT(seconds, 0);
    BOOST_CHECK_LE(seconds, 10);
}

BOOST_AUTO_TEST_CASE(a_rotated_token_file_voids_it) {
    refuse_once();
    all().rotate();
    BOOST_CHECK(!token_of(ask()).empty());
    BOOST_CHECK_EQUAL(entra().request_count(), 2U);
}

BOOST_AUTO_TEST_CASE(a_changed_setting_voids_it) {
    refuse_once();
    BOOST_CHECK(!token_of(ask(all().deploy_environment())).empty());
    BOOST_CHECK(!token_of(ask({{"AZURE_AUTHORITY_HOST", "https://login.windows.net"}})).empty());
    BOOST_CHECK(!token_of(ask({{"AZURE_TENANT_ID", "contoso.onmicrosoft.com"}})).empty());
    BOOST_CHECK_EQUAL(entra().request_count(), 4U);
    check_failed(ask()); // it itself stands
    BOOST_CHECK_EQUAL(entra().request_count(), 4U);
}

BOOST_AUTO_TEST_CASE(a_token_takes_a_refusal_away) {
    refuse_once();
    all().rotate();
    BOOST_CHECK(!token_of(ask()).empty());
    BOOST_CHECK_EQUAL(remembered_for(cache()), 0);
}

BOOST_AUTO_TEST_CASE(throttling_is_remembered_as_long_as_the_server_asks) {
    entra().next(reply::throttled("60"));
    check_failed(ask());
    BOOST_CHECK_EQUAL(remembered_for(cache()), 60);
    const outcome again = ask();
    check_failed(again);
    BOOST_CHECK_MESSAGE(contains(again.error(), "remembered from"), again.error());
    BOOST_CHECK_EQUAL(entra().request_count(), 1U);
}

BOOST_AUTO_TEST_CASE(and_never_longer_than_five_minutes) {
    entra().next(reply::throttled("3600"));
    check_failed(ask());
    BOOST_CHECK_EQUAL(remembered_for(cache()), 300);
}

BOOST_AUTO_TEST_CASE(a_passing_failure_is_not_remembered) {
    for (const auto &[variant, what] :
         {std::pair{"reset", reply::raw({step::reset{}})}, std::pair{"404", reply::http(404)},
          std::pair{"503", reply::http(503)}}) {
        BOOST_TEST_CONTEXT(variant) {
            entra().always(what);
            check_failed(ask());
            BOOST_CHECK_EQUAL(remembered_for(cache()), 0);
            entra().clear_faults();
            const auto before = entra().request_count();
            BOOST_CHECK(!token_of(ask()).empty());
            BOOST_CHECK_EQUAL(entra().request_count(), before + 1);
            std::filesystem::remove_all(cache());
            std::filesystem::create_directory(cache());
            std::filesystem::permissions(cache(), std::filesystem::perms::owner_all);
        }
    }
}

BOOST_AUTO_TEST_CASE(but_it_serves_those_who_waited) {
    entra().hold();
    entra().always(reply::http(404));
    auto first = std::async(std::launch::async, [this] { return helper({"get"}, plain_request()); });
    BOOST_REQUIRE(entra().wait_for_requests(1));
    auto second = std::async(std::launch::async, [this] { return helper({"get"}, plain_request()); });
    BOOST_REQUIRE(wait_for_waiters(1));
    entra().release();
    check_failed(read_outcome(first.get()));
    const outcome waited = read_outcome(second.get());
    check_failed(waited);
    BOOST_CHECK_MESSAGE(contains(waited.error(), "404"), waited.error());
    BOOST_CHECK_EQUAL(entra().request_count(), 1U);
    check_failed(ask());
    BOOST_CHECK_EQUAL(entra().request_count(), 2U);
}

BOOST_AUTO_TEST_SUITE_END()
