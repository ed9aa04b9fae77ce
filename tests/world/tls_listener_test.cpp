#include "tests/world/world_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

using namespace azure_wi::world;

namespace {

// curl's exit statuses
constexpr int connect_failed = 7;
constexpr int timed_out = 28;
constexpr int handshake_failed = 35;
constexpr int not_trusted = 60;

const std::string url = "https://login.microsoftonline.com/";

struct door_fixture : world_fixture {
    tls_listener &door = here.entra_door();

    int status_with(const std::function<void(certificate_options &)> &change,
                    const certificate_authority &authority = process_authority()) {
        auto options = here.entra_certificate();
        change(options);
        door.set_certificate(authority.issue(options));
        return curl({url}).status;
    }
    int status_with_tls(const std::function<void(tls_settings &)> &change,
                        std::vector<std::string> options = {}) {
        auto settings = door.tls();
        change(settings);
        door.set_tls(settings);
        options.push_back(url);
        return curl(options).status;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(doors, door_fixture)

BOOST_AUTO_TEST_CASE(certificates_that_must_be_refused) {
    using namespace std::chrono;
    const auto now = floor<seconds>(system_clock::now());
    BOOST_TEST(status_with([](auto &) {}) == 0);
    BOOST_TEST(status_with([&](auto &o) { o.not_after = now - hours{1}, o.not_before = now - hours{2}; }) ==
               not_trusted);
    BOOST_TEST(status_with([&](auto &o) { o.not_before = now + hours{1}; }) == not_trusted);
    BOOST_TEST(status_with([](auto &) {}, certificate_authority{"a stranger"}) == not_trusted);
    BOOST_TEST(status_with([](auto &o) { o.dns_names = {"evil.com"}; }) == not_trusted);
    BOOST_TEST(status_with([](auto &o) {
                   o.dns_names = {std::string{"login.microsoftonline.com\0.evil.com", 34}};
                   o.common_name = std::string{"login.microsoftonline.com\0.evil.com", 34};
               }) == not_trusted);
    BOOST_TEST(status_with([](auto &o) {
                   o.dns_names.clear(), o.ip_addresses = {"127.0.1.1", "::1"};
               }) == not_trusted);
    BOOST_TEST(status_with([](auto &o) { o.key = key_kind::rsa_1024; }) == not_trusted);
    BOOST_TEST(door.accepted() == 8);
}

BOOST_AUTO_TEST_CASE(chains) {
    BOOST_TEST(status_with([](auto &o) { o.through_intermediate = true; }) == 0);
    BOOST_TEST(status_with([](auto &o) { o.through_intermediate = true, o.send_intermediate = false; }) ==
               not_trusted);
    // A weak digest matters below the root alone.
    BOOST_TEST(status_with([](auto &o) { o.digest = digest_kind::sha1; }) != 0);
}

BOOST_AUTO_TEST_CASE(weak_suites_and_versions) {
    const std::vector<std::string> lenient{"--ciphers", "ALL:eNULL:@SECLEVEL=0", "--insecure", "--tls-max",
                                           "1.2"};
    const auto anonymous = [](auto &settings) {
        settings.maximum = tls_version::v1_2;
        settings.security_level = 0;
        settings.ciphers = "aNULL:@SECLEVEL=0";
    };
    BOOST_TEST(status_with_tls(anonymous) == handshake_failed);
    BOOST_TEST(status_with_tls(anonymous, lenient) == 0);
    const auto unencrypted = [](auto &settings) { settings.ciphers = "eNULL:@SECLEVEL=0"; };
    BOOST_TEST(status_with_tls(unencrypted) == handshake_failed);
    BOOST_TEST(status_with_tls(unencrypted, lenient) == 0);
    const auto old = [](auto &settings) {
        settings.minimum = settings.maximum = tls_version::v1_1;
        settings.ciphers = "ALL:@SECLEVEL=0";
    };
    BOOST_TEST(status_with_tls(old) == handshake_failed);
}

BOOST_AUTO_TEST_CASE(protocols) {
    BOOST_TEST(curl({url}).status == 0);
    BOOST_TEST(here.entra().last_request().application_protocol == "http/1.1");
    BOOST_TEST(here.entra().last_request().server_name == "login.microsoftonline.com");
    status_with_tls([](auto &settings) { settings.protocols.clear(); });
    BOOST_TEST(here.entra().last_request().application_protocol.empty());
    BOOST_TEST(status_with_tls([](auto &settings) {
                   settings.protocols = {"h2"};
                   settings.force_protocol = true;
               }) != 0);
}

BOOST_AUTO_TEST_CASE(doors_that_do_not_open) {
    const auto manner = [](handshake how) { return [how](auto &settings) { settings.manner = how; }; };
    BOOST_TEST(status_with_tls(manner(handshake::silent), {"--max-time", "0.3"}) == timed_out);
    BOOST_TEST(status_with_tls(manner(handshake::reset)) !=
               0); // which fault curl names depends on the moment
    BOOST_TEST(status_with_tls(manner(handshake::close)) == handshake_failed);
    BOOST_TEST(status_with_tls(manner(handshake::plain)) == handshake_failed);
    BOOST_TEST(door.handshakes() == 0);
    status_with_tls(manner(handshake::answer));
    door.refuse(true);
    BOOST_TEST(curl({url}).status == connect_failed);
    door.refuse(false);
    BOOST_TEST(curl({url}).status == 0);
    BOOST_TEST(door.wait_for_connections(6));
}

BOOST_AUTO_TEST_CASE(renegotiation_is_asked_for) {
    here.entra().next(reply::raw({step::request_renegotiation{3}, step::close{}}));
    BOOST_TEST(status_with_tls([](auto &settings) { settings.maximum = tls_version::v1_2; }) != 0);
}

BOOST_AUTO_TEST_CASE(a_black_hole_swallows) {
    const black_hole hole{{"127.0.1.50", 443}};
    const black_hole six{{"::1", 443}};
    BOOST_TEST(curl({"--max-time", "0.3", "https://127.0.1.50/"}).status == timed_out);
    BOOST_TEST(curl({"--max-time", "0.3", "https://[::1]/"}).status == timed_out);
}

BOOST_AUTO_TEST_SUITE_END()
