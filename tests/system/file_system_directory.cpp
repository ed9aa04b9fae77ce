// The cache directory that the user gave: rows dir_* of cases/fs.tsv that no other user has a hand in.

#include "tests/system/file_system_place.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

using namespace azure_wi::tests;
using azure_wi::world::process_result;
namespace fs = std::filesystem;
namespace ut = boost::unit_test;

namespace {

struct directory_place : file_system_place {
    fs::path private_one_in(const fs::path &directory, ::uid_t user = ::geteuid()) const {
        return directory / ("azure-wi-" + std::to_string(user));
    }
    const fs::path given = scratch() / "given";
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(file_system_directory, directory_place)

BOOST_AUTO_TEST_CASE(a_missing_directory_is_made_0700_whatever_the_umask, *ut::label("dir_create")) {
    for (const char *mask : {"000", "022", "777"}) {
        fs::remove_all(given);
        const auto run = [&] {
            return get(cache_at(given / "a" / "b"),
                       {"sh", "-c", std::string("umask ") + mask + "; exec \"$@\"", "sh"});
        };
        // Where the umask takes our own right away, what is above cannot be gone through but by root.
        check_cached(run);
        BOOST_TEST(mode_of(given / "a" / "b") == 0700U, mask);
        BOOST_TEST(mode_of(record_in(given / "a" / "b")) == 0600U, mask);
    }
}

BOOST_AUTO_TEST_CASE(a_given_directory_of_mode_0755_keeps_it_and_holds_a_private_one,
                     *ut::label("dir_0755")) {
    fs::create_directory(given);
    set_mode(given, 0755);
    check_cached([&] { return get(cache_at(given)); });
    BOOST_TEST(mode_of(given) == 0755U);
    BOOST_TEST(mode_of(private_one_in(given)) == 0700U);
    BOOST_TEST(record_in(given).empty());
}

BOOST_AUTO_TEST_CASE(a_default_directory_that_is_too_open_is_emptied_and_mended, *ut::label("dir_0755")) {
    const fs::path ours = given / "azure-wi";
    fs::create_directories(ours);
    lay_bait(ours);
    set_mode(ours, 0755);
    const fixture::variables by_default{{"AZURE_WI_CACHE_DIR", ""}, {"XDG_RUNTIME_DIR", given.string()}};
    check_cached([&] { return get(by_default); });
    BOOST_TEST(mode_of(ours) == 0700U);
}

BOOST_AUTO_TEST_CASE(an_empty_dir_of_kubernetes_serves_any_user,
                     *ut::label("dir_emptydir") * ut::precondition(other_users)) {
    const mounted_memory volume(given, "mode=0777");
    check_cached([&] { return get_as(pod_user, cache_at(given)); });
    check_cached([&] { return get_as(other_user, cache_at(given)); });
    BOOST_TEST(mode_of(given) == 0777U);
    BOOST_TEST(mode_of(private_one_in(given, pod_user)) == 0700U);
    BOOST_TEST(mode_of(private_one_in(given, other_user)) == 0700U);
}

BOOST_AUTO_TEST_CASE(an_empty_dir_with_a_group_does_not_open_what_is_in_it,
                     *ut::label("dir_emptydir_fsgroup") * ut::precondition(other_users)) {
    const mounted_memory volume(given, "mode=2777,gid=3000");
    check_cached([&] { return get_as(pod_user, cache_at(given), 3000); });
    BOOST_TEST((mode_of(private_one_in(given, pod_user)) & 0777U) == 0700U);
}

// kubelet walks the volume at every mount and gives the group what the owner has.
BOOST_AUTO_TEST_CASE(what_the_kubelet_opened_to_a_group_is_emptied_and_mended,
                     *ut::label("dir_fsgroup_rechmod") * ut::precondition(other_users)) {
    const mounted_memory volume(given, "mode=2777,gid=3000");
    const auto run = [&] { return get_as(pod_user, cache_at(given), 3000); };
    check_cached(run);
    const fs::path ours = private_one_in(given, pod_user);
    const auto walk = [&] {
        set_mode(ours, 02770);
        for (const auto &entry : fs::directory_iterator(ours))
            set_mode(entry.path(), 0660);
    };
    walk();
    check_cached(run);
    BOOST_TEST((mode_of(ours) & 0777U) == 0700U);
    BOOST_TEST(mode_of(record_in(ours)) == 0600U);

    set_mode(ours, 02700); // the set-gid bit alone opens nothing
    const std::uint64_t before = entra().exchanges();
    token_of(run());
    BOOST_TEST(entra().exchanges() == before);
    BOOST_TEST(mode_of(ours) == 02700U);
}

BOOST_AUTO_TEST_CASE(a_symbolic_link_is_not_followed, *ut::label("dir_symlink")) {
    const fs::path target = scratch() / "target";
    fs::create_directory(target);
    set_mode(target, 0700);
    lay_bait(target);
    fs::create_symlink(target, given);
    for (const char *slashes : {"", "/", "//"})
        check_uncached(target, [&] { return get(cache_at(given.string() + slashes)); });
    BOOST_TEST(fs::is_symlink(given));
}

BOOST_AUTO_TEST_CASE(a_regular_file_is_no_directory, *ut::label("dir_is_file")) {
    write(given, "content");
    check_uncached(given, [&] { return get(cache_at(given)); });
    check_uncached(given, [&] { return get(cache_at(given / "below")); });
}

BOOST_AUTO_TEST_CASE(none_is_made_in_a_work_tree_and_one_that_is_there_is_used, *ut::label("dir_in_repo")) {
    fs::create_directory(given);
    fs::create_directory(given / ".git");
    check_uncached(given, [&] { return get(cache_at(given / "a" / "b")); });
    set_mode(given, 0755);
    check_uncached(given, [&] { return get(cache_at(given)); });

    // A submodule or a linked work tree.
    fs::remove_all(given / ".git");
    write(given / ".git", "gitdir: elsewhere\n");
    check_uncached(given, [&] { return get(cache_at(given / "a")); });

    fs::create_directory(given / "a");
    set_mode(given / "a", 0700);
    check_cached([&] { return get(cache_at(given / "a")); });
}

BOOST_AUTO_TEST_CASE(a_read_only_file_system_is_not_written_and_what_stands_there_is_used,
                     *ut::label("dir_ro")) {
    const std::string token = bait().token;
    {
        const mounted_memory volume(given, "mode=0700");
        volume.make_read_only();
        check_uncached(given, [&] { return get(cache_at(given)); });
        check_uncached(given, [&] { return get(cache_at(given / "a")); });
    }
    const mounted_memory volume(given, "mode=0700");
    lay_bait(given);
    volume.make_read_only();
    const std::uint64_t before = entra().exchanges();
    BOOST_TEST(token_of(get(cache_at(given))) == token);
    BOOST_TEST(entra().exchanges() == before);
}

BOOST_AUTO_TEST_SUITE_END()
