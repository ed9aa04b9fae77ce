#include "token-cache/exchange/exchange_request.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

namespace azure_wi {
namespace {

identity plain() {
    identity who;
    who.authority = "https://login.microsoftonline.com";
    who.tenant_id = "contoso.onmicrosoft.com";
    who.client_id = "11111111-2222-3333-4444-555555555555";
    who.scope = azure_devops_scope;
    return who;
}

identity bound(std::string proxy, std::string sni = {}) {
    identity who = plain();
    who.authority = "https://login.example:8443";
    who.binding.proxy = std::move(proxy);
    who.binding.sni_name = std::move(sni);
    return who;
}

http_request make(const identity &who, std::string_view pem = {}) {
    return make_exchange_request(who, secret::copy_of("eyJ-_.a.b"), "id", pem);
}

bool has(const http_request &request, const std::string &line) {
    return std::ranges::count(request.headers, line) == 1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_request)

BOOST_AUTO_TEST_CASE(the_form_is_the_client_credentials_grant_with_an_assertion) {
    BOOST_TEST(make(plain()).body.reveal() ==
               "grant_type=client_credentials&client_id=11111111-2222-3333-4444-555555555555"
               "&scope=499b84ac-1321-427f-aa17-267ca6975798%2F.default"
               "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
               "&client_assertion=eyJ-_.a.b");
}

BOOST_AUTO_TEST_CASE(it_goes_to_the_tenants_endpoint_at_the_authority) {
    const auto request = make(plain());
    BOOST_TEST(request.url == "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token");
    BOOST_TEST(request.connect_to.empty());
    BOOST_TEST(request.only_ca_pem.empty());
    BOOST_TEST(request.use_proxy);
}

BOOST_AUTO_TEST_CASE(its_headers_name_the_content_and_the_request) {
    const auto request = make(plain());
    BOOST_TEST(has(request, "Content-Type: application/x-www-form-urlencoded"));
    BOOST_TEST(has(request, "Accept: application/json"));
    BOOST_TEST(has(request, "client-request-id: id"));
    BOOST_TEST(has(request, "return-client-request-id: true"));
    BOOST_TEST(has(request, "User-Agent: git-credential-azure-wi/" AZURE_WI_VERSION));
    BOOST_TEST(request.headers.size() == 5U);
}

BOOST_AUTO_TEST_CASE(values_cannot_add_fields) {
    identity who = plain();
    who.scope = "a&b=c d+\xff";
    const auto request = make(who);
    BOOST_TEST(request.body.reveal().find("&scope=a%26b%3Dc%20d%2B%FF&") != std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(a_binding_leads_it_through_the_proxy) {
    const auto request = make(bound("https://10.0.0.1:6443/prefix/", "proxy.sni"), "PEM");
    BOOST_TEST(request.url == "https://proxy.sni:6443/prefix/contoso.onmicrosoft.com/oauth2/v2.0/token");
    BOOST_TEST(request.connect_to == "10.0.0.1:6443");
    BOOST_TEST(has(request, "Host: login.example:8443"));
    BOOST_TEST(request.only_ca_pem == "PEM");
    BOOST_TEST(!request.use_proxy);
}

BOOST_AUTO_TEST_CASE(a_binding_without_sni_name_port_and_path_uses_the_proxys_own) {
    const auto request = make(bound("https://proxy.example"));
    BOOST_TEST(request.url == "https://proxy.example/contoso.onmicrosoft.com/oauth2/v2.0/token");
    BOOST_TEST(request.connect_to == "proxy.example:443");
    BOOST_TEST(make(bound("https://[fd00::1]:8443/x", "sni")).connect_to == "[fd00::1]:8443");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
