#include "tests/system/file_system_place.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace azure_wi::tests {

namespace fs = std::filesystem;
using boost::test_tools::assertion_result;

namespace {

void check(bool good, const std::string &what) {
    if (!good)
        throw std::system_error(errno, std::generic_category(), what);
}

struct ::stat status_of(const fs::path &path) {
    struct ::stat found {};
    check(::lstat(path.c_str(), &found) == 0, path);
    return found;
}

assertion_result whether(const std::vector<std::string> &command, const char *reason) {
    assertion_result answer(
        world::run({.arguments = command, .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"}}).status ==
        0);
    answer.message() << reason;
    return answer;
}

} // namespace

mounted_memory::mounted_memory(fs::path where, const std::string &options) : where_(std::move(where)) {
    fs::create_directories(where_);
    check(::mount("test", where_.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0, "tmpfs");
}

mounted_memory::~mounted_memory() {
    ::umount2(where_.c_str(), MNT_DETACH);
}

void mounted_memory::make_read_only() const {
    check(::mount(nullptr, where_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0, "read-only");
}

squatted_directory::squatted_directory(fs::path where, ::mode_t mode) : where_(std::move(where)) {
    fs::create_directory(where_);
    set_mode(where_, mode);
    give(where_, other_user);
}

squatted_directory::~squatted_directory() {
    std::error_code ignored;
    fs::remove_all(where_, ignored);
}

void set_mode(const fs::path &path, ::mode_t mode) {
    check(::chmod(path.c_str(), mode) == 0, path);
}

::mode_t mode_of(const fs::path &path) {
    return status_of(path).st_mode & 07777U;
}

void give(const fs::path &path, ::uid_t user, ::gid_t group) {
    check(::lchown(path.c_str(), user, group) == 0, path);
}

std::string content_of(const fs::path &file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path &file, std::string_view content, ::mode_t mode) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
    set_mode(file, mode);
}

std::string snapshot(const fs::path &directory) {
    std::vector<fs::path> all{directory};
    if (fs::is_directory(fs::symlink_status(directory)))
        std::ranges::copy(fs::recursive_directory_iterator(directory), std::back_inserter(all));
    std::ranges::sort(all);
    std::ostringstream text;
    for (const fs::path &path : all) {
        const struct ::stat found = status_of(path);
        text << path.string() << ' ' << std::oct << found.st_mode << std::dec << ' ' << found.st_uid << ' '
             << found.st_gid << ' ' << found.st_ino << ' ' << found.st_size << ' ' << found.st_mtim.tv_sec
             << '.' << found.st_mtim.tv_nsec;
        if (S_ISREG(found.st_mode) && found.st_size < 1 << 20)
            text << ' ' << std::hash<std::string>()(content_of(path));
        text << '\n';
    }
    return text.str();
}

assertion_result other_users(boost::unit_test::test_unit_id) {
    return whether({"setpriv", "--reuid=65533", "--regid=0", "--clear-groups", "true"},
                   "needs root, to be several users");
}

assertion_result user_namespaces(boost::unit_test::test_unit_id) {
    return whether({"unshare", "-Ur", "true"}, "needs user namespaces");
}

assertion_result system_call_injection(boost::unit_test::test_unit_id) {
    return whether({"strace", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"},
                   "needs strace and the right to trace");
}

file_system_place::file_system_place() {
    set_mode(scratch(), 0755);
    const fs::path binaries = scratch() / "bin";
    fs::create_directory(binaries);
    program_ = binaries / face().filename();
    fs::copy_file(face(), program_);
    fs::copy_file(online(), binaries / online().filename());
    token_file_ = scratch() / "token";
    write(token_file_, content_of(all().build_token().file()), 0644);
}

file_system_place::~file_system_place() {
    // Of whoever had the private /dev/shm for a default.
    std::error_code ignored;
    for (const ::uid_t user : {::geteuid(), pod_user, other_user})
        fs::remove_all("/dev/shm/azure-wi-" + std::to_string(user), ignored);
}

fixture::variables file_system_place::cache_at(const fs::path &directory) const {
    return {{"AZURE_WI_CACHE_DIR", directory.string()}};
}

world::process_result file_system_place::get(const variables &extra, const std::vector<std::string> &before) {
    variables with{{"AZURE_FEDERATED_TOKEN_FILE", token_file_.string()},
                   {"AZURE_WI_CACHE_DIR", cache().string()}};
    for (const auto &[name, value] : extra)
        with[name] = value;
    std::vector<std::string> command = before;
    command.push_back(program_.string());
    command.emplace_back("get");
    return all().run(std::move(command), with, plain_request(), "/");
}

world::process_result file_system_place::get_as(::uid_t user, const variables &extra, ::gid_t group) {
    return get(extra, {"setpriv", "--reuid=" + std::to_string(user), "--regid=" + std::to_string(group),
                       "--clear-groups"});
}

fs::path file_system_place::record_in(const fs::path &directory) const {
    for (const auto &entry : fs::directory_iterator(directory))
        if (entry.path().extension() == ".token")
            return entry.path();
    return {};
}

const file_system_place::record &file_system_place::bait() {
    if (bait_.token.empty()) {
        bait_.token = token_of(get({}));
        const fs::path kept = record_in(cache());
        BOOST_REQUIRE(!kept.empty());
        bait_.name = kept.filename();
        bait_.content = content_of(kept);
        BOOST_REQUIRE_EQUAL(token_of(get({})), bait_.token);
    }
    return bait_;
}

void file_system_place::lay_bait(const fs::path &directory, ::uid_t owner) {
    const fs::path file = directory / bait().name;
    write(file, bait().content);
    if (owner != 0)
        give(file, owner);
}

std::string file_system_place::token_of(const world::process_result &got) {
    const outcome seen = read_outcome(got);
    BOOST_TEST(seen.raw.status == 0);
    BOOST_TEST(seen.errors.empty(), got.err);
    BOOST_TEST(seen.hints.empty(), got.err);
    const std::string token = read_credential(got.out).token();
    BOOST_TEST(!token.empty(), "no token; status " << got.status << ", stderr: " << got.err);
    return token;
}

} // namespace azure_wi::tests
