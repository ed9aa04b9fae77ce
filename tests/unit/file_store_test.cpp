#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/store/file_store.hpp"
#include "token-cache/store/private_directory.hpp"
#include "token-cache/store/record.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

using namespace azure_wi;

namespace {

struct fixture {
    fixture() : path(place.file("cache")), store(open()) {}

    file_store open() const {
        opened_directory opened = open_private_directory(AT_FDCWD, path, creation::if_missing, repair::never);
        BOOST_REQUIRE(opened.fd);
        return file_store(cache_directory{.fd = std::move(opened.fd), .path = path});
    }
    std::string file(std::string_view name) const { return path + '/' + std::string(name); }
    void plant(std::string_view name, std::string_view content, ::mode_t mode = 0600) const {
        std::ofstream(file(name), std::ios::binary) << content;
        BOOST_REQUIRE(::chmod(file(name).c_str(), mode) == 0);
    }
    std::string loaded(const std::string &name) const {
        const auto bytes = store.load(name);
        return bytes ? std::string(bytes->reveal()) : "nothing";
    }
    std::size_t entries() const {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator(path))
            ++count;
        return count;
    }
    bool save(const std::string &name, std::string_view bytes) {
        return store.save(name, secret::copy_of(bytes));
    }

    scratch_directory place;
    std::string path;
    file_store store;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(file_store_, fixture)

BOOST_AUTO_TEST_CASE(gives_back_what_it_was_given_and_nothing_for_the_rest) {
    BOOST_TEST(loaded("a.token") == "nothing");
    BOOST_TEST(save("a.token", std::string_view("one\0two", 7)));
    BOOST_TEST(loaded("a.token") == std::string("one\0two", 7));
    BOOST_TEST(save("a.token", "three"));
    BOOST_TEST(loaded("a.token") == "three");
    BOOST_TEST(loaded("b.token") == "nothing");
    store.remove("a.token");
    BOOST_TEST(loaded("a.token") == "nothing");
    store.remove("a.token");
}

BOOST_AUTO_TEST_CASE(leaves_no_temporary_file) {
    BOOST_TEST(save("a.token", "one"));
    BOOST_TEST(save("a.token", "two"));
    BOOST_TEST(entries() == 1U);
    std::filesystem::create_directory(file("b.token"));
    BOOST_TEST(!save("b.token", "one"));
    BOOST_TEST(entries() == 2U);
}

BOOST_AUTO_TEST_CASE(writes_0600_whatever_the_umask) {
    for (const ::mode_t mask : {0000U, 0022U, 0777U}) {
        const ::mode_t before = ::umask(mask);
        const bool saved = save("a.token", "one");
        ::umask(before);
        BOOST_TEST(saved);
        struct ::stat found {};
        BOOST_REQUIRE(::stat(file("a.token").c_str(), &found) == 0);
        BOOST_TEST((found.st_mode & 07777U) == 0600U);
        BOOST_TEST(loaded("a.token") == "one");
    }
}

BOOST_AUTO_TEST_CASE(reads_only_what_nobody_else_could_have_touched) {
    plant("ours", "content");
    BOOST_TEST(loaded("ours") == "content");
    for (const ::mode_t mode : {0644U, 0660U, 0700U, 0400U, 04600U}) {
        plant("open", "content", mode);
        BOOST_TEST(loaded("open") == "nothing", mode);
    }
    BOOST_REQUIRE(::link(file("ours").c_str(), file("twice").c_str()) == 0);
    BOOST_TEST(loaded("twice") == "nothing");
    BOOST_TEST(loaded("ours") == "nothing");
    store.remove("twice");
    BOOST_TEST(loaded("ours") == "content");
    if (::geteuid() == 0) {
        BOOST_REQUIRE(::chown(file("ours").c_str(), 12345, 0) == 0);
        BOOST_TEST(loaded("ours") == "nothing");
    }
}

BOOST_AUTO_TEST_CASE(reads_regular_files_alone_and_never_waits) {
    BOOST_REQUIRE(::mkfifo(file("fifo").c_str(), 0600) == 0);
    BOOST_TEST(loaded("fifo") == "nothing");
    std::filesystem::create_directory(file("directory"));
    BOOST_TEST(loaded("directory") == "nothing");
    plant("target", "content");
    std::filesystem::create_symlink("target", file("link"));
    BOOST_TEST(loaded("link") == "nothing");
    std::filesystem::create_symlink("/dev/zero", file("device"));
    BOOST_TEST(loaded("device") == "nothing");
}

BOOST_AUTO_TEST_CASE(replaces_what_stands_in_the_way_but_a_directory) {
    BOOST_REQUIRE(::mkfifo(file("fifo").c_str(), 0600) == 0);
    BOOST_TEST(save("fifo", "content"));
    BOOST_TEST(loaded("fifo") == "content");
    plant("target", "untouched");
    std::filesystem::create_symlink("target", file("link"));
    BOOST_TEST(save("link", "content"));
    BOOST_TEST(loaded("link") == "content");
    BOOST_TEST(loaded("target") == "untouched");
    plant("open", "old", 0644);
    BOOST_TEST(save("open", "content"));
    BOOST_TEST(loaded("open") == "content");
}

BOOST_AUTO_TEST_CASE(keeps_nothing_larger_than_a_record) {
    const std::string largest(max_record_size, 'x');
    BOOST_TEST(save("a", largest));
    BOOST_TEST(loaded("a").size() == largest.size());
    BOOST_TEST(!save("a", largest + 'x'));
    BOOST_TEST(loaded("a").size() == largest.size());
    plant("huge", "");
    BOOST_REQUIRE(::truncate(file("huge").c_str(), ::off_t{1} << 30) == 0);
    BOOST_TEST(loaded("huge") == "nothing");
    plant("empty", "");
    BOOST_TEST(loaded("empty") == "nothing");
}

BOOST_AUTO_TEST_CASE(stays_in_its_directory_whatever_is_renamed_under_the_name) {
    BOOST_TEST(save("a", "content"));
    std::filesystem::rename(path, place.file("elsewhere"));
    std::filesystem::create_directory(path);
    plant("a", "planted");
    BOOST_TEST(loaded("a") == "content");
    BOOST_TEST(save("b", "content"));
    BOOST_TEST(!std::filesystem::exists(file("b")));
    BOOST_TEST(std::filesystem::exists(place.file("elsewhere") + "/b"));
}

BOOST_AUTO_TEST_CASE(answers_absent_where_its_directory_is_gone) {
    std::filesystem::remove_all(path);
    BOOST_TEST(loaded("a") == "nothing");
    BOOST_TEST(!save("a", "content"));
    BOOST_TEST(!store.open_lock("a.lock"));
}

BOOST_AUTO_TEST_CASE(makes_a_lock_file_and_repairs_its_mode) {
    BOOST_TEST(bool(store.open_lock("a.lock")));
    struct ::stat found {};
    BOOST_REQUIRE(::stat(file("a.lock").c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 07777U) == 0600U);
    BOOST_REQUIRE(::chmod(file("a.lock").c_str(), 0666) == 0);
    BOOST_TEST(bool(store.open_lock("a.lock")));
    BOOST_REQUIRE(::stat(file("a.lock").c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 07777U) == 0600U);
}

BOOST_AUTO_TEST_CASE(locks_no_file_that_is_not_its_own) {
    plant("target", "content");
    std::filesystem::create_symlink("target", file("link.lock"));
    BOOST_TEST(!store.open_lock("link.lock"));
    std::filesystem::create_directory(file("directory.lock"));
    BOOST_TEST(!store.open_lock("directory.lock"));
    BOOST_REQUIRE(::mkfifo(file("fifo.lock").c_str(), 0600) == 0);
    BOOST_TEST(!store.open_lock("fifo.lock"));
    if (::geteuid() == 0) {
        plant("foreign.lock", "");
        BOOST_REQUIRE(::chown(file("foreign.lock").c_str(), 12345, 0) == 0);
        BOOST_TEST(!store.open_lock("foreign.lock"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
