// Submodules: git starts a git of its own for each, which asks the helper anew.

#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

using world::default_repository;

BOOST_AUTO_TEST_SUITE(git_submodules)

namespace {

constexpr auto same_host = "https://dev.azure.com/contoso/My%20Project/_git/repo";
constexpr auto foreign_host = "https://git.example.com/team/lib.git";

// Pushes a commit whose submodule "sub" is `url`.
void push_submodule(git_fixture &it, const std::string &url) {
    const auto author = it.scratch() / "author";
    it.must({"clone", "--quiet", default_repository, author.string()});
    it.must({"submodule", "--quiet", "add", url, "sub"}, {}, author);
    it.must({"commit", "--quiet", "-m", "a submodule"}, {}, author);
    it.must({"push", "--quiet"}, {}, author);
}

} // namespace

AZURE_WI_TEST_WITH_EACH_GIT(a_submodule_on_the_same_host_is_fetched_with_the_same_token) {
    push_submodule(*this, same_host);
    must({"clone", "--quiet", "--recurse-submodules", default_repository, tree().string()});
    BOOST_TEST(std::filesystem::exists(tree() / "sub" / "file-1.txt"));
    BOOST_TEST(entra().exchanges() == 1U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_public_submodule_on_a_foreign_host_is_fetched_without_a_token) {
    push_submodule(*this, foreign_host);
    must({"clone", "--quiet", "--recurse-submodules", default_repository, tree().string()});
    BOOST_TEST(std::filesystem::exists(tree() / "sub" / "file-1.txt"));
    BOOST_TEST(foreign().request_count() > 0U);
    BOOST_TEST(foreign().leaked_authorization() == 0U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_submodule_host_that_asks_for_credentials_gets_none) {
    push_submodule(*this, foreign_host);
    foreign().challenge(true);
    const auto cloned =
        git({"clone", "--quiet", "--recurse-submodules", default_repository, tree().string()});
    BOOST_TEST(cloned.status != 0);
    BOOST_TEST(!cloned.timed_out);
    BOOST_TEST(std::filesystem::exists(tree() / "file-1.txt"));
    BOOST_TEST(foreign().leaked_authorization() == 0U);
    BOOST_TEST(entra().exchanges() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
