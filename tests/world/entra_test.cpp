#include "tests/world/world_fixture.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace azure_wi::world;

BOOST_FIXTURE_TEST_SUITE(entra, world_fixture)

BOOST_AUTO_TEST_CASE(a_good_request_gets_a_token) {
    here.entra().set_lifetime(
        {.expires_in = std::chrono::seconds{4000}, .refresh_in = std::chrono::seconds{2000}});
    const auto body = boost::json::parse(exchange(here.cluster().mint()).out).as_object();
    BOOST_TEST(body.at("token_type").as_string() == "Bearer");
    BOOST_TEST(body.at("expires_in").as_int64() == 4000);
    BOOST_TEST(body.at("refresh_in").as_int64() == 2000);
    BOOST_TEST(body.at("access_token").as_string().size() == 1500);
    BOOST_TEST(here.entra().exchanges() == 1);
    BOOST_TEST(here.entra().last_request().form.at("client_id") == build_client_id);

    here.entra().set_lifetime({.as_strings = true});
    here.entra().set_token_size(32768);
    const auto strings = boost::json::parse(exchange(here.cluster().mint()).out).as_object();
    BOOST_TEST(strings.at("expires_in").as_string() == "3599");
    BOOST_TEST(strings.at("access_token").as_string().size() == 32768);
}

BOOST_AUTO_TEST_CASE(an_error_is_worded_as_entra_words_it) {
    claims stranger;
    stranger.subject = "system:serviceaccount:default:stranger";
    const auto body = boost::json::parse(exchange(here.cluster().mint(stranger)).out).as_object();
    BOOST_TEST(body.at("error").as_string() == "invalid_client");
    BOOST_TEST(body.at("error_codes").as_array().at(0).as_int64() == 700213);
    const std::string text{body.at("error_description").as_string()};
    BOOST_TEST(
        text.starts_with("AADSTS700213: No matching federated identity record found for presented assertion "
                         "subject 'system:serviceaccount:default:stranger'."));
    BOOST_TEST(text.find("Trace ID: " + std::string{body.at("trace_id").as_string()}) != std::string::npos);
    BOOST_TEST(body.at("correlation_id").as_string() == "12345678-1234-4234-8234-123456789abc");
}

BOOST_AUTO_TEST_CASE(tenants) {
    BOOST_TEST(entra_code({}, {}, "not%20a%20tenant") == 900023);
    BOOST_TEST(entra_code({}, {}, "00000000-1111-4222-8333-444444444444") == 90002);
    BOOST_TEST(entra_code({}, {}, "contoso.onmicrosoft.com") == 0);
}

BOOST_AUTO_TEST_CASE(parameters) {
    BOOST_TEST(entra_code({}, {{"grant_type", ""}}) == 900144);
    BOOST_TEST(entra_code({}, {{"grant_type", "password"}}) == 70003);
    BOOST_TEST(entra_code({}, {{"scope", "openid"}}) == 70011);
    BOOST_TEST(entra_code({}, {{"scope", std::string{azure_devops_resource} + "/user_impersonation"}}) ==
               1002012);
    BOOST_TEST(entra_code({}, {{"client_assertion", ""}}) == 7000218);
    BOOST_TEST(entra_code({}, {{"client_assertion_type", "saml"}}) == 90023);
    BOOST_TEST(entra_code({}, {{"client_id", "99999999-aaaa-4bbb-8ccc-000000000009"}}) == 700016);
}

BOOST_AUTO_TEST_CASE(assertions) {
    BOOST_TEST(code_of(exchange("not-a-jwt").out) == 50027);
    BOOST_TEST(entra_code({.omit = {"sub"}}) == 50027);
    BOOST_TEST(entra_code({.issuer = "https://elsewhere.test/"}) == 700211);
    BOOST_TEST(entra_code({.subject = "System:ServiceAccount:default:build"}) == 7002138);
    BOOST_TEST(entra_code({.audiences = {"https://kubernetes.default.svc"}}) == 700212);
    BOOST_TEST(entra_code({.corrupt_signature = true}) == 700027);
    const issuer impostor{cluster_issuer, issuer::key::own};
    BOOST_TEST(code_of(exchange(impostor.mint()).out) == 700027);
    claims stale;
    stale.issued_at -= std::chrono::hours{3};
    BOOST_TEST(entra_code(stale) == 700024);
    claims early;
    early.issued_at += std::chrono::hours{1};
    BOOST_TEST(entra_code(early) == 700024);
}

BOOST_AUTO_TEST_CASE(registration) {
    here.entra().connect_azure_devops(tenant_id, false);
    BOOST_TEST(entra_code() == 500011);
    here.entra().clear_federated_credentials(tenant_id, build_client_id);
    BOOST_TEST(entra_code() == 70025);
    here.entra().add_federated_credential(tenant_id, build_client_id,
                                          {"https://unreachable.test/", build_subject});
    BOOST_TEST(entra_code({.issuer = "https://unreachable.test/"}) == 90061);
    here.entra().remove_application(tenant_id, build_client_id);
    BOOST_TEST(entra_code() == 700016);
}

BOOST_AUTO_TEST_CASE(a_moved_clock_makes_an_assertion_stale) {
    const auto assertion = here.cluster().mint();
    BOOST_TEST(code_of(exchange(assertion).out) == 0);
    here.clock().advance(std::chrono::hours{2});
    BOOST_TEST(code_of(exchange(assertion).out) == 700024);
}

BOOST_AUTO_TEST_CASE(the_binding_proxy_hands_over_to_entra) {
    const auto door = here.token_proxy_door().address();
    const std::string name = here.token_proxy_server_name();
    const auto answer =
        curl({"--cacert", here.directory() / "token-proxy-ca.pem", "--connect-to",
              name + ":443:" + door.address + ':' + std::to_string(door.port), "-H",
              "Host: login.microsoftonline.com", "--data", "grant_type=client_credentials",
              "https://" + name + here.token_proxy().prefix() + '/' + tenant_id + "/oauth2/v2.0/token"});
    BOOST_TEST(code_of(answer.out) == 900144, answer.err);
    const auto seen = here.token_proxy().last_request();
    BOOST_TEST(seen.server_name == name);
    BOOST_TEST(seen.host() == "login.microsoftonline.com");
    BOOST_TEST(here.entra().request_count() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
