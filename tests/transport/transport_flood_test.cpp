// Peers that talk without end where libcurl or OpenSSL would listen without looking at the clock.

#include "tests/transport/answering_server.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <future>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

using namespace azure_wi;
using namespace std::chrono_literals;
namespace step = world::step;

namespace {

/// Speaks no TLS: hears the client's first bytes, then plays its steps. `as_proxy`: of an HTTP proxy, else
/// of the server itself.
class flooder {
public:
    flooder(world::reply::steps steps, bool as_proxy)
        : as_proxy_(as_proxy), listener_({}, std::nullopt, [all = std::move(steps)](world::connection &peer) {
              std::array<char, 4096> heard;
              static_cast<void>(peer.read_some(heard));
              world::play(all, peer);
          }) {}

    /// A post with a deadline of one second. It may end late, for the machine may be busy; one that does not
    /// end in five fails here, and is cut off so that the program goes on.
    result<http_reply> post() {
        const std::string here = "127.0.0.1:" + std::to_string(listener_.address().port);
        system_clock time;
        silent_trace notes;
        curl_transport transport({}, as_proxy_ ? "http://" + here : "", time, notes);
        http_request made;
        made.url = "https://" + (as_proxy_ ? "login.test" : here) + "/token";
        made.only_ca_pem = world::process_authority().pem();
        made.use_proxy = as_proxy_;
        auto posted = std::async(std::launch::async, [&] { return transport.post(made, time.now() + 1s); });
        const bool ended = posted.wait_for(5s) == std::future_status::ready;
        BOOST_CHECK_MESSAGE(ended, "the flood outlasts the deadline");
        if (!ended)
            listener_.stop();
        result<http_reply> got = posted.get();
        BOOST_TEST(listener_.accepted() == 1U);
        return got;
    }

private:
    bool as_proxy_;
    world::tls_listener listener_;
};

void check_one_of(const result<http_reply> &got, std::initializer_list<errc> expected) {
    BOOST_REQUIRE(!got);
    BOOST_CHECK_MESSAGE(std::ranges::find(expected, got.error().code) != expected.end(),
                        static_cast<int>(got.error().code) << ": " << got.error().about);
}

std::string repeated(std::string_view record) {
    std::string all;
    for (int i = 0; i < 4096; ++i)
        all += record;
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_proxy_that_refuses_without_end_cannot_outlast_the_deadline) {
    for (const std::string head :
         {"Content-Length: 9999999999999999\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n"}) {
        BOOST_TEST_CONTEXT(head) {
            flooder proxy({step::send{"HTTP/1.1 407 Who are you\r\n" + head},
                           step::send_until_closed{std::string(65536, 'x')}},
                          true);
            check_one_of(proxy.post(), {errc::timed_out, errc::proxy_refused});
        }
    }
}

BOOST_AUTO_TEST_CASE(hello_requests_in_place_of_a_server_hello_cannot_outlast_the_deadline) {
    using namespace std::string_view_literals;
    constexpr auto hello_request = "\x16\3\3\0\4\0\0\0\0"sv; // TLS 1.2, a handshake record of four bytes
    const world::reply::steps flood{step::send_until_closed{repeated(hello_request)}};
    flooder server(flood, false);
    check_one_of(server.post(), {errc::tls_failed, errc::connection_broken, errc::timed_out});
}
