// HTTP proxies: which one is asked, with what, and what is said when it refuses.

#include "tests/system/network_asker.hpp"

#include <string>

using namespace azure_wi::tests;
using azure_wi::world::reply;

namespace {

constexpr auto proxy_url = "http://proxy.test:3128";
constexpr auto dead_proxy = "http://proxy.test:9";

class proxied : public traveller {
public:
    void check_direct(const variables &extra, const std::vector<std::string> &arguments = {}) {
        const auto before = all().proxy_door().accepted();
        check_arrives(extra, arguments);
        BOOST_CHECK_EQUAL(all().proxy_door().accepted(), before);
    }
    void check_through(const variables &extra, const std::vector<std::string> &arguments = {}) {
        const auto before = all().proxy().tunnels();
        check_arrives(extra, arguments);
        BOOST_CHECK_EQUAL(all().proxy().tunnels(), before + 1);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(proxy, proxied)

BOOST_AUTO_TEST_CASE(a_proxy_without_credentials_is_asked_for_entra_and_told_nothing) {
    check_through({{"HTTPS_PROXY", proxy_url}});
    const auto targets = all().proxy().targets();
    BOOST_REQUIRE_EQUAL(targets.size(), 1U);
    BOOST_CHECK_EQUAL(targets[0], "login.microsoftonline.com:443");
    BOOST_CHECK_EQUAL(all().proxy().credentials_seen(), 0U);
    const auto asked = all().proxy().last_request();
    for (const char *ours : {"client-request-id", "content-type", "accept"}) // they are for Entra
        BOOST_CHECK_EQUAL(asked.header_count(ours), 0U);
    BOOST_CHECK_EQUAL(entra().last_request().header_count("proxy-authorization"), 0U);
}

BOOST_AUTO_TEST_CASE(every_spelling_that_curl_reads_counts) {
    check_through({{"https_proxy", proxy_url}});
    check_through({{"ALL_PROXY", proxy_url}});
    check_through({{"HTTPS_PROXY", "proxy.test:3128"}});
    check_direct({{"HTTP_PROXY", dead_proxy}, {"http_proxy", dead_proxy}});
}

BOOST_AUTO_TEST_CASE(credentials_are_sent_to_the_proxy_alone) {
    all().proxy().require_credentials("user", "Gurken%salat");
    check_through({{"HTTPS_PROXY", "http://user:Gurken%25salat@proxy.test:3128"}});
    BOOST_CHECK_EQUAL(entra().last_request().header_count("proxy-authorization"), 0U);
    BOOST_CHECK_EQUAL(entra().last_request().header_count("authorization"), 0U);
}

BOOST_AUTO_TEST_CASE(the_option_beats_the_variable) {
    check_through({{"HTTPS_PROXY", dead_proxy}}, {std::string("--proxy=") + proxy_url});
    check_fails({"127.0.1.6:9"}, {{"HTTPS_PROXY", proxy_url}}, {std::string("--proxy=") + dead_proxy});
}

BOOST_AUTO_TEST_CASE(no_proxy_takes_entra_out) {
    for (const char *list : {"login.microsoftonline.com", ".microsoftonline.com", "microsoftonline.com", "*",
                             "example.com, login.microsoftonline.com"})
        check_direct({{"HTTPS_PROXY", dead_proxy}, {"NO_PROXY", list}});
    check_direct({{"NO_PROXY", "login.microsoftonline.com"}}, {std::string("--proxy=") + dead_proxy});
    check_through({{"HTTPS_PROXY", proxy_url}, {"NO_PROXY", "dev.azure.com,online.com"}});
}

BOOST_AUTO_TEST_CASE(a_proxy_that_wants_credentials_is_named_and_its_secret_is_not) {
    all().proxy().require_credentials("user", "Gurkensalat");
    check_fails({"proxy.test:3128", "wants credentials", "HTTPS_PROXY"}, {{"HTTPS_PROXY", proxy_url}});
    const outcome seen =
        check_fails({"proxy.test:3128", "wants credentials"},
                    {{"HTTPS_PROXY", "http://user:Kartoffelsalat@proxy.test:3128"}}, {"-vv"});
    BOOST_CHECK_MESSAGE(!contains(seen.raw.err, "Kartoffelsalat") &&
                            !contains(seen.raw.err, "S2FydG9mZmVsc2FsYXQ"),
                        seen.raw.err);
    BOOST_CHECK_EQUAL(entra().request_count(), 0U);
}

BOOST_AUTO_TEST_CASE(a_proxy_that_refuses_is_named_with_its_status) {
    all().proxy().always(reply::http(403, {}, "WORDS-OF-THE-PROXY"));
    const outcome seen = check_fails({"proxy.test:3128", "403"}, {{"HTTPS_PROXY", proxy_url}}, {"-vv"});
    BOOST_CHECK_MESSAGE(!contains(seen.raw.err, "WORDS-OF-THE-PROXY"), seen.raw.err);
}

BOOST_AUTO_TEST_CASE(a_proxy_is_not_asked_for_a_loopback_authority) {
    azure_wi::world::tls_listener plain({"127.0.0.1", 8081}, std::nullopt,
                                        [this](azure_wi::world::connection &peer) { entra().serve(peer); });
    check_direct({{"HTTPS_PROXY", dead_proxy},
                  {"http_proxy", dead_proxy},
                  {"AZURE_AUTHORITY_HOST", "http://127.0.0.1:8081"},
                  {"AZURE_WI_ALLOW_AUTHORITIES", "http://127.0.0.1:8081"}});
}

BOOST_AUTO_TEST_SUITE_END()
