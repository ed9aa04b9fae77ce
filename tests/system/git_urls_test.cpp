// The ways in which people and the Azure pages write one repository's URL.

#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

BOOST_AUTO_TEST_SUITE(git_urls)

namespace {

const std::vector<std::string> urls_of_contoso{
    "https://contoso@dev.azure.com/contoso/project/_git/repo", // the clone button's
    "https://dev.azure.com:443/contoso/project/_git/repo",
    "https://Dev.Azure.COM/contoso/project/_git/repo",
    "https://DEV.AZURE.COM:443/Contoso/project/_git/repo",
    "https://contoso.visualstudio.com/project/_git/repo",
    "https://contoso.visualstudio.com/DefaultCollection/project/_git/repo",
    "https://contoso.visualstudio.com:443/project/_git/repo",
    "https://CONTOSO.VisualStudio.com/project/_git/repo",
    "https://contoso@contoso.visualstudio.com/project/_git/repo",
    "https://dev.azure.com/contoso/My%20Project/_git/repo",
    "https://contoso@dev.azure.com/contoso/My%20Project/_git/repo",
    "https://contoso.visualstudio.com/My%20Project/_git/repo",
};

} // namespace

AZURE_WI_TEST_WITH_EACH_GIT(every_way_to_write_a_repository_is_answered_with_one_token) {
    for (const std::string &url : urls_of_contoso) {
        const auto listed = git({"ls-remote", url});
        BOOST_TEST(listed.status == 0, url << ": " << listed.err);
        BOOST_TEST(listed.out.find("refs/heads/main") != std::string::npos, url);
    }
    BOOST_TEST(entra().exchanges() == 1U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_project_with_a_space_in_its_name_is_cloned_and_pushed_to) {
    must({"clone", "--quiet", "https://contoso@dev.azure.com/contoso/My%20Project/_git/repo",
          tree().string()});
    commit(tree(), "news.txt", "news\n");
    must({"push", "--quiet"}, {}, tree());
    BOOST_TEST(entra().exchanges() == 1U);
}

// With useHttpPath the path reaches the helper decoded, with its space.
AZURE_WI_TEST_WITH_EACH_GIT(a_space_in_the_path_that_git_sends_is_no_fault) {
    must({"-c", "credential.useHttpPath=true", "ls-remote",
          "https://dev.azure.com/contoso/My%20Project/_git/repo"});
    BOOST_TEST(entra().exchanges() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
