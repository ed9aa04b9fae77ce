// The rows of endpoint.tsv about certificates and TLS.

#include "tests/system/endpoint_row.hpp"

#include <chrono>
#include <cstdint>
#include <functional>

using namespace azure_wi::tests;
using namespace std::chrono_literals;
using azure_wi::world::certificate_authority;
using azure_wi::world::certificate_options;
using azure_wi::world::reply;
using azure_wi::world::tls_settings;
namespace step = azure_wi::world::step;
namespace world = azure_wi::world;

namespace {

std::uint64_t attempts(const outcome &seen) {
    return seen.attempts();
}

class tls_row : public endpoint_row {
public:
    // Plays a server with this identity; whatever it is, it must see no request.
    outcome identity(const std::string &variant, const world::certificate &who,
                     const terms &how = {.count = attempts}) {
        all().entra_door().set_certificate(who);
        return unheard(variant, how);
    }

    outcome detail(const std::string &variant, const std::function<void(certificate_options &)> &change) {
        certificate_options options = all().entra_certificate();
        change(options);
        return identity(variant, all().authority().issue(options));
    }

    outcome settings(const std::string &variant, const std::function<void(tls_settings &)> &change) {
        const tls_settings before = all().entra_door().tls();
        tls_settings changed = before;
        change(changed);
        all().entra_door().set_tls(changed);
        outcome seen = unheard(variant, {.count = attempts});
        all().entra_door().set_tls(before);
        return seen;
    }

private:
    outcome unheard(const std::string &variant, const terms &how) {
        outcome seen = play(
            variant, [] {}, how);
        BOOST_CHECK_EQUAL(entra().request_count(), 0U);
        return seen;
    }
};

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

} // namespace

BOOST_AUTO_TEST_SUITE(tls)

BOOST_FIXTURE_TEST_CASE(tls_expired, tls_row) {
    const outcome seen = detail("an hour ago", [](auto &options) {
        options.not_before = now() - 48h;
        options.not_after = now() - 1h;
    });
    BOOST_CHECK_MESSAGE(contains(seen.error(), "expired") && contains(seen.hint(), "clock"), seen.raw.err);
}

BOOST_FIXTURE_TEST_CASE(tls_future, tls_row) {
    const outcome seen = detail("in an hour", [](auto &options) { options.not_before = now() + 1h; });
    BOOST_CHECK_MESSAGE(contains(seen.error(), "not valid yet") && contains(seen.hint(), "clock"),
                        seen.raw.err);
}

BOOST_FIXTURE_TEST_CASE(tls_ca, tls_row) {
    const certificate_authority stranger("a stranger");
    const outcome seen = identity("a stranger's", stranger.issue(all().entra_certificate()));
    BOOST_CHECK_MESSAGE(contains(seen.error(), "no trusted root") && contains(seen.hint(), "--ca-file"),
                        seen.raw.err);
    // The same name in the root does not make it the same root.
    const certificate_authority twin;
    identity("a namesake's", twin.issue(all().entra_certificate()));
    detail("an intermediate left out", [](auto &options) {
        options.through_intermediate = true;
        options.send_intermediate = false;
    });
}

BOOST_FIXTURE_TEST_CASE(tls_nulcn, tls_row) {
    const std::string name("login.microsoftonline.com\0.evil.com", 34);
    detail("in the CN alone", [&](auto &options) {
        options.common_name = name;
        options.dns_names.clear();
    });
    detail("in CN and SAN", [&](auto &options) {
        options.common_name = name;
        options.dns_names = {name};
    });
}

BOOST_FIXTURE_TEST_CASE(tls_cn_only, tls_row) {
    const outcome seen = detail("another SAN", [](auto &options) {
        options.common_name = "login.microsoftonline.com";
        options.dns_names = {"evil.com"};
    });
    BOOST_CHECK_MESSAGE(contains(seen.error(), "another name"), seen.raw.err);
    detail("no SAN", [](auto &options) {
        options.common_name = "login.microsoftonline.com";
        options.dns_names.clear();
    });
    detail("a SAN of another kind", [](auto &options) {
        options.common_name = "login.microsoftonline.com";
        options.dns_names.clear();
        options.ip_addresses = {"127.0.1.2"};
    });
    detail("a wildcard too wide", [](auto &options) { options.dns_names = {"*.com", "*", "*.*.com"}; });
}

BOOST_FIXTURE_TEST_CASE(tls_ip, tls_row) {
    detail("the address for a name", [](auto &options) {
        options.dns_names.clear();
        options.ip_addresses = {"127.0.1.1"};
    });
    certificate_options options = all().entra_certificate();
    options.dns_names = {"127.0.1.1", "login.microsoftonline.com"};
    options.common_name = "127.0.1.1";
    identity("a name for an address", all().authority().issue(options),
             {.extra = {{"AZURE_AUTHORITY_HOST", "https://127.0.1.1"},
                        {"AZURE_WI_ALLOW_AUTHORITIES", "https://127.0.1.1"}},
              .count = attempts});
}

BOOST_FIXTURE_TEST_CASE(tls_weak, tls_row) {
    const auto weak_key = [](auto &options) { options.key = world::key_kind::rsa_1024; };
    certificate_options options = all().entra_certificate();
    weak_key(options);
    settings("1024 bits", [&](auto &tls) {
        tls.security_level = 0;
        tls.identity = all().authority().issue(options);
    });
    detail("SHA-1", [](auto &changed) { changed.digest = world::digest_kind::sha1; });
    settings("SHA-1, told to send it", [&](auto &tls) {
        certificate_options sha1 = all().entra_certificate();
        sha1.digest = world::digest_kind::sha1;
        tls.security_level = 0;
        tls.identity = all().authority().issue(sha1);
    });
    for (const char *suites : {"eNULL", "aNULL"})
        settings(suites, [&](auto &tls) {
            tls.security_level = 0;
            tls.maximum = world::tls_version::v1_2;
            tls.ciphers = suites;
        });
    for (const auto version : {world::tls_version::v1_0, world::tls_version::v1_1})
        settings(version == world::tls_version::v1_0 ? "TLS 1.0" : "TLS 1.1", [&](auto &tls) {
            tls.security_level = 0;
            tls.minimum = version;
            tls.maximum = version;
        });
    settings("no TLS", [](auto &tls) { tls.manner = world::handshake::plain; });
}

BOOST_FIXTURE_TEST_CASE(tls_nocn, endpoint_row) {
    const std::string endless =
        response("Content-Type: application/json\r\nConnection: close\r\n", token_body());
    always("a whole body", reply::raw({step::send{endless}, step::close_without_notify{}}));
    always("a cut one",
           reply::raw({step::send{endless.substr(0, endless.size() - 3)}, step::close_without_notify{}}));
    always("with a goodbye", reply::raw({step::send{endless}, step::close{}}),
           {.expected = "token", .retry = "no"});
}

BOOST_FIXTURE_TEST_CASE(tls_reneg, tls_row) {
    auto tls = all().entra_door().tls();
    tls.maximum = world::tls_version::v1_2;
    all().entra_door().set_tls(tls);
    const std::string whole = json_response(token_body());
    for (const int times : {1, 1000})
        always(std::to_string(times),
               reply::raw({step::send{whole.substr(0, 30)}, step::request_renegotiation{times},
                           step::send{whole.substr(30)}}));
}

// No process of ours makes a second connection that could offer a ticket of the first one's: that the server
// is offered none, whatever it handed out, is all that can be seen from outside.
BOOST_FIXTURE_TEST_CASE(no_session_is_ever_resumed, fixture) {
    for (const auto newest : {world::tls_version::v1_2, world::tls_version::v1_3}) {
        auto tls = all().entra_door().tls();
        tls.maximum = newest;
        all().entra_door().set_tls(tls);
        for (const char *authority : {"https://login.microsoftonline.com/", "https://login.windows.net/"}) {
            entra().next(reply::http(503));
            const auto given = get({{"AZURE_AUTHORITY_HOST", authority}, {"AZURE_WI_CACHE_DIR", "none"}});
            BOOST_CHECK(!read_credential(given.out).token().empty());
        }
    }
    BOOST_CHECK_EQUAL(entra().request_count(), 8U);
    for (const auto &asked : entra().requests())
        BOOST_CHECK(!asked.session_resumed);
}

BOOST_AUTO_TEST_SUITE_END()
