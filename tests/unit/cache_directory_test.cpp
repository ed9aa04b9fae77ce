#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/store/cache_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

using namespace azure_wi;

// The order of the default candidates is tested with the whole program, in a /dev/shm of its own: this
// process would meet the machine's.

namespace {

class kept_trace final : public trace {
public:
    bool wants(int level) const noexcept override { return level == 1; }
    void note(int, std::string_view text) override { notes.emplace_back(text); }

    std::vector<std::string> notes;
};

struct fixture {
    cache_directory given(const std::string &directory) {
        return open_cache_directory({.given = directory, .runtime_dir = {}, .cache_home = {}, .home = {}},
                                    log);
    }
    void make(const std::string &directory, ::mode_t with) const {
        std::filesystem::create_directory(directory);
        BOOST_REQUIRE(::chmod(directory.c_str(), with) == 0);
    }
    static ::mode_t mode(const std::string &of) {
        struct ::stat found {};
        BOOST_REQUIRE(::stat(of.c_str(), &found) == 0);
        return found.st_mode & 07777U;
    }
    bool told(std::string_view what) const {
        return !log.notes.empty() && log.notes.back().find(what) != std::string::npos;
    }

    scratch_directory place;
    std::string path = place.file("cache");
    std::string inner = path + "/azure-wi-" + std::to_string(::geteuid());
    kept_trace log;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(cache_directory_, fixture)

BOOST_AUTO_TEST_CASE(is_none_where_the_settings_say_so) {
    BOOST_TEST(!given("none").fd);
    BOOST_TEST(told("no cache, as the settings say"));
}

BOOST_AUTO_TEST_CASE(that_is_given_and_private_serves_itself) {
    make(path, 0700);
    const cache_directory found = given(path);
    BOOST_TEST(bool(found.fd));
    BOOST_TEST(found.path == path);
    BOOST_TEST(!std::filesystem::exists(inner));
    BOOST_TEST(told("used"));
}

BOOST_AUTO_TEST_CASE(that_is_given_and_missing_is_made_with_what_is_above_it) {
    const std::string deep = path + "/a/b";
    BOOST_TEST(given(deep).path == deep);
    BOOST_TEST(mode(deep) == 0700U);
    BOOST_TEST(mode(path) == 0700U);
}

BOOST_AUTO_TEST_CASE(that_is_given_and_shared_holds_a_private_one) {
    for (const ::mode_t shared : {0755U, 0777U, 01777U, 02777U}) {
        make(path, shared);
        const cache_directory found = given(path);
        BOOST_TEST(bool(found.fd), shared);
        BOOST_TEST(found.path == inner);
        BOOST_TEST(mode(path) == shared);
        BOOST_TEST((mode(inner) & 0777U) == 0700U);
    }
}

BOOST_AUTO_TEST_CASE(that_is_given_with_slashes_behind_it_is_still_no_link) {
    make(place.file("target"), 0700);
    std::filesystem::create_directory_symlink("target", path);
    BOOST_TEST(!given(path).fd);
    BOOST_TEST(!given(path + "/").fd);
    BOOST_TEST(!given(path + "//").fd);
    BOOST_TEST(std::filesystem::is_empty(place.file("target")));
}

BOOST_AUTO_TEST_CASE(that_is_given_is_not_made_in_a_work_tree) {
    make(path, 0700);
    std::filesystem::create_directory(path + "/.git");
    BOOST_TEST(!given(path + "/a/b").fd);
    BOOST_TEST(told("git work tree"));
    BOOST_TEST(!std::filesystem::exists(path + "/a"));
}

BOOST_AUTO_TEST_CASE(of_another_user_holds_nothing_of_ours) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("skipped: only root can give a directory away");
        return;
    }
    for (const ::mode_t any : {0700U, 0777U}) {
        make(path, any);
        BOOST_REQUIRE(::chown(path.c_str(), 12345, 0) == 0);
        BOOST_TEST(!given(path).fd);
        BOOST_TEST(told("belongs to another user"));
        BOOST_TEST(std::filesystem::is_empty(path));
    }
}

BOOST_AUTO_TEST_CASE(is_first_looked_for_in_the_runtime_directory) {
    make(path, 0700);
    const cache_directory found =
        open_cache_directory({.given = {}, .runtime_dir = path, .cache_home = {}, .home = {}}, log);
    BOOST_TEST(bool(found.fd));
    BOOST_TEST(found.path == path + "/azure-wi");
    BOOST_TEST(mode(found.path) == 0700U);
}

BOOST_AUTO_TEST_SUITE_END()
