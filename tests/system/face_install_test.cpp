// `cmake --install` to a folder that nobody knew at build time.

#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

using world::default_repository;

BOOST_AUTO_TEST_SUITE(face_install)

namespace {

class installed : public fixture {
public:
    installed() {
        const auto done =
            all().run({AZURE_WI_CMAKE, "--install", AZURE_WI_BUILD_DIR, "--prefix", prefix().string()});
        BOOST_REQUIRE_MESSAGE(done.status == 0, done.out << done.err);
    }
    std::filesystem::path prefix() const { return scratch() / "prefix"; }
    std::filesystem::path program() const { return prefix() / "bin" / "git-credential-azure-wi"; }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(everything_is_where_it_belongs, installed) {
    for (const char *file :
         {"bin/git-credential-azure-wi", "libexec/git-credential-azure-wi--online",
          "share/man/man1/git-credential-azure-wi.1", "share/doc/git-credential-azure-wi/README.md",
          "share/doc/git-credential-azure-wi/LICENSE",
          "share/doc/git-credential-azure-wi/docs/architecture.md",
          "share/doc/git-credential-azure-wi/docs/cache-format.md",
          "share/doc/git-credential-azure-wi/docs/errors.md",
          "share/doc/git-credential-azure-wi/docs/security.md"})
        BOOST_TEST(std::filesystem::exists(prefix() / file), file);
}

BOOST_FIXTURE_TEST_CASE(nothing_of_the_tests_is_installed, installed) {
    for (const auto &entry : std::filesystem::recursive_directory_iterator(prefix())) {
        const std::string name = entry.path().filename().string();
        BOOST_TEST((name.find("test") == std::string::npos && name.find("noop") == std::string::npos), name);
    }
}

BOOST_FIXTURE_TEST_CASE(it_works_from_there_cold_and_warm, installed) {
    const variables cache_here{{"AZURE_WI_CACHE_DIR", cache().string()}};
    const auto cold = all().run({program().string(), "get"}, cache_here, plain_request());
    BOOST_TEST(!read_credential(cold.out).token().empty(), cold.err);
    const auto warm = all().run({program().string(), "get"}, cache_here, plain_request());
    BOOST_TEST((warm.out == cold.out));
    BOOST_TEST(entra().exchanges() == 1U);
}

// Without its other part it says so, and git is told to stop.
BOOST_FIXTURE_TEST_CASE(a_missing_part_is_named, installed) {
    std::filesystem::remove(prefix() / "libexec" / "git-credential-azure-wi--online");
    const auto cold =
        all().run({program().string(), "get"}, {{"AZURE_WI_CACHE_DIR", cache().string()}}, plain_request());
    BOOST_TEST(cold.out == "quit=1\n");
    BOOST_TEST(cold.err.find("git-credential-azure-wi--online") != std::string::npos, cold.err);
}

BOOST_FIXTURE_TEST_CASE(git_finds_it_in_the_path, installed) {
    const auto listed =
        all().run({"git", "-c", "credential.helper=azure-wi", "ls-remote", default_repository},
                  {{"PATH", (prefix() / "bin").string() + ":/usr/local/bin:/usr/bin:/bin"},
                   {"AZURE_WI_CACHE_DIR", cache().string()}});
    BOOST_TEST(listed.status == 0, listed.err);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
