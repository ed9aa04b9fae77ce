#include "token-cache/federated_credential.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(federated_credential)

BOOST_AUTO_TEST_CASE(the_command_is_complete_but_for_what_only_the_user_knows) {
    BOOST_TEST(federated_credential_command({"https://oidc.example/",
                                             "system:serviceaccount:flux-system:source.x",
                                             "api://AzureADTokenExchange",
                                             {}}) ==
               "az identity federated-credential create --name flux-system-source-x --identity-name IDENTITY "
               "--resource-group GROUP --issuer https://oidc.example/ --subject "
               "system:serviceaccount:flux-system:source.x --audiences api://AzureADTokenExchange");
}

BOOST_AUTO_TEST_CASE(values_are_quoted_only_where_a_shell_would_read_them_otherwise) {
    const auto command = federated_credential_command({"https://a/?b&c", "it's $(x)", "a b", {}});
    BOOST_TEST(command.find("--issuer 'https://a/?b&c' --subject 'it'\\''s $(x)' --audiences 'a b'") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(unknown_claims_stand_as_what_they_are) {
    BOOST_TEST(
        federated_credential_command({}).ends_with("--issuer ISSUER --subject SUBJECT --audiences AUDIENCE"));
}

BOOST_AUTO_TEST_CASE(a_name_is_one_that_azure_takes) {
    const auto name = [](const std::string &subject) {
        const std::string command = federated_credential_command({{}, subject, {}, {}});
        const auto begin = command.find("--name ") + 7;
        return command.substr(begin, command.find(' ', begin) - begin);
    };
    BOOST_TEST(name("repo:org/x:ref:refs/heads/main") == "git-credential-azure-wi");
    BOOST_TEST(name("system:serviceaccount::x") == "git-credential-azure-wi");
    BOOST_TEST(name("system:serviceaccount:a") == "git-credential-azure-wi");
    BOOST_TEST(name("system:serviceaccount:" + std::string(300, 'a')).size() == 120U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
