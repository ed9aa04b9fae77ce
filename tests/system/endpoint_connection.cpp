// The rows of endpoint.tsv about names, connections and slow servers.

#include "tests/system/endpoint_row.hpp"
#include "tests/world/connection.hpp"
#include "tests/world/file_descriptor.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstring>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

using namespace azure_wi::tests;
using namespace std::chrono_literals;
using azure_wi::world::black_hole;
using azure_wi::world::host_entry;
using azure_wi::world::reply;
using azure_wi::world::tls_listener;
namespace step = azure_wi::world::step;
namespace world = azure_wi::world;

namespace {

constexpr auto authority = "login.microsoftonline.com";

// The world's names, with other addresses for the authority.
std::vector<host_entry> authority_at(const std::vector<std::string> &addresses) {
    std::vector<host_entry> hosts;
    for (const auto &address : addresses)
        hosts.push_back({address, authority});
    for (const auto &entry : world::default_hosts())
        if (entry.name != authority)
            hosts.push_back(entry);
    return hosts;
}

std::uint64_t attempts(const outcome &seen) {
    return seen.attempts();
}

// Gives the loopback device another address.
void add_address(const char *text) {
    const world::file_descriptor socket{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    ::ifreq request{};
    std::strcpy(request.ifr_name, "lo:1");
    ::sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, text, &address.sin_addr);
    std::memcpy(&request.ifr_addr, &address, sizeof address);
    BOOST_REQUIRE_EQUAL(::ioctl(socket.get(), SIOCSIFADDR, &request), 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(connections)

BOOST_FIXTURE_TEST_CASE(slow_body, endpoint_row) {
    const std::string whole = json_response(token_body());
    const auto head = whole.size() - token_body().size();
    const outcome seen =
        always("a byte per second",
               reply::raw({step::send{whole.substr(0, head)}, step::send_bytewise{whole.substr(head), 1s}}),
               {.timeout = "2s"});
    BOOST_CHECK_MESSAGE(contains(seen.error(), "the time ran out"), seen.raw.err);
    always("header too", reply::raw({step::send_bytewise{whole, 1s}}), {.timeout = "2s"});
    always("nothing", reply::raw({step::hang{}}), {.timeout = "2s"});
}

// The handshake has 10 s, twice.
BOOST_FIXTURE_TEST_CASE(slow_tls, endpoint_row) {
    auto silent = all().entra_door().tls();
    silent.manner = world::handshake::silent;
    all().entra_door().set_tls(silent);
    const outcome seen =
        play("silent", [] {},
             {.timeout = "30s", .count = [this](const outcome &) { return all().entra_door().accepted(); }});
    BOOST_CHECK_GE(seen.took.count(), 20'000);
    BOOST_CHECK_LT(seen.took.count(), 28'000);
    BOOST_CHECK_MESSAGE(contains(seen.error(), "handshake"), seen.raw.err);
}

BOOST_FIXTURE_TEST_CASE(slow_v6, endpoint_row) {
    const black_hole six({"::1", 443});
    world::set_hosts(authority_at({"::1", "127.0.1.1"}));
    const outcome seen = always("IPv6 black hole", reply::json(200, token_body()));
    // Within a second of its own; whoever waits for the void to answer needs five.
    BOOST_CHECK_LT(seen.took.count(), 4'000);
}

BOOST_FIXTURE_TEST_CASE(net_rst, endpoint_row) {
    const std::string whole = json_response(token_body());
    always("after the request", reply::raw({step::reset{}}));
    always("in the status line",
           reply::raw({step::send{whole.substr(0, 10)}, step::wait{20ms}, step::reset{}}));
    always("in the header", reply::raw({step::send{whole.substr(0, 30)}, step::wait{20ms}, step::reset{}}));
    always("in the body",
           reply::raw({step::send{whole.substr(0, whole.size() - 5)}, step::wait{20ms}, step::reset{}}));
    always("no answer, but a goodbye", reply::raw({step::close{}}));
    // A reset in place of the handshake can come so early that it is a refused connection; a FIN cannot.
    auto tls = all().entra_door().tls();
    tls.manner = world::handshake::close;
    all().entra_door().set_tls(tls);
    const auto before = all().entra_door().accepted();
    play("FIN in place of TLS", [] {},
         {.count = [&](const outcome &) { return all().entra_door().accepted() - before; }});
}

BOOST_FIXTURE_TEST_CASE(net_refused, endpoint_row) {
    all().entra_door().refuse(true);
    const outcome seen = play("refused", [] {}, {.count = attempts});
    BOOST_CHECK_MESSAGE(contains(seen.error(), "login.microsoftonline.com:443") &&
                            contains(seen.error(), "refused"),
                        seen.raw.err);
    all().entra_door().refuse(false);
}

BOOST_FIXTURE_TEST_CASE(dns_nx, endpoint_row) {
    world::set_hosts(authority_at({}));
    const outcome seen = play("no such name", [] {}, {.count = attempts});
    BOOST_CHECK_MESSAGE(contains(seen.error(), "login.microsoftonline.com:443") &&
                            contains(seen.error(), "resolved"),
                        seen.raw.err);
    BOOST_CHECK_LT(seen.took.count(), 5'000);
}

BOOST_FIXTURE_TEST_CASE(dns_many, endpoint_row) {
    std::vector<std::string> addresses;
    for (int i = 0; i < 1000; ++i)
        addresses.push_back("127.9." + std::to_string(i / 250) + '.' + std::to_string(1 + i % 250));
    world::set_hosts(authority_at(addresses));
    const auto before = packets_begun();
    const outcome seen = play("1000 addresses", [] {}, {.count = attempts});
    BOOST_CHECK_LE(packets_begun() - before, 8U);
    BOOST_CHECK_GE(packets_begun() - before, 2U);
}

BOOST_FIXTURE_TEST_CASE(dns_private, endpoint_row) {
    add_address("169.254.169.254");
    auto tls = all().entra_door().tls();
    tls.identity = all().authority().issue(
        {.dns_names = {"metadata.internal"}, .ip_addresses = {"127.0.0.1", "169.254.169.254"}});
    for (const char *address : {"127.0.0.1", "169.254.169.254"}) {
        std::size_t heard = 0;
        tls_listener internal({address, 443}, tls, [&](world::connection &peer) {
            std::array<char, 1024> bytes{};
            heard += peer.read_some(bytes);
        });
        world::set_hosts(authority_at({address}));
        const outcome seen = play(address, [] {}, {.count = attempts});
        BOOST_CHECK_MESSAGE(contains(seen.error(), "another name"), seen.raw.err);
        internal.stop();
        BOOST_CHECK_EQUAL(heard, 0U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
