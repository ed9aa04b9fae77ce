// How git is told of the helper: by its file, or by the short name that git puts "git credential-" before.

#include "tests/system/each_git.hpp"

#include <cstdlib>

namespace azure_wi::tests {

using world::default_repository;

BOOST_AUTO_TEST_SUITE(git_name)

namespace {

// A folder with a link to the helper, in front of the PATH that the tests have.
fixture::variables with_helper_in_path(git_fixture &it) {
    const auto bin = it.scratch() / "bin";
    std::filesystem::create_directory(bin);
    std::filesystem::create_symlink(face(), bin / "git-credential-azure-wi");
    const char *path = std::getenv("PATH");
    return {{"PATH", bin.string() + ':' + (path != nullptr ? path : "/usr/bin:/bin")}};
}

} // namespace

AZURE_WI_TEST_WITH_EACH_GIT(the_helper_works_by_its_file) {
    must({"ls-remote", default_repository});
    BOOST_TEST(entra().exchanges() == 1U);
}

// The link is resolved, or the other executable would be looked for beside the link.
AZURE_WI_TEST_WITH_EACH_GIT(the_helper_works_by_its_short_name) {
    const auto path = with_helper_in_path(*this);
    must({"-c", "credential.helper=", "-c", "credential.helper=azure-wi", "ls-remote", default_repository},
         path);
    BOOST_TEST(entra().exchanges() == 1U);
    BOOST_TEST(must({"credential-azure-wi", "version"}, path).out.find("git-credential-azure-wi ") == 0U);
}

AZURE_WI_TEST_WITH_EACH_GIT(the_helper_works_for_a_url_by_its_short_name_with_options) {
    const auto path = with_helper_in_path(*this);
    const std::string key = "credential.https://dev.azure.com/contoso.helper=";
    must({"-c", "credential.helper=", "-c", key + "azure-wi -vv --min-validity 10m", "ls-remote",
          default_repository},
         path);
    BOOST_TEST(entra().exchanges() == 1U);
}

// Git reads the answer whatever the status; an unknown verb must not spoil it.
AZURE_WI_TEST_WITH_EACH_GIT(git_credential_fill_approve_and_reject_work) {
    const std::vector<std::string> fill{"credential", "fill"};
    const std::string request = "protocol=https\nhost=dev.azure.com\n\n";
    BOOST_TEST(git({"credential", "capability"}).status == (heals() ? 0 : 129));
    const auto filled = git(fill, {}, {}, request);
    BOOST_TEST(filled.status == 0);
    const credential got = read_credential(filled.out);
    BOOST_TEST(got["username"] == "azure-wi");
    BOOST_TEST(git({"credential", "approve"}, {}, {}, filled.out + "\n").status == 0);
    BOOST_TEST((read_credential(git(fill, {}, {}, request).out).token() == got.token()));
    BOOST_TEST(git({"credential", "reject"}, {}, {}, filled.out + "\n").status == 0);
    BOOST_TEST((read_credential(git(fill, {}, {}, request).out).token() != got.token()));
    BOOST_TEST(entra().exchanges() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
