// Cache directories that another user owns, or can rename: rows dir_* of cases/fs.tsv.

#include "tests/system/file_system_place.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>

#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace azure_wi::tests;
using azure_wi::world::process_result;
namespace fs = std::filesystem;
namespace ut = boost::unit_test;

namespace {

struct hostile_place : file_system_place {
    // One of another user's, with a record in it that would be good were it ours.
    void plant(const fs::path &directory, ::mode_t mode, ::uid_t owner = other_user) {
        fs::create_directories(directory);
        lay_bait(directory, owner);
        set_mode(directory, mode);
        give(directory, owner);
    }
    const fs::path given = scratch() / "given";
};

// Another user that swaps two entries of a directory, over and over, as fast as it can.
class swapper {
public:
    swapper(const fs::path &directory, const std::string &one, const std::string &other) {
        child_ = ::fork();
        if (child_ != 0)
            return;
        // Only system calls from here on: the parent has threads.
        const int in = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (::setgroups(0, nullptr) != 0 || ::setgid(other_user) != 0 || ::setuid(other_user) != 0)
            ::_exit(1);
        while (::renameat2(in, one.c_str(), in, other.c_str(), RENAME_EXCHANGE) == 0) {
        }
        ::_exit(2);
    }
    swapper(const swapper &) = delete;
    swapper &operator=(const swapper &) = delete;
    ~swapper() {
        if (child_ > 0)
            static_cast<void>(stop());
    }
    // True where it was at it to the end.
    bool stop() {
        ::kill(child_, SIGKILL);
        int status = 0;
        ::waitpid(child_, &status, 0);
        child_ = -1;
        return WIFSIGNALED(status);
    }

private:
    ::pid_t child_ = -1;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(file_system_hostile_directory, hostile_place, *ut::precondition(other_users))

BOOST_AUTO_TEST_CASE(a_planted_directory_in_place_of_ours_is_neither_read_nor_written,
                     *ut::label("dir_rename_race")) {
    const mounted_memory parent(given, "mode=0777");
    const fs::path ours = given / ("azure-wi-" + std::to_string(pod_user));
    for (const ::mode_t mode : {0700U, 0777U}) {
        plant(ours, mode);
        check_uncached(ours, [&] { return get_as(pod_user, cache_at(given)); });
        fs::remove_all(ours);
    }
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_swapped_all_the_time_never_yields_the_planted_token,
                     *ut::label("dir_rename_race")) {
    const mounted_memory parent(given, "mode=0777");
    const std::string ours = "azure-wi-" + std::to_string(pod_user);
    token_of(get_as(pod_user, cache_at(given)));
    plant(given / "planted", 0777);
    const std::string as_planted = content_of(given / "planted" / bait().name);

    swapper attacker(given, ours, "planted");
    for (int round = 0; round < 100; ++round)
        BOOST_TEST(token_of(get_as(pod_user, cache_at(given))) != bait().token);
    BOOST_TEST(attacker.stop());

    for (const auto &entry : fs::directory_iterator(given)) {
        struct ::stat found {};
        BOOST_REQUIRE(::stat(entry.path().c_str(), &found) == 0);
        if (found.st_uid == pod_user)
            continue;
        BOOST_TEST(content_of(entry.path() / bait().name) == as_planted);
        BOOST_TEST(std::distance(fs::directory_iterator(entry.path()), fs::directory_iterator()) == 1);
    }
}

BOOST_AUTO_TEST_CASE(a_given_directory_of_another_user_is_left_alone, *ut::label("dir_tmp_squat")) {
    for (const ::mode_t mode : {0700U, 0755U, 0777U, 01777U}) {
        plant(given, mode);
        check_uncached(given, [&] { return get_as(pod_user, cache_at(given)); });
        check_uncached(given, [&] { return get(cache_at(given)); }); // root could, and does not
        fs::remove_all(given);
    }
}

BOOST_AUTO_TEST_CASE(a_squatted_default_in_shared_memory_is_passed_over, *ut::label("dir_tmp_squat")) {
    const fs::path squatted = "/dev/shm/azure-wi-" + std::to_string(pod_user);
    fs::create_directory(given);
    give(given, pod_user);
    const fixture::variables by_default{
        {"AZURE_WI_CACHE_DIR", ""}, {"XDG_RUNTIME_DIR", ""}, {"XDG_CACHE_HOME", given.string()}};
    for (const ::mode_t mode : {0700U, 0777U}) {
        plant(squatted, mode);
        const std::string as_it_was = snapshot(squatted);
        check_cached([&] { return get_as(pod_user, by_default); });
        BOOST_TEST(snapshot(squatted) == as_it_was);
        BOOST_TEST(!record_in(given / "azure-wi").empty());
        fs::remove_all(squatted);
        fs::remove_all(given / "azure-wi");
    }
}

// There the owner shows as 65534, whoever it is.
BOOST_AUTO_TEST_CASE(a_directory_of_an_unmapped_user_is_nobodys,
                     *ut::label("dir_userns") * ut::precondition(user_namespaces)) {
    for (const ::mode_t mode : {0700U, 0755U, 0777U}) {
        plant(given, mode);
        check_uncached(given, [&] { return get(cache_at(given), {"unshare", "-U", "-r"}); });
        fs::remove_all(given);
    }
}

BOOST_AUTO_TEST_CASE(root_with_the_home_of_a_user_neither_trusts_nor_litters_it, *ut::label("dir_sudo")) {
    const fs::path home = scratch() / "home";
    plant(home / ".cache" / "azure-wi", 0700);
    give(home / ".cache", other_user);
    give(home, other_user);
    const squatted_directory shared_memory("/dev/shm/azure-wi-0");
    const fixture::variables sudo{{"AZURE_WI_CACHE_DIR", ""},
                                  {"XDG_RUNTIME_DIR", home.string()},
                                  {"XDG_CACHE_HOME", (home / ".cache").string()},
                                  {"HOME", home.string()}};
    check_uncached(home, [&] { return get(sudo); });

    // Nor does it make what is missing there.
    fs::remove_all(home / ".cache");
    check_uncached(home, [&] { return get(sudo); });
}

BOOST_AUTO_TEST_SUITE_END()
