// Identity bindings: the exchange by way of the cluster's token proxy.

#include "tests/system/network_asker.hpp"

#include <fstream>

using namespace azure_wi::tests;
namespace world = azure_wi::world;

namespace {

class bound : public traveller {
public:
    variables binding(const variables &changes = {}) {
        variables changed = all().token_proxy_environment();
        for (const auto &[name, value] : changes)
            changed[name] = value;
        return changed;
    }
    std::string file_with(const std::string &name, const std::string &content) {
        const auto file = scratch() / name;
        std::ofstream(file) << content;
        return file.string();
    }
    void check_nothing_was_sent() {
        BOOST_CHECK_EQUAL(all().token_proxy_door().accepted(), 0U);
        BOOST_CHECK_EQUAL(all().entra_door().accepted(), 0U);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(identity_binding, bound)

BOOST_AUTO_TEST_CASE(the_request_goes_to_the_proxy_in_the_authoritys_name) {
    check_arrives(binding());
    BOOST_REQUIRE_EQUAL(all().token_proxy().request_count(), 1U);
    const auto asked = all().token_proxy().last_request();
    BOOST_CHECK_EQUAL(asked.server_name, all().token_proxy_server_name());
    BOOST_CHECK_EQUAL(asked.header("host").value_or(""), "login.microsoftonline.com");
    BOOST_CHECK_EQUAL(asked.header_count("host"), 1U);
    BOOST_CHECK_EQUAL(asked.target,
                      all().token_proxy().prefix() + "/" + world::tenant_id + "/oauth2/v2.0/token");
    BOOST_CHECK_EQUAL(all().entra_door().accepted(), 0U);
}

BOOST_AUTO_TEST_CASE(a_slash_at_the_end_of_the_proxy_is_none_twice) {
    check_arrives(binding({{"AZURE_KUBERNETES_TOKEN_PROXY", all().token_proxy_url() + "/"}}));
}

BOOST_AUTO_TEST_CASE(no_http_proxy_is_asked) {
    check_arrives(binding({{"HTTPS_PROXY", "http://proxy.test:3128"}}));
    BOOST_CHECK_EQUAL(all().proxy_door().accepted(), 0U);
}

BOOST_AUTO_TEST_CASE(its_roots_come_as_a_file_or_as_data_and_data_wins) {
    const std::string wrong = file_with("wrong.pem", all().authority().pem());
    check_arrives(binding(
        {{"AZURE_KUBERNETES_CA_FILE", ""}, {"AZURE_KUBERNETES_CA_DATA", all().token_proxy_ca_pem()}}));
    check_arrives(binding(
        {{"AZURE_KUBERNETES_CA_FILE", wrong}, {"AZURE_KUBERNETES_CA_DATA", all().token_proxy_ca_pem()}}));
    check_fails({"no trusted root"}, binding({{"AZURE_KUBERNETES_CA_DATA", all().authority().pem()}}));
    check_fails({"no trusted root"}, binding({{"AZURE_KUBERNETES_CA_FILE", wrong}}));
    BOOST_CHECK_EQUAL(all().token_proxy().request_count(), 2U);
}

BOOST_AUTO_TEST_CASE(without_roots_of_its_own_the_systems_count) {
    check_fails({"no trusted root"}, binding({{"AZURE_KUBERNETES_CA_FILE", ""}}));
    auto tls = all().token_proxy_door().tls();
    tls.identity = all().authority().issue({.dns_names = {all().token_proxy_server_name()}});
    all().token_proxy_door().set_tls(tls);
    check_arrives(binding({{"AZURE_KUBERNETES_CA_FILE", ""}}));
}

BOOST_AUTO_TEST_CASE(an_empty_or_missing_root_file_is_an_error_that_names_it) {
    check_fails({"AZURE_KUBERNETES_CA_FILE", "empty.pem"},
                binding({{"AZURE_KUBERNETES_CA_FILE", file_with("empty.pem", "")}}));
    check_fails({"AZURE_KUBERNETES_CA_FILE", "/nowhere/ca.pem"},
                binding({{"AZURE_KUBERNETES_CA_FILE", "/nowhere/ca.pem"}}));
    check_nothing_was_sent();
}

BOOST_AUTO_TEST_CASE(its_name_is_the_one_that_is_verified) {
    check_fails({"another name"}, binding({{"AZURE_KUBERNETES_SNI_NAME", "other.ests.aks"}}));
    check_fails({"another name"}, binding({{"AZURE_KUBERNETES_SNI_NAME", ""}})); // the URL's own
    BOOST_CHECK_EQUAL(all().token_proxy().request_count(), 0U);
}

BOOST_AUTO_TEST_CASE(a_variable_of_a_binding_without_the_proxy_is_an_error) {
    for (const auto &[name, value] : binding())
        if (name != "AZURE_KUBERNETES_TOKEN_PROXY")
            check_fails({name, "AZURE_KUBERNETES_TOKEN_PROXY"}, {{name, value}});
    check_fails({"AZURE_KUBERNETES_CA_DATA"}, {{"AZURE_KUBERNETES_CA_DATA", all().token_proxy_ca_pem()}});
    check_nothing_was_sent();
}

BOOST_AUTO_TEST_CASE(a_proxy_that_is_no_plain_https_url_is_refused) {
    for (const char *url : {"http://127.0.1.5:443/x", "https://user@127.0.1.5/x", "https://127.0.1.5/x?y",
                            "https://127.0.1.5/x#y", "127.0.1.5"})
        check_fails({"AZURE_KUBERNETES_TOKEN_PROXY"}, binding({{"AZURE_KUBERNETES_TOKEN_PROXY", url}}));
    check_nothing_was_sent();
}

BOOST_AUTO_TEST_CASE(the_audience_of_the_token_is_not_insisted_on) {
    const std::string audience = "api://AKSIdentityBinding";
    all().rotate({.audiences = {audience}});
    entra().add_federated_credential(world::tenant_id, world::build_client_id,
                                     {world::cluster_issuer, world::build_subject, audience});
    check_arrives(binding());
}

BOOST_AUTO_TEST_CASE(a_binding_has_tokens_of_its_own) {
    BOOST_CHECK_NE(ask(binding()).raw.out, ask().raw.out);
    BOOST_CHECK_EQUAL(entra().exchanges(), 2U);
    BOOST_CHECK_EQUAL(ask(binding()).raw.out, ask(binding()).raw.out);
    BOOST_CHECK_EQUAL(entra().exchanges(), 2U);
}

BOOST_AUTO_TEST_SUITE_END()
