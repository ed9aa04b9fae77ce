// Where the cache goes by default, and what -v says of it.

#include "tests/system/file_system_place.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

using namespace azure_wi::tests;
using azure_wi::world::process_result;
namespace fs = std::filesystem;
namespace ut = boost::unit_test;

namespace {

struct candidates : file_system_place {
    candidates() {
        for (const fs::path &place : {run, cache_home, home})
            fs::create_directory(place);
    }

    // What -v says of cache directories, in order.
    std::vector<std::string> told(const variables &extra) {
        variables with = by_default;
        for (const auto &[name, value] : extra)
            with[name] = value;
        with["AZURE_WI_TRACE"] = "1";
        std::vector<std::string> lines;
        for (const std::string &line : read_outcome(get(with)).traces)
            if (contains(line, "cache directory"))
                lines.push_back(line.substr(line.find("cache directory ") + 16));
        return lines;
    }
    bool kept_in(const fs::path &directory) const {
        return fs::exists(directory) && !record_in(directory).empty();
    }

    const fs::path run = scratch() / "run";
    const fs::path cache_home = scratch() / "cache-home";
    const fs::path home = scratch() / "home";
    const fs::path shared_memory = "/dev/shm/azure-wi-" + std::to_string(::geteuid());
    const variables by_default{{"AZURE_WI_CACHE_DIR", ""},
                               {"XDG_RUNTIME_DIR", run.string()},
                               {"XDG_CACHE_HOME", cache_home.string()},
                               {"HOME", home.string()}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(file_system_candidates, candidates)

BOOST_AUTO_TEST_CASE(the_runtime_directory_comes_first) {
    BOOST_TEST(told({}) == std::vector<std::string>{run.string() + "/azure-wi: used"},
               boost::test_tools::per_element());
    BOOST_TEST(kept_in(run / "azure-wi"));
    BOOST_TEST(mode_of(run / "azure-wi") == 0700U);
    BOOST_TEST(!fs::exists(shared_memory));
    BOOST_TEST(fs::is_empty(cache_home));
    BOOST_TEST(fs::is_empty(home));
}

BOOST_AUTO_TEST_CASE(shared_memory_comes_before_any_disk) {
    BOOST_TEST(told({{"XDG_RUNTIME_DIR", ""}}) == std::vector<std::string>{shared_memory.string() + ": used"},
               boost::test_tools::per_element());
    BOOST_TEST(kept_in(shared_memory));
    BOOST_TEST(mode_of(shared_memory) == 0700U);
    BOOST_TEST(fs::is_empty(cache_home));
    BOOST_TEST(fs::is_empty(home));
}

BOOST_AUTO_TEST_CASE(a_runtime_directory_that_does_not_exist_or_is_relative_is_passed_over) {
    const std::vector<std::string> missing = told({{"XDG_RUNTIME_DIR", "/nowhere"}});
    BOOST_REQUIRE(missing.size() == 2U);
    BOOST_TEST(contains(missing[0], "/nowhere/azure-wi: not used"));
    BOOST_TEST(missing[1] == shared_memory.string() + ": used");
    BOOST_TEST(told({{"XDG_RUNTIME_DIR", "run"}}).size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_disk_comes_last_and_every_place_before_says_why_not,
                     *ut::precondition(other_users)) {
    const squatted_directory squatted(shared_memory);
    give(run, other_user);
    const std::vector<std::string> first = told({});
    BOOST_REQUIRE(first.size() == 3U);
    BOOST_TEST(contains(first[0], run.string() + "/azure-wi: not used"));
    BOOST_TEST(contains(first[0], "belongs to another user"));
    BOOST_TEST(first[1] == shared_memory.string() + ": not used, it belongs to another user");
    BOOST_TEST(first[2] == cache_home.string() + "/azure-wi: used");
    BOOST_TEST(kept_in(cache_home / "azure-wi"));
    BOOST_TEST(fs::is_empty(home));

    const std::vector<std::string> last = told({{"XDG_CACHE_HOME", ""}});
    BOOST_REQUIRE(last.size() == 3U);
    BOOST_TEST(last[2] == home.string() + "/.cache/azure-wi: used");
    BOOST_TEST(kept_in(home / ".cache" / "azure-wi"));
    BOOST_TEST(mode_of(home / ".cache") == 0700U);

    const std::vector<std::string> none = told({{"XDG_CACHE_HOME", ""}, {"HOME", ""}});
    BOOST_REQUIRE(none.size() == 3U);
    BOOST_TEST(none[2] == "none: no place is fit for a cache");
}

BOOST_AUTO_TEST_CASE(shared_memory_that_is_no_tmpfs_is_passed_over, *ut::precondition(other_users)) {
    // procfs, for want of a disk: all that counts is that it is no tmpfs.
    const process_result got =
        get({{"AZURE_WI_CACHE_DIR", ""},
             {"XDG_RUNTIME_DIR", ""},
             {"XDG_CACHE_HOME", cache_home.string()},
             {"AZURE_WI_TRACE", "1"}},
            {"unshare", "-m", "sh", "-c", "mount -t proc proc /dev/shm && exec \"$@\"", "sh"});
    BOOST_TEST(token_of(got) != "");
    BOOST_TEST(contains(got.err, "/dev/shm is no tmpfs"), got.err);
    BOOST_TEST(kept_in(cache_home / "azure-wi"));
}

BOOST_AUTO_TEST_CASE(none_is_none) {
    BOOST_TEST(told({{"AZURE_WI_CACHE_DIR", "none"}}).back() == "none: no cache, as the settings say");
    check_uncached(scratch(), [&] {
        variables with = by_default;
        with["AZURE_WI_CACHE_DIR"] = "none";
        return get(with);
    });
    BOOST_TEST(!fs::exists(shared_memory));
}

BOOST_AUTO_TEST_CASE(a_given_directory_that_fails_has_no_stand_in) {
    write(scratch() / "file", "content");
    const std::vector<std::string> lines = told({{"AZURE_WI_CACHE_DIR", (scratch() / "file").string()}});
    BOOST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(contains(lines[0], "not used"));
    BOOST_TEST(fs::is_empty(run));
    BOOST_TEST(!fs::exists(shared_memory));
}

// The restricted profile of Kubernetes: nothing to write to but the pod's shared memory.
BOOST_AUTO_TEST_CASE(a_pod_with_a_read_only_root_and_no_home_caches_in_shared_memory,
                     *ut::precondition(other_users)) {
    const variables pod{
        {"AZURE_WI_CACHE_DIR", ""}, {"XDG_RUNTIME_DIR", ""}, {"XDG_CACHE_HOME", ""}, {"HOME", ""}};
    const std::vector<std::string> read_only{
        "unshare",
        "-m",
        "sh",
        "-c",
        "mount -o remount,bind,ro / && ! touch /azure-wi-probe 2>/dev/null && "
        "exec setpriv --reuid=65533 --regid=65533 --clear-groups --no-new-privs --inh-caps=-all \"$@\"",
        "sh"};
    check_cached([&] { return get(pod, read_only); });
    BOOST_TEST(mode_of("/dev/shm/azure-wi-65533") == 0700U);

    std::vector<std::string> without_memory = read_only;
    without_memory[4] = "mount -t tmpfs -o mode=0555 none /dev/shm && " + read_only[4];
    check_uncached("/dev/shm/azure-wi-65533", [&] { return get(pod, without_memory); });
}

BOOST_AUTO_TEST_SUITE_END()
