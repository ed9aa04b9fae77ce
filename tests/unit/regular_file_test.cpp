#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/regular_file.hpp"

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <filesystem>
#include <string>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace azure_wi {

using ending = file_content::ending;

BOOST_AUTO_TEST_SUITE(regular_file)

BOOST_AUTO_TEST_CASE(a_file_behind_links_is_read_whole) {
    const scratch_directory place;
    std::filesystem::create_directory(place.file("..1"));
    place.write("..1/token", std::string(10000, 'x'));
    std::filesystem::create_symlink("..1", place.file("..data"));
    std::filesystem::create_symlink("..data/token", place.file("token"));
    const auto content = read_regular_file(place.file("token"), 65536);
    BOOST_REQUIRE((content.how == ending::whole));
    BOOST_TEST(content.bytes.reveal() == std::string(10000, 'x'));
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_whole) {
    const scratch_directory place;
    const auto content = read_regular_file(place.write("f", ""), 10);
    BOOST_TEST((content.how == ending::whole));
    BOOST_TEST(content.bytes.empty());
}

BOOST_AUTO_TEST_CASE(the_limit_is_the_last_size_that_is_read) {
    const scratch_directory place;
    BOOST_TEST(read_regular_file(place.write("f", std::string(65536, 'x')), 65536).bytes.size() == 65536U);
    BOOST_TEST(
        (read_regular_file(place.write("f", std::string(65537, 'x')), 65536).how == ending::too_large));
}

BOOST_AUTO_TEST_CASE(a_sparse_file_of_ten_gigabytes_is_refused_at_once) {
    const scratch_directory place;
    const std::string path = place.write("f", "");
    std::filesystem::resize_file(path, 10737418240U);
    BOOST_TEST((read_regular_file(path, 65536).how == ending::too_large));
}

BOOST_AUTO_TEST_CASE(a_file_whose_size_the_kernel_does_not_tell_is_read) {
    const auto content = read_regular_file("/proc/self/status", 65536);
    BOOST_TEST((content.how == ending::whole));
    BOOST_TEST(!content.bytes.empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_a_regular_file_is_refused_without_hanging) {
    const scratch_directory place;
    BOOST_REQUIRE(::mkfifo(place.file("fifo").c_str(), 0600) == 0);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    place.file("socket").copy(address.sun_path, sizeof address.sun_path - 1);
    BOOST_REQUIRE(::bind(fd, reinterpret_cast<const ::sockaddr *>(&address), sizeof address) == 0);
    ::close(fd);
    for (const std::string &path :
         {place.file("fifo"), place.file("socket"), place.file("."), std::string("/dev/zero")})
        BOOST_TEST((read_regular_file(path, 10).how == ending::not_a_file), path);
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_told_by_errno) {
    const scratch_directory place;
    const auto content = read_regular_file(place.file("none"), 10);
    BOOST_TEST((content.how == ending::failed));
    BOOST_TEST(content.error == ENOENT);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
