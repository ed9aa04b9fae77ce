#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/scratch_directory.hpp"
#include "tests/fakes/scripted_source.hpp"
#include "tests/fakes/scripted_transport.hpp"
#include "token-cache/exchange/exchanger.hpp"
#include "token-cache/guid.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace azure_wi {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view token =
    R"({"token_type":"Bearer","expires_in":3599,"access_token":"canary-token"})";
constexpr std::string_view too_late = R"({"error":"invalid_client","error_codes":[700024]})";

class kept_notes final : public trace {
public:
    [[nodiscard]] bool wants(int) const noexcept override { return true; }
    void note(int, std::string_view text) override { all.append(text).append("\n"); }

    std::string all;
};

struct fixture {
    fixture() {
        who.authority = "https://login.example";
        who.tenant_id = "tenant";
        who.client_id = "client";
        who.scope = "scope";
    }
    result<token_grant> run(milliseconds left = seconds{30}) {
        return exchanger(who, source, net, time, log).run(time.now() + left);
    }
    [[nodiscard]] std::string request_id(std::size_t number) const {
        for (const std::string &line : net.requests.at(number).headers)
            if (line.starts_with("client-request-id: "))
                return line.substr(19);
        return {};
    }

    identity who;
    manual_clock time;
    scripted_source source;
    scripted_transport net{time};
    kept_notes log;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchanger_, fixture)

BOOST_AUTO_TEST_CASE(a_good_reply_takes_one_request) {
    net.will_reply(200, token);
    BOOST_TEST(run().value().value.reveal() == "canary-token");
    BOOST_TEST(net.requests.size() == 1U);
    BOOST_TEST(time.sleeps.empty());
}

BOOST_AUTO_TEST_CASE(without_an_assertion_no_packet_leaves) {
    source.clear();
    source.will_fail({.code = errc::assertion_missing, .about = "/p"});
    const auto got = run();
    BOOST_TEST((got.error().code == errc::assertion_missing));
    BOOST_TEST(got.error().about == "/p");
    BOOST_TEST(got.error().ids.request.empty());
    BOOST_TEST(net.requests.empty());
}

BOOST_AUTO_TEST_CASE(every_attempt_reads_the_assertion_anew_and_has_its_own_id) {
    source.will_give("e30.e30.bmV3");
    net.will_reply(503, "", "");
    net.will_reply(200, token);
    BOOST_TEST(run().has_value());
    BOOST_TEST(source.reads == 2);
    BOOST_TEST(net.requests[0].body.ends_with("client_assertion=e30.e30.c2ln"));
    BOOST_TEST(net.requests[1].body.ends_with("client_assertion=e30.e30.bmV3"));
    BOOST_TEST(is_guid(request_id(0)));
    BOOST_TEST(is_guid(request_id(1)));
    BOOST_TEST(request_id(0) != request_id(1));
}

BOOST_AUTO_TEST_CASE(an_assertion_out_of_time_is_read_and_sent_once_more) {
    net.will_reply(400, too_late);
    net.will_reply(200, token);
    BOOST_TEST(run().has_value());
    net.will_reply(400, too_late);
    net.will_reply(400, too_late);
    BOOST_TEST(run().error().aadsts == 700024);
    BOOST_TEST(net.at_end());
}

BOOST_AUTO_TEST_CASE(a_broken_connection_is_retried_once_even_after_a_busy_reply) {
    net.will_reply(503, "", "");
    net.will_fail({.code = errc::connection_broken});
    net.will_reply(200, "");
    BOOST_TEST((run().error().code == errc::connection_broken));
    BOOST_TEST(net.at_end());
}

BOOST_AUTO_TEST_CASE(a_busy_endpoint_sees_four_requests_and_no_more) {
    for (int i = 0; i < 4; ++i)
        net.will_reply(429, "Too Many Requests", "text/plain");
    BOOST_TEST((run().error().code == errc::throttled));
    BOOST_TEST(net.requests.size() == 4U);
    BOOST_TEST(time.sleeps.size() == 3U);
}

BOOST_AUTO_TEST_CASE(retry_after_is_waited_for) {
    http_reply busy;
    busy.status = 429;
    busy.retry_after = "2";
    net.will_reply(std::move(busy));
    net.will_reply(200, token);
    BOOST_TEST(run().has_value());
    BOOST_TEST((time.sleeps.at(0) >= seconds{2}));
    BOOST_TEST((time.sleeps.at(0) < milliseconds{2250}));
}

BOOST_AUTO_TEST_CASE(a_retry_after_beyond_the_deadline_fails_now) {
    http_reply busy;
    busy.status = 429;
    busy.retry_after = "60";
    net.will_reply(std::move(busy));
    const auto got = run();
    BOOST_TEST((got.error().code == errc::throttled));
    BOOST_TEST(got.error().retry_after.value().count() == 60);
    BOOST_TEST(time.sleeps.empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_is_final_and_knows_what_it_was_about) {
    net.will_reply(400, R"({"error":"invalid_client","error_codes":[70021]})");
    const auto got = run();
    BOOST_TEST((got.error().code == errc::refused));
    BOOST_TEST(got.error().claims.issuer == "https://issuer/");
    BOOST_TEST(got.error().ids.request == request_id(0));
    BOOST_TEST(net.requests.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_handshake_that_hangs_is_retried_while_there_is_time) {
    net.delay = seconds{10};
    net.will_fail({.code = errc::timed_out});
    net.will_reply(200, token);
    BOOST_TEST(run().has_value());
    net.will_fail({.code = errc::timed_out});
    BOOST_TEST((run(seconds{10}).error().code == errc::timed_out));
}

BOOST_AUTO_TEST_CASE(nothing_is_sent_after_the_deadline) {
    BOOST_TEST((run(milliseconds{0}).error().code == errc::timed_out));
    BOOST_TEST(net.requests.empty());
}

BOOST_AUTO_TEST_CASE(a_bindings_roots_are_read_for_every_request) {
    const scratch_directory place;
    who.binding.proxy = "https://proxy:6443";
    who.binding.ca_file = place.file("ca");
    BOOST_TEST((run().error().code == errc::ca_unusable));
    BOOST_TEST(net.requests.empty());

    place.write("ca", "PEM");
    net.will_reply(200, token);
    BOOST_TEST(run().has_value());
    BOOST_TEST(net.requests[0].only_ca_pem == "PEM");
    BOOST_TEST(net.requests[0].connect_to == "proxy:6443");
}

BOOST_AUTO_TEST_CASE(notes_tell_what_was_done_and_no_secret) {
    net.delay = milliseconds{85};
    net.will_reply(500, "canary-html", "text/html");
    net.will_reply(200, token);
    BOOST_TEST(run().has_value());
    BOOST_TEST(log.all.find("attempt 1: asking https://login.example") != std::string::npos, log.all);
    BOOST_TEST(log.all.find("attempt 1: Entra ID has a fault of its own: HTTP status 500, after 85 ms") !=
                   std::string::npos,
               log.all);
    BOOST_TEST(log.all.find("attempt 2: a token that lives 3599 s, after 85 ms") != std::string::npos,
               log.all);
    BOOST_TEST(log.all.find("canary") == std::string::npos);
    BOOST_TEST(log.all.find("e30") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
