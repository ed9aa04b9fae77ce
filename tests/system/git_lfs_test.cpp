// git-lfs asks `git credential fill`, so it takes what the helper gives: Bearer from 3.6 on, else Basic.

#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

using world::default_repository;

BOOST_AUTO_TEST_SUITE(git_lfs)

namespace {

// Without the locking API, which this server lacks: git-lfs 3.6 brings our state back after any answer but a
// 2xx, so a 404 looks like a refused token and costs one exchange. It switches this itself once it has seen
// the 404.
constexpr auto without_locks = "lfs.locksverify";

// Commits a file that LFS keeps and pushes it; the object goes first, by git-lfs's hook.
void push_large_file(git_fixture &it, const std::string &content, const fixture::variables &extra = {}) {
    const auto author = it.scratch() / "author";
    it.must({"clone", "--quiet", default_repository, author.string()}, extra);
    it.must({"lfs", "install", "--local"}, extra, author);
    it.must({"lfs", "track", "*.bin"}, extra, author);
    it.must({"config", without_locks, "false"}, extra, author);
    it.must({"add", ".gitattributes"}, extra, author);
    it.commit(author, "model.bin", content);
    it.must({"push", "--quiet"}, extra, author);
}

} // namespace

AZURE_WI_TEST_WITH_EACH_GIT(lfs_objects_are_pushed_and_pulled) {
    const std::string content = noise(200'000);
    push_large_file(*this, content);
    BOOST_TEST(repos().lfs().size() == 1U);
    must({"clone", "--quiet", default_repository, tree().string()});
    BOOST_TEST((read_file(tree() / "model.bin") == content));
    BOOST_TEST(entra().exchanges() == 1U);
}

AZURE_WI_TEST_WITH_EACH_GIT(lfs_objects_are_pulled_where_the_path_is_sent) {
    const variables with_path{{"GIT_CONFIG_COUNT", "1"},
                              {"GIT_CONFIG_KEY_0", "credential.https://dev.azure.com.useHttpPath"},
                              {"GIT_CONFIG_VALUE_0", "true"}};
    const std::string content = noise(100'000);
    push_large_file(*this, content, with_path);
    must({"clone", "--quiet", default_repository, tree().string()}, with_path);
    BOOST_TEST((read_file(tree() / "model.bin") == content));
    BOOST_TEST(entra().exchanges() == 1U);
}

AZURE_WI_TEST_WITH_EACH_GIT(lfs_actions_on_a_foreign_host_carry_no_token) {
    const std::string content = noise(100'000);
    push_large_file(*this, content);
    repos().set_lfs_actions("https://lfs.example.com/lfs");
    must({"clone", "--quiet", default_repository, tree().string()});
    BOOST_TEST((read_file(tree() / "model.bin") == content));
    BOOST_TEST(foreign().request_count() > 0U);
    BOOST_TEST(foreign().leaked_authorization() == 0U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_foreign_lfs_host_that_asks_for_credentials_gets_none) {
    push_large_file(*this, noise(100'000));
    repos().set_lfs_actions("https://lfs.example.com/lfs");
    foreign().challenge(true);
    // It would try eight times, a little later each time.
    const auto cloned =
        git({"-c", "lfs.transfer.maxretries=1", "clone", "--quiet", default_repository, tree().string()});
    BOOST_TEST(cloned.status != 0);
    BOOST_TEST(!cloned.timed_out);
    BOOST_TEST(foreign().request_count() > 0U);
    BOOST_TEST(foreign().leaked_authorization() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
