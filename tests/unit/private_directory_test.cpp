#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/store/private_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace azure_wi;

namespace {

struct fixture {
    opened_directory open(creation create, repair mend) const {
        return open_private_directory(AT_FDCWD, path, create, mend);
    }
    void make(::mode_t with) const {
        std::filesystem::create_directory(path);
        set_mode(with);
    }
    void set_mode(::mode_t with) const { BOOST_REQUIRE(::chmod(path.c_str(), with) == 0); }
    ::mode_t mode() const {
        struct ::stat found {};
        BOOST_REQUIRE(::stat(path.c_str(), &found) == 0);
        return found.st_mode & 07777U;
    }
    void plant(std::string_view name) const { std::ofstream(path + '/' + std::string(name)) << "content"; }
    bool has(std::string_view name) const { return std::filesystem::exists(path + '/' + std::string(name)); }

    scratch_directory place;
    std::string path = place.file("cache");
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(private_directory, fixture)

BOOST_AUTO_TEST_CASE(is_made_0700_whatever_the_umask) {
    for (const ::mode_t mask : {0000U, 0022U, 0777U}) {
        std::filesystem::remove_all(path);
        const ::mode_t before = ::umask(mask);
        const opened_directory opened = open(creation::if_missing, repair::never);
        ::umask(before);
        BOOST_TEST(bool(opened.fd), mask);
        BOOST_TEST(opened.why == "");
        BOOST_TEST(mode() == 0700U);
    }
}

BOOST_AUTO_TEST_CASE(that_is_missing_is_not_made_unasked) {
    BOOST_TEST(!open(creation::never, repair::if_ours).fd);
    BOOST_TEST(!std::filesystem::exists(path));
}

BOOST_AUTO_TEST_CASE(of_ours_is_taken_as_it_is_also_with_a_set_gid_bit) {
    for (const ::mode_t good : {0700U, 02700U}) {
        make(good);
        plant("a.token");
        BOOST_TEST(bool(open(creation::never, repair::never).fd));
        BOOST_TEST(bool(open(creation::if_missing, repair::if_ours).fd));
        BOOST_TEST(mode() == good);
        BOOST_TEST(has("a.token"));
    }
}

BOOST_AUTO_TEST_CASE(that_is_too_open_is_left_alone_where_the_user_gave_it) {
    for (const ::mode_t open_mode : {0755U, 0770U, 0701U, 01700U, 04700U, 02770U}) {
        make(open_mode);
        plant("a.token");
        const opened_directory opened = open(creation::if_missing, repair::never);
        BOOST_TEST(!opened.fd, open_mode);
        BOOST_TEST(opened.why == "its mode is not 0700");
        BOOST_TEST(mode() == open_mode);
        BOOST_TEST(has("a.token"));
    }
}

// As the kubelet leaves it, which re-chmods volumes under fsGroup.
BOOST_AUTO_TEST_CASE(that_we_made_and_is_too_open_loses_its_records_and_is_mended) {
    for (const ::mode_t open_mode : {0755U, 0777U, 02770U}) {
        make(open_mode);
        for (const std::string_view name : {"a.token", "a.refusal", ".0f.tmp", "a.lock", "a.lock2"})
            plant(name);
        const opened_directory opened = open(creation::never, repair::if_ours);
        BOOST_TEST(bool(opened.fd), open_mode);
        BOOST_TEST(opened.why != "");
        BOOST_TEST((mode() & 0777U) == 0700U);
        for (const std::string_view gone : {"a.token", "a.refusal", ".0f.tmp"})
            BOOST_TEST(!has(gone), gone);
        for (const std::string_view kept : {"a.lock", "a.lock2"})
            BOOST_TEST(has(kept), kept);
    }
}

BOOST_AUTO_TEST_CASE(that_is_a_link_or_a_file_is_refused) {
    make(0700);
    const std::string link = place.file("link");
    std::filesystem::create_symlink("cache", link);
    const std::string file = place.write("file", "");
    for (const std::string &name : {link, file, place.file("dangling")}) {
        const opened_directory opened =
            open_private_directory(AT_FDCWD, name, creation::never, repair::if_ours);
        BOOST_TEST(!opened.fd, name);
        BOOST_TEST(opened.why != "");
    }
    std::filesystem::create_symlink("nowhere", place.file("dangling"));
    BOOST_TEST(
        !open_private_directory(AT_FDCWD, place.file("dangling"), creation::if_missing, repair::if_ours).fd);
    BOOST_TEST(!std::filesystem::exists(place.file("nowhere")));
}

BOOST_AUTO_TEST_CASE(of_another_user_is_refused_and_not_touched) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("skipped: only root can give a directory away");
        return;
    }
    for (const ::mode_t any : {0700U, 0777U}) {
        make(any);
        plant("a.token");
        BOOST_REQUIRE(::chown(path.c_str(), 12345, 0) == 0);
        const opened_directory opened = open(creation::if_missing, repair::if_ours);
        BOOST_TEST(!opened.fd);
        BOOST_TEST(opened.why == "belongs to another user");
        BOOST_TEST(mode() == any);
        BOOST_TEST(has("a.token"));
    }
}

BOOST_AUTO_TEST_CASE(cannot_be_made_below_a_missing_parent) {
    const opened_directory opened =
        open_private_directory(AT_FDCWD, path + "/deeper", creation::if_missing, repair::never);
    BOOST_TEST(!opened.fd);
    BOOST_TEST(opened.why != "");
}

BOOST_AUTO_TEST_SUITE_END()
