#include "tests/world/world_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <thread>

using namespace azure_wi::world;

namespace {

// curl's exit statuses
constexpr int partial_file = 18;
constexpr int timed_out = 28;
constexpr int nothing_came = 52;
constexpr int receive_failed = 56;

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const std::string url = "https://login.microsoftonline.com/";

} // namespace

BOOST_FIXTURE_TEST_SUITE(staging, world_fixture)

BOOST_AUTO_TEST_CASE(queued_replies_come_before_the_standing_one) {
    here.entra().next(reply::error(90033));
    here.entra().next(reply::throttled("7"));
    here.entra().always(reply::json(200, "{}"));
    BOOST_TEST(entra_code() == 90033);
    const auto throttled = curl({"-D", "-", "-d", "", url}).out;
    BOOST_TEST(throttled.find("Retry-After: 7\r\n") != std::string::npos);
    BOOST_TEST(throttled.ends_with("Too Many Requests"));
    BOOST_TEST(curl({url}).out == "{}");
    BOOST_TEST(curl({url}).out == "{}");
    here.entra().clear_faults();
    BOOST_TEST(entra_code() == 0);
    BOOST_TEST(here.entra().request_count() == 5);
}

BOOST_AUTO_TEST_CASE(a_reply_can_depend_on_the_request) {
    here.entra().always(reply::from([](const recorded_request &request) {
        return request.method == "GET" ? reply::error(900561) : reply::http(200, {}, request.body);
    }));
    BOOST_TEST(curl({"-d", "mirror", url}).out == "mirror");
    BOOST_TEST(code_of(curl({url}).out) == 900561);
}

BOOST_AUTO_TEST_CASE(a_success_can_be_varied) {
    here.entra().next(reply::from([this](const recorded_request &request) {
        auto answer = here.entra().success(request);
        answer.headers.emplace_back("Set-Cookie", "a=b");
        return reply{answer};
    }));
    BOOST_TEST(entra_code() == 0);
    BOOST_TEST(here.entra().exchanges() == 1);
}

BOOST_AUTO_TEST_CASE(raw_bytes) {
    here.entra().next(reply::raw("HTTP/1.1 100 Continue\r\n\r\n" + ok));
    BOOST_TEST(curl({url}).out == "ok");
    here.entra().next(reply::raw({step::send_bytewise{ok}}));
    BOOST_TEST(curl({url}).out == "ok");
    here.entra().next(reply::raw({step::send{ok.substr(0, 20)}, step::wait{std::chrono::milliseconds{20}},
                                  step::send{ok.substr(20)}, step::close{}}));
    BOOST_TEST(curl({url}).out == "ok");
}

BOOST_AUTO_TEST_CASE(endings) {
    const std::string cut = ok.substr(0, ok.size() - 1);
    const auto status_of = [&](reply::steps steps) {
        here.entra().next(reply::raw(std::move(steps)));
        return curl({url}).status;
    };
    BOOST_TEST(status_of({step::close{}}) == nothing_came);
    BOOST_TEST(status_of({step::send{cut}, step::close{}}) == partial_file);
    // Without a length only close_notify tells the end from a cut.
    const std::string endless = "HTTP/1.1 200 OK\r\n\r\nok";
    BOOST_TEST(status_of({step::send{endless}, step::close{}}) == 0);
    // curl forgives that cut; OpenSSL's own client tells.
    const auto openssl_says = [&](wire_step last) {
        here.entra().next(reply::raw({step::send{endless}, last}));
        return here
            .run({"openssl", "s_client", "-quiet", "-connect", "login.microsoftonline.com:443"}, {},
                 "GET / HTTP/1.1\r\n\r\n")
            .err;
    };
    BOOST_TEST(openssl_says(step::close{}).find("unexpected eof") == std::string::npos);
    BOOST_TEST(openssl_says(step::close_without_notify{}).find("unexpected eof") != std::string::npos);
    BOOST_TEST(status_of({step::send{cut}, step::reset{}}) == receive_failed);
    here.entra().next(reply::raw({step::hang{}}));
    BOOST_TEST(curl({"--max-time", "0.2", url}).status == timed_out);
    BOOST_TEST(here.entra_door().wait_until_idle());
}

BOOST_AUTO_TEST_CASE(endless_data_ends_with_the_client) {
    here.entra().next(reply::raw({step::send_until_closed{"HTTP/1.1 102 Processing\r\n\r\n"}}));
    BOOST_TEST(curl({"--max-time", "0.5", url}).status != 0);
    BOOST_TEST(here.entra_door().wait_until_idle());
}

BOOST_AUTO_TEST_CASE(the_gate_holds_without_sleeping) {
    here.entra().hold();
    auto first = std::async(std::launch::async, [this] { return entra_code(); });
    auto second = std::async(std::launch::async, [this] { return entra_code(); });
    BOOST_TEST(here.entra().wait_for_requests(2));
    BOOST_TEST(here.entra().exchanges() == 0);
    here.entra().release_one();
    while (here.entra().exchanges() < 1)
        std::this_thread::yield();
    BOOST_TEST(here.entra().exchanges() == 1);
    here.entra().release();
    BOOST_TEST(first.get() == 0);
    BOOST_TEST(second.get() == 0);
    BOOST_TEST(!here.entra().wait_for_requests(3, std::chrono::milliseconds{1}));
}

BOOST_AUTO_TEST_CASE(a_world_goes_down_with_clients_inside) {
    auto other = std::async(std::launch::async, [this] {
        here.entra().wait_for_requests(1);
        here.entra().stop();
        here.entra_door().stop();
    });
    here.entra().always(reply::raw({step::hang{}}));
    BOOST_TEST(curl({url}).status != 0);
    other.get();
}

BOOST_AUTO_TEST_SUITE_END()
