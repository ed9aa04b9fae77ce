// What people do with git, through the helper, each with one exchange.

#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

using world::default_repository;

BOOST_AUTO_TEST_SUITE(git_commands)

AZURE_WI_TEST_WITH_EACH_GIT(clone_checks_out_what_the_server_has) {
    must({"clone", "--quiet", default_repository, tree().string()});
    BOOST_TEST(std::filesystem::exists(tree() / "file-3.txt"));
    BOOST_TEST(entra().exchanges() == 1U);
    BOOST_TEST(repos().served_with("bearer") == (heals() ? repos().served() : 0U));
    BOOST_TEST(repos().served_with("basic") == (heals() ? 0U : repos().served()));
}

AZURE_WI_TEST_WITH_EACH_GIT(fetch_brings_what_another_clone_pushed) {
    const auto other = scratch() / "other";
    must({"clone", "--quiet", default_repository, tree().string()});
    must({"clone", "--quiet", default_repository, other.string()});
    commit(other, "news.txt", "news\n");
    must({"push", "--quiet"}, {}, other);
    must({"fetch", "--quiet"}, {}, tree());
    BOOST_TEST(must({"show", "origin/main:news.txt"}, {}, tree()).out == "news\n");
    BOOST_TEST(entra().exchanges() == 1U);
}

// 2.46 to 2.53 leave a Bearer header out of a POST over http.postBuffer (1 MiB).
AZURE_WI_TEST_WITH_EACH_GIT(a_push_of_3_mb_passes_the_first_time) {
    const std::string content = noise(3'000'000);
    must({"clone", "--quiet", default_repository, tree().string()});
    commit(tree(), "large.bin", content);
    const auto pushed = must({"push"}, {}, tree());
    BOOST_TEST(pushed.err.find("RPC failed") == std::string::npos);
    BOOST_TEST(entra().exchanges() == 1U);

    must({"clone", "--quiet", default_repository, (scratch() / "again").string()});
    BOOST_TEST((read_file(scratch() / "again" / "large.bin") == content));
    BOOST_TEST(entra().exchanges() == 1U);
}

// The same where the push's own token comes cold: the first 401 of the command is on a GET, the second on the
// POST.
AZURE_WI_TEST_WITH_EACH_GIT(a_push_of_3_mb_with_an_empty_cache_passes_the_first_time) {
    must({"clone", "--quiet", default_repository, tree().string()});
    commit(tree(), "large.bin", noise(3'000'000));
    const auto other = scratch() / "cold";
    std::filesystem::create_directory(other);
    std::filesystem::permissions(other, std::filesystem::perms::owner_all);
    must({"push", "--quiet"}, {{"AZURE_WI_CACHE_DIR", other.string()}}, tree());
    BOOST_TEST(entra().exchanges() == 2U);
}

AZURE_WI_TEST_WITH_EACH_GIT(ls_remote_lists_the_branch) {
    BOOST_TEST(must({"ls-remote", default_repository}).out.find("refs/heads/main") != std::string::npos);
    BOOST_TEST(entra().exchanges() == 1U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_shallow_clone_has_one_commit_and_can_be_deepened) {
    must({"clone", "--quiet", "--depth", "1", default_repository, tree().string()});
    BOOST_TEST(must({"rev-list", "--count", "HEAD"}, {}, tree()).out == "1\n");
    must({"fetch", "--quiet", "--unshallow"}, {}, tree());
    BOOST_TEST(must({"rev-list", "--count", "HEAD"}, {}, tree()).out == "3\n");
    BOOST_TEST(entra().exchanges() == 1U);
}

// Each missing blob is a fetch of its own, in a git that the first git started.
AZURE_WI_TEST_WITH_EACH_GIT(a_partial_clone_fetches_blobs_when_they_are_wanted) {
    must({"clone", "--quiet", "--filter=blob:none", "--no-checkout", default_repository, tree().string()});
    const auto before = repos().served();
    BOOST_TEST(must({"cat-file", "-t", "HEAD:file-1.txt"}, {}, tree()).out == "blob\n");
    BOOST_TEST(repos().served() > before);
    must({"checkout", "--quiet", "main"}, {}, tree());
    BOOST_TEST(std::filesystem::exists(tree() / "file-1.txt"));
    BOOST_TEST(entra().exchanges() == 1U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_clone_and_twenty_commands_after_it_make_one_exchange) {
    must({"clone", "--quiet", default_repository, tree().string()});
    for (int round = 0; round < 5; ++round) {
        commit(tree(), "round-" + std::to_string(round), "x\n");
        must({"push", "--quiet"}, {}, tree());
        must({"fetch", "--quiet"}, {}, tree());
        must({"pull", "--quiet"}, {}, tree());
        must({"ls-remote", "--quiet"}, {}, tree());
    }
    BOOST_TEST(entra().exchanges() == 1U);
    BOOST_TEST(entra().request_count() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
