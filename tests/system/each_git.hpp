#pragma once

#include "tests/system/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace azure_wi::tests {

// The protocol changed with 2.46 (authtype, state, continue); Debian 12's git is older, Debian 13's newer.
enum class git_age { before_authtype, with_authtype };

// AZURE_WI_GIT_NEW, or where tests/gits/fetch puts it. Its folder comes first in PATH, so its git-lfs does
// too.
std::filesystem::path new_git();

// Without it the cases that want it are skipped, by name; with CI=true they run, and fail.
boost::test_tools::assertion_result new_git_is_there(boost::unit_test::test_unit_id which);

// A fixture whose git() is one of the two.
class git_fixture : public fixture {
public:
    explicit git_fixture(git_age age);

    // From 2.46 on a refused token is replaced inside the command.
    bool heals() const { return age_ == git_age::with_authtype; }
    // How often it asks before it sends a token: git once, and libcurl once more before Basic, to see what is
    // wanted.
    unsigned anonymous_requests() const { return heals() ? 1 : 2; }

    // git(), which has to succeed.
    world::process_result must(std::vector<std::string> arguments, const variables &extra = {},
                               const std::filesystem::path &directory = {});
    // Where the tests clone to.
    std::filesystem::path tree() const { return scratch() / "tree"; }
    // Writes, adds and commits one file.
    void commit(const std::filesystem::path &tree, const std::string &file, const std::string &content);
    // Gives the cached token `left` to live, as if the rest had passed.
    void age_cached_token(std::chrono::seconds left);

private:
    git_age age_;
};

std::string read_file(const std::filesystem::path &file);
void write_file(const std::filesystem::path &file, const std::string &content);
// `size` bytes that do not compress.
std::string noise(std::size_t size);

} // namespace azure_wi::tests

// AZURE_WI_TEST_WITH_EACH_GIT(a_sentence) { … } is two test cases; the body is a member of a git_fixture.
#define AZURE_WI_TEST_WITH_EACH_GIT(name)                                                                    \
    struct name##_body : ::azure_wi::tests::git_fixture {                                                    \
        using git_fixture::git_fixture;                                                                      \
        void run();                                                                                          \
    };                                                                                                       \
    BOOST_AUTO_TEST_SUITE(name)                                                                              \
    BOOST_AUTO_TEST_CASE(with_the_systems_git) {                                                             \
        name##_body(::azure_wi::tests::git_age::before_authtype).run();                                      \
    }                                                                                                        \
    BOOST_AUTO_TEST_CASE(with_git_2_46_or_later,                                                             \
                         *boost::unit_test::precondition(::azure_wi::tests::new_git_is_there)) {             \
        name##_body(::azure_wi::tests::git_age::with_authtype).run();                                        \
    }                                                                                                        \
    BOOST_AUTO_TEST_SUITE_END()                                                                              \
    void name##_body::run()
