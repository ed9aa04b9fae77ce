// --org: other organisations get silence, so the next helper has its turn.

#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

BOOST_AUTO_TEST_SUITE(identity_org)

namespace {

std::string request(const std::string &host, const std::string &path) {
    return "protocol=https\nhost=" + host + "\n" + (path.empty() ? "" : "path=" + path + "\n");
}

struct org_case {
    const char *host;
    const char *path;
    bool answered;
};

constexpr org_case org_cases[]{
    {"dev.azure.com", "contoso/project/_git/repo", true},
    {"dev.azure.com", "Contoso/My Project/_git/repo", true},
    {"dev.azure.com", "fabrikam/project/_git/repo", false},
    {"dev.azure.com", "contosoevil/project/_git/repo", false},
    {"dev.azure.com", "fabrikam/contoso/_git/repo", false},
    {"dev.azure.com", "", false}, // not known without useHttpPath
    {"contoso.visualstudio.com", "project/_git/repo", true},
    {"CONTOSO.visualstudio.com", "", true},
    {"fabrikam.visualstudio.com", "contoso/_git/repo", false},
    {"git.example.com", "contoso/project/_git/repo", false},
};

} // namespace

BOOST_FIXTURE_TEST_CASE(only_the_organisations_named_are_answered, fixture) {
    for (const org_case &each : org_cases) {
        const auto answer = helper({"--org", "contoso", "get"}, request(each.host, each.path));
        const std::string name = std::string(each.host) + '/' + each.path;
        BOOST_TEST(answer.status == 0, name);
        BOOST_TEST(answer.out.empty() == !each.answered, name << ": " << answer.err);
    }
    BOOST_TEST(entra().exchanges() == 1U);
}

BOOST_FIXTURE_TEST_CASE(several_organisations_can_be_named, fixture) {
    for (const char *org : {"contoso", "fabrikam"}) {
        const auto answer = helper({"--org", "contoso", "--org=fabrikam", "get"},
                                   request("dev.azure.com", std::string(org) + "/project/_git/repo"));
        BOOST_TEST(!answer.out.empty(), org);
    }
}

BOOST_FIXTURE_TEST_CASE(a_missing_path_is_explained_once_and_brings_no_token, fixture) {
    const auto answer = helper({"--org", "contoso", "get"}, request("dev.azure.com", ""));
    BOOST_TEST(answer.out.empty());
    BOOST_TEST(answer.err.find("useHttpPath") != std::string::npos);
}

// The other organisation's challenge is real, its command fails, and nothing was shown to it.
AZURE_WI_TEST_WITH_EACH_GIT(git_shows_no_token_to_an_organisation_that_is_not_named) {
    const std::vector<std::string> configured{
        "-c", "credential.helper=",         "-c", "credential.helper=" + face().string() + " --org contoso",
        "-c", "credential.useHttpPath=true"};
    const auto list = [&](const std::string &org) {
        auto command = configured;
        command.insert(command.end(), {"ls-remote", "https://dev.azure.com/" + org + "/project/_git/repo"});
        return git(command);
    };
    BOOST_TEST(list("contoso").status == 0);
    repos().forget_requests();
    BOOST_TEST(list("fabrikam").status != 0);
    BOOST_TEST(repos().request_count() > 0U);
    for (const auto &each : repos().requests())
        BOOST_TEST(each.presented_token().empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
