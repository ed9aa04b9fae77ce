#include "tests/world/world_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace azure_wi::world;

namespace {

struct lfs_fixture : world_fixture {
    std::string good = token();

    process_result shell(const std::string &script) const {
        // Scoped to the host, as it has to be: git-lfs sends unscoped headers to every action URL.
        return here.run({"sh", "-ec", script},
                        {{"GIT_CONFIG_COUNT", "1"},
                         {"GIT_CONFIG_KEY_0", "http.https://dev.azure.com/.extraHeader"},
                         {"GIT_CONFIG_VALUE_0", "Authorization: Bearer " + good}});
    }
    process_result push() const {
        return shell("git clone --quiet $WORLD_REPOSITORY lfs && cd lfs && git lfs track '*.bin' && "
                     "head -c 100000 /dev/urandom > a.bin && git add . && git commit --quiet -m lfs && "
                     "git push --quiet origin main");
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(git_lfs, lfs_fixture, *boost::unit_test::precondition([](auto) {
                             return std::system("git lfs version >/dev/null 2>&1") == 0;
                         }))

BOOST_AUTO_TEST_CASE(push_and_pull) {
    const auto pushed = push();
    BOOST_TEST_REQUIRE(pushed.status == 0, pushed.err);
    BOOST_TEST(here.repos().lfs().size() == 1);
    const auto pulled = shell(
        "git clone --quiet $WORLD_REPOSITORY again && cmp lfs/a.bin again/a.bin && test -s again/a.bin");
    BOOST_TEST(pulled.status == 0, pulled.out << pulled.err);
}

BOOST_AUTO_TEST_CASE(actions_on_a_foreign_host) {
    BOOST_TEST_REQUIRE(push().status == 0);
    here.repos().set_lfs_actions("https://lfs.example.com/lfs");
    const auto pulled = shell("git clone --quiet $WORLD_REPOSITORY again && cmp lfs/a.bin again/a.bin");
    BOOST_TEST(pulled.status == 0, pulled.out << pulled.err);
    BOOST_TEST(here.foreign().request_count() == 1);
    BOOST_TEST(here.foreign().leaked_authorization() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
