#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/store/refusal.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

using namespace azure_wi;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t now = 1'700'000'000;
constexpr file_mark mark{.device = 1, .inode = 2, .modified_ns = 3, .size = 4};

refusal remembered_for(std::int64_t seconds) {
    refusal refused;
    refused.refused_at = now;
    refused.remember_until = now + seconds;
    refused.token_file = mark;
    return refused;
}

} // namespace

BOOST_AUTO_TEST_SUITE(refusal_)

BOOST_AUTO_TEST_CASE(is_remembered_by_what_it_was) {
    BOOST_TEST(remember_for({.code = errc::refused}) == 10);
    BOOST_TEST(remember_for({.code = errc::throttled}) == 10);
    BOOST_TEST(remember_for({.code = errc::throttled, .retry_after = 60s}) == 60);
    BOOST_TEST(remember_for({.code = errc::throttled, .retry_after = 0s}) == 1);
    BOOST_TEST(remember_for({.code = errc::throttled, .retry_after = 99999s}) == 300);
    for (const errc passing : {errc::timed_out, errc::connection_failed, errc::server_fault,
                               errc::assertion_missing, errc::reply_malformed, errc::certificate_untrusted})
        BOOST_TEST(remember_for({.code = passing}) == 0);
}

BOOST_AUTO_TEST_CASE(is_in_force_until_its_moment_and_not_from_the_future) {
    const refusal refused = remembered_for(10);
    BOOST_TEST(in_force(refused, now, mark));
    BOOST_TEST(in_force(refused, now + 9, mark));
    BOOST_TEST(!in_force(refused, now + 10, mark));
    BOOST_TEST(!in_force(refused, now - 1, mark));
    BOOST_TEST(!in_force(remembered_for(0), now, mark));
    // No refusal is remembered for longer, so this one was not made by us.
    BOOST_TEST(!in_force(remembered_for(301), now, mark));
    BOOST_TEST(in_force(remembered_for(300), now, mark));
}

BOOST_AUTO_TEST_CASE(is_void_once_the_token_file_is_another) {
    const refusal refused = remembered_for(10);
    for (const file_mark &other :
         {file_mark{.device = 9, .inode = 2, .modified_ns = 3, .size = 4},
          file_mark{.device = 1, .inode = 9, .modified_ns = 3, .size = 4},
          file_mark{.device = 1, .inode = 2, .modified_ns = 9, .size = 4},
          file_mark{.device = 1, .inode = 2, .modified_ns = 3, .size = 9}, file_mark{}})
        BOOST_TEST(!in_force(refused, now, other));
}

BOOST_AUTO_TEST_CASE(marks_a_token_file_by_its_target_and_content) {
    const scratch_directory place;
    const std::string first = place.write("first", "one");
    const std::string second = place.write("second", "two");
    const std::string link = place.file("token");
    std::filesystem::create_symlink("first", link);
    BOOST_TEST((mark_of(link) == mark_of(first)));
    BOOST_TEST((mark_of(first) != mark_of(second)));
    std::filesystem::remove(link);
    std::filesystem::create_symlink("second", link);
    BOOST_TEST((mark_of(link) == mark_of(second)));

    const file_mark before = mark_of(second);
    std::filesystem::last_write_time(second, std::filesystem::last_write_time(second) + 1ms);
    BOOST_TEST((mark_of(second) != before));

    BOOST_TEST((mark_of(place.file("missing")) == file_mark{}));
    BOOST_TEST((mark_of("") == file_mark{}));
}

BOOST_AUTO_TEST_CASE(is_printable_without_control_bytes) {
    BOOST_TEST(is_printable("no federated credential: \xc3\xa9"));
    BOOST_TEST(is_printable(""));
    BOOST_TEST(!is_printable("a\nb"));
    BOOST_TEST(!is_printable("\x1b[2J"));
    BOOST_TEST(!is_printable("\x7f"));
    BOOST_TEST(!is_printable(std::string_view("\0", 1)));
}

BOOST_AUTO_TEST_SUITE_END()
