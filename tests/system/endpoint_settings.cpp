// The rows of endpoint.tsv about settings that must keep the assertion on the machine, and about the HTTP
// proxy.

#include "tests/system/endpoint_row.hpp"

#include <cstdint>

using namespace azure_wi::tests;
using azure_wi::world::http_answer;
using azure_wi::world::reply;
namespace step = azure_wi::world::step;

namespace {

class refused_setting : public endpoint_row {
public:
    // Nothing is sent: no packet, to whomever.
    void refuse(const std::string &variant, const variables &extra,
                const std::vector<std::string> &arguments = {}) {
        const std::uint64_t before = packets_begun();
        const auto whatever_the_row_says = [](const outcome &) { return std::uint64_t{1}; };
        const outcome seen =
            play(variant, [] {}, {.extra = extra, .arguments = arguments, .count = whatever_the_row_says});
        BOOST_TEST_CONTEXT(variant) {
            BOOST_CHECK_EQUAL(packets_begun(), before);
            BOOST_CHECK_EQUAL(entra().request_count(), 0U);
            BOOST_CHECK_EQUAL(all().entra_door().accepted(), 0U);
            BOOST_CHECK_EQUAL(all().foreign_door().accepted(), 0U);
            BOOST_CHECK_MESSAGE(!seen.hint().empty(), seen.raw.err);
        }
    }
};

class behind_proxy : public endpoint_row {
public:
    std::uint64_t asked_proxy() {
        const std::uint64_t now = all().proxy().request_count();
        all().proxy().forget_requests();
        return now;
    }
    terms through(const std::string &url) {
        return {.extra = {{"HTTPS_PROXY", url}},
                .count = [this](const outcome &) { return asked_proxy(); },
                .secrets = {"Gurkensalat", "dXNlcjpHdXJrZW5zYWxhdA=="}};
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(configuration)

BOOST_FIXTURE_TEST_CASE(cfg_http, refused_setting) {
    for (const char *host : {"http://login.microsoftonline.com", "http://login.microsoftonline.com/",
                             "http://127.0.0.1:8080", "http://localhost:8080"})
        refuse(host, {{"AZURE_AUTHORITY_HOST", host}});
    refuse("an option", {}, {"--authority-host=http://login.microsoftonline.com"});
    refuse("listed", {{"AZURE_AUTHORITY_HOST", "http://login.microsoftonline.com"},
                      {"AZURE_WI_ALLOW_AUTHORITIES", "http://login.microsoftonline.com"}});
}

BOOST_FIXTURE_TEST_CASE(cfg_evil_authority, refused_setting) {
    for (const char *host :
         {"https://evil.com", "https://login.microsoftonline.com.evil.com",
          "https://evil.com/login.microsoftonline.com", "https://login.microsoftonline.com:8443",
          "https://xn--login-microsoftonline.com", "https://127.0.1.1", "evil.com"})
        refuse(host, {{"AZURE_AUTHORITY_HOST", host}});
    refuse("another one listed",
           {{"AZURE_AUTHORITY_HOST", "https://evil.com"},
            {"AZURE_WI_ALLOW_AUTHORITIES", "https://git.example.com,https://evil.com.example.com"}});
}

BOOST_FIXTURE_TEST_CASE(cfg_userinfo, refused_setting) {
    for (const char *host :
         {"https://login.microsoftonline.com@evil.com", "https://login.microsoftonline.com:443@evil.com/",
          "https://evil.com@login.microsoftonline.com", "https://evil.com\\@login.microsoftonline.com",
          "https://login.microsoftonline.com#@evil.com", "https://login.microsoftonline.com?@evil.com",
          "https://login.microsoftonline.com%40evil.com"})
        refuse(host, {{"AZURE_AUTHORITY_HOST", host}});
}

BOOST_FIXTURE_TEST_CASE(cfg_tenant, refused_setting) {
    for (const char *tenant : {"../evil", "a/b", "a?b", "a%2fb", "x\r\nHost: evil", "..", ".", "a#b", "a b",
                               "a\\b", "caf\xc3\xa9"})
        refuse(tenant, {{"AZURE_TENANT_ID", tenant}});
    refuse("254 bytes", {{"AZURE_TENANT_ID", std::string(254, 'a')}});
}

BOOST_FIXTURE_TEST_CASE(cfg_proxy_userinfo, behind_proxy) {
    all().proxy().require_credentials("user", "Gurkensalat");
    terms how = through("http://user:Gurkensalat@proxy.test:3128");
    entra().always(reply::json(200, token_body()));
    play(
        "right ones", [this] { entra().always(reply::json(200, token_body())); }, how);
    BOOST_CHECK_EQUAL(all().proxy().tunnels(), 1U);

    how.expected = "error";
    how.extra["HTTPS_PROXY"] = "http://user:Gurkensalat@nowhere.test:3128";
    how.count = [](const outcome &) { return std::uint64_t{1}; };
    play(
        "an unknown proxy", [] {}, how);
    how.extra["HTTPS_PROXY"] = "http://user:Gurkensalat@proxy.test:1";
    play(
        "no proxy there", [] {}, how);
    how.extra["HTTPS_PROXY"] = "gopher://user:Gurkensalat@proxy.test:3128";
    play(
        "no such kind of proxy", [] {}, how);
    how.extra = {};
    how.arguments = {"--proxy=http://user:Gurken/salat@proxy.test:3128"};
    how.secrets = {"Gurken", "salat"};
    play(
        "an unencoded slash", [] {}, how);
}

BOOST_FIXTURE_TEST_CASE(cfg_proxy_302, behind_proxy) {
    const terms how = through("http://proxy.test:3128");
    const auto answers = [&](const std::string &variant, const reply &what) {
        play(
            variant,
            [&] {
                asked_proxy();
                all().proxy().clear_faults();
                all().proxy().always(what);
            },
            how);
        BOOST_CHECK_EQUAL(entra().request_count(), 0U);
    };
    answers("302", reply::redirect(302, "https://evil.com/"));
    answers("302 with a page", reply::http(302, {{"Location", "https://evil.com/"}}, "WORDS-OF-THE-SERVER"));
    answers("200 with a body", reply::http(200, {{"Content-Type", "application/json"}}, token_body()));
    answers("403", reply::http(403, {}, "WORDS-OF-THE-SERVER"));
    answers("502", reply::http(502, {}, "WORDS-OF-THE-SERVER"));
    BOOST_CHECK_EQUAL(all().foreign_door().accepted(), 0U);
}

BOOST_AUTO_TEST_SUITE_END()
