// The rows of endpoint.tsv about 429 and Retry-After.

#include "tests/system/cache_files.hpp"
#include "tests/system/endpoint_row.hpp"
#include "tests/system/many_helpers.hpp"

#include <array>
#include <chrono>
#include <ctime>

using namespace azure_wi::tests;
using namespace std::chrono_literals;
using azure_wi::world::http_date;
using azure_wi::world::recorded_request;
using azure_wi::world::reply;

namespace {

std::chrono::steady_clock::duration between(const std::vector<recorded_request> &asked) {
    return asked.size() < 2 ? 0s : asked[1].at - asked[0].at;
}

std::string date_as(const char *form, std::time_t when) {
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    std::array<char, 64> text{};
    std::strftime(text.data(), text.size(), form, &parts);
    return text.data();
}

} // namespace

BOOST_AUTO_TEST_SUITE(throttling)

BOOST_FIXTURE_TEST_CASE(st_429_sec, endpoint_row) {
    first("2 s", reply::throttled("2"));
    BOOST_CHECK(between(entra().requests()) >= 2s);
    BOOST_CHECK(between(entra().requests()) < 10s);
}

BOOST_FIXTURE_TEST_CASE(st_429_date, endpoint_row) {
    for (const char *form :
         {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
        first(form, reply::from([form](const recorded_request &) {
                  const std::time_t now = std::time(nullptr);
                  return reply::http(
                      429,
                      {{"Retry-After", date_as(form, now + 3)},
                       {"Date", http_date(std::chrono::sys_seconds(std::chrono::seconds(now)))}},
                      "Too Many Requests");
              }));
        BOOST_CHECK(between(entra().requests()) >= 3s);
        BOOST_CHECK(between(entra().requests()) < 11s);
    }
}

BOOST_FIXTURE_TEST_CASE(st_429_huge, endpoint_row) {
    const outcome seen = always("30 years", reply::throttled("999999999"));
    BOOST_CHECK_MESSAGE(seen.took < 10s, "it waited");
    const outcome again = read_outcome(get());
    check_failed(again);
    BOOST_CHECK_MESSAGE(contains(again.error(), "remembered from"), again.raw.err);
    BOOST_CHECK_EQUAL(entra().request_count(), 1U);
    BOOST_CHECK_LE(remembered_for(cache()), 300);
    always("no number that fits", reply::throttled("99999999999999999999999999"));
    always("a date in 2999", reply::throttled("Tue, 01 Jan 2999 00:00:00 GMT"));
}

BOOST_FIXTURE_TEST_CASE(st_429_neg, endpoint_row) {
    always("-1", reply::throttled("-1"));
}

BOOST_FIXTURE_TEST_CASE(st_429_storm, endpoint_row) {
    constexpr int helpers = 500;
    const auto storm = [&](const std::string &variant, const reply &what) {
        BOOST_TEST_CONTEXT(variant) {
            entra().always(what);
            const many_helpers ran(*this, helpers, {"get"});
            BOOST_CHECK_LE(entra().request_count(), 5U);
            BOOST_CHECK_GE(entra().request_count(), 1U);
            BOOST_CHECK_EQUAL(ran.answers().size(), static_cast<std::size_t>(helpers));
            for (const auto &each : ran.answers())
                check_failed(each);
        }
    };
    storm("its own pauses", reply::http(429, {{"Content-Type", "text/plain"}}, "Too Many Requests"));
}

BOOST_AUTO_TEST_SUITE_END()
