#include "token-cache/explain.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

namespace azure_wi {
namespace {

const identity who{.authority = "https://login.microsoftonline.com",
                   .tenant_id = "the-tenant",
                   .client_id = "the-client",
                   .scope = {},
                   .token_file = {},
                   .token_command = {},
                   .binding = {}};

const assertion_claims claims{
    "https://oidc.example/", "system:serviceaccount:ns:sa", "api://AzureADTokenExchange", {}};

bool contains(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

void check_form(const std::string &line) {
    BOOST_TEST(line.size() <= 2048U);
    BOOST_TEST(!line.ends_with('.'), line);
    BOOST_TEST(line.find_first_of("\n\r{}") == std::string::npos, line);
}

constexpr std::array every_code{errc::invalid_setting,
                                errc::client_id_missing,
                                errc::tenant_id_missing,
                                errc::authority_not_allowed,
                                errc::binding_without_proxy,
                                errc::bearer_not_offered,
                                errc::online_part_missing,
                                errc::assertion_missing,
                                errc::assertion_unreadable,
                                errc::assertion_not_a_file,
                                errc::assertion_empty,
                                errc::assertion_too_large,
                                errc::assertion_malformed,
                                errc::assertion_expired,
                                errc::assertion_read_failed,
                                errc::assertion_command_failed,
                                errc::name_not_resolved,
                                errc::connection_failed,
                                errc::connection_broken,
                                errc::timed_out,
                                errc::certificate_untrusted,
                                errc::certificate_name_mismatch,
                                errc::certificate_not_in_time,
                                errc::tls_failed,
                                errc::proxy_refused,
                                errc::ca_unusable,
                                errc::reply_malformed,
                                errc::reply_redirected,
                                errc::reply_unexpected_status,
                                errc::reply_echoes_assertion,
                                errc::refused,
                                errc::throttled,
                                errc::server_fault,
                                errc::cancelled};

} // namespace

BOOST_AUTO_TEST_SUITE(explain_)

BOOST_AUTO_TEST_CASE(every_code_has_a_line_of_its_own_and_what_it_is_about) {
    for (const errc code : every_code) {
        const auto text = explain({.code = code, .about = "/the/subject"}, nullptr);
        BOOST_TEST(text.error.ends_with(": /the/subject"), text.error);
        BOOST_TEST(!contains(text.error, "could not be had"));
        BOOST_TEST((!text.hint.empty() || code == errc::cancelled), text.error);
        check_form(text.error);
        check_form(text.hint);
    }
}

BOOST_AUTO_TEST_CASE(every_known_number_is_explained_with_the_identity) {
    for (const int number :
         {70021, 700211, 700212, 700213, 70025,   700016, 700024,  700027,  50027,  90061,
          90002, 900023, 500011, 70011,  1002012, 53003,  7000215, 7000222, 900382, 90038}) {
        for (const identity *known : {&who, static_cast<const identity *>(nullptr)}) {
            const auto text = explain({.code = errc::refused, .aadsts = number, .claims = claims}, known);
            BOOST_TEST(text.error.ends_with(" (AADSTS" + std::to_string(number) + ")"), text.error);
            BOOST_TEST(!text.hint.empty());
            check_form(text.error);
            check_form(text.hint);
        }
    }
    BOOST_TEST(explain({.code = errc::refused, .aadsts = 700016}, &who).error ==
               "the tenant the-tenant has no application the-client (AADSTS700016)");
}

BOOST_AUTO_TEST_CASE(a_credential_that_does_not_match_brings_the_command_that_makes_one) {
    for (const int number : {70021, 700211, 700212, 700213, 70025}) {
        const auto hint = explain({.code = errc::refused, .aadsts = number, .claims = claims}, &who).hint;
        BOOST_TEST(contains(
            hint, "issuer https://oidc.example/, subject system:serviceaccount:ns:sa, audience api:"));
        BOOST_TEST(hint.ends_with("az identity federated-credential create --name ns-sa --identity-name "
                                  "IDENTITY --resource-group GROUP "
                                  "--issuer https://oidc.example/ --subject system:serviceaccount:ns:sa "
                                  "--audiences api://AzureADTokenExchange"));
    }
}

BOOST_AUTO_TEST_CASE(a_command_is_whole_or_not_there) {
    const std::string longest(256, '\'');
    failure what{.code = errc::refused, .aadsts = 70021, .claims = {longest, longest, longest, {}}};
    what.ids.request = "11111111-2222-3333-4444-555555555555";
    const auto hint = explain(what, &who).hint;
    BOOST_TEST(!contains(hint, "az identity"));
    BOOST_TEST(contains(hint, "issuer '''"));
    BOOST_TEST(hint.ends_with("; request 11111111-2222-3333-4444-555555555555"));
    what.claims = {std::string(256, 'i'), std::string(256, 's'), std::string(256, 'a'), {}};
    BOOST_TEST(contains(explain(what, &who).hint, "--audiences " + std::string(256, 'a') + "; request 1"));
    check_form(explain(what, &who).hint);
}

BOOST_AUTO_TEST_CASE(an_unknown_number_leads_to_microsofts_page) {
    const auto text = explain({.code = errc::refused, .aadsts = 123456}, &who);
    BOOST_TEST(text.error == "Entra ID refused the request (AADSTS123456)");
    BOOST_TEST(contains(text.hint, "https://login.microsoftonline.com/error?code=123456"));
}

BOOST_AUTO_TEST_CASE(a_hint_ends_with_the_ids_that_there_are) {
    failure what{.code = errc::server_fault};
    what.ids = {"t", "c", "2026-11-23 11:16:27Z", "r"};
    BOOST_TEST(explain(what, &who).hint ==
               "try again in a minute; trace t, correlation c, timestamp 2026-11-23 11:16:27Z, request r");
    what = {.code = errc::cancelled};
    what.ids.request = "r";
    BOOST_TEST(explain(what, &who).hint == "request r");
}

BOOST_AUTO_TEST_CASE(an_expired_token_says_when) {
    failure what{.code = errc::assertion_expired, .about = "/p"};
    what.claims.expiry = 784111777;
    BOOST_TEST(explain(what, &who).error ==
               "the service-account token has expired at 1994-11-06 08:49:37Z: /p");
}

BOOST_AUTO_TEST_CASE(throttling_says_how_long_to_wait) {
    const failure what{.code = errc::throttled, .retry_after = std::chrono::seconds{60}};
    BOOST_TEST(explain(what, &who).hint == "wait 60 s, then try again");
}

BOOST_AUTO_TEST_CASE(control_bytes_and_endless_texts_do_not_get_through) {
    const auto text =
        explain({.code = errc::assertion_missing, .about = "\x1b[2J\n" + std::string(9000, 'x')}, nullptr);
    BOOST_TEST(contains(text.error, ": ?[2J?x"));
    check_form(text.error.substr(0, text.error.size() - 3));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
