// The projected token file: rows sa_* of cases/fs.tsv.

#include "tests/system/file_system_place.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <string>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace azure_wi::tests;
using azure_wi::world::process_result;
namespace fs = std::filesystem;
namespace ut = boost::unit_test;

namespace {

struct token_file_place : file_system_place {
    process_result get_from(const std::string &path) { return get({{"AZURE_FEDERATED_TOKEN_FILE", path}}); }

    // No credential, a message about this file, and nothing of it has left the machine.
    outcome check_refused(const process_result &got, const std::string &path) {
        const outcome seen = read_outcome(got);
        check_failed(seen);
        BOOST_TEST(contains(got.err, path), got.err);
        BOOST_TEST(contains(got.err, "AZURE_FEDERATED_TOKEN_FILE"), got.err);
        BOOST_TEST(entra().request_count() == 0U);
        return seen;
    }
    outcome check_refused_content(std::string_view content) {
        write(token_file(), content, 0644);
        return check_refused(get({}), token_file());
    }
    const std::string jwt = content_of(token_file());
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(file_system_token_file, token_file_place)

BOOST_AUTO_TEST_CASE(a_token_file_with_a_jwt_is_exchanged, *ut::label("sa_ok")) {
    BOOST_TEST(token_of(get({})) != "");
    BOOST_TEST(entra().last_request().form.at("client_assertion") == jwt);
    write(token_file(), jwt + "\n", 0644);
    BOOST_TEST(token_of(get({{"AZURE_WI_CACHE_DIR", "none"}})) != "");
    BOOST_TEST(entra().last_request().form.at("client_assertion") == jwt);
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_named_and_does_not_matter_to_a_cached_token,
                     *ut::label("sa_missing")) {
    const std::string token = bait().token;
    fs::remove(token_file());
    BOOST_TEST(token_of(get({})) == token);
    fs::remove_all(cache());
    entra().forget_requests();
    check_refused(get({}), token_file());
    check_refused(get_from("/nowhere/at/all"), "/nowhere/at/all");
}

BOOST_AUTO_TEST_CASE(a_path_must_be_absolute_and_a_file_and_an_empty_one_is_none,
                     *ut::label("sa_env_empty")) {
    const outcome relative = read_outcome(get_from("var/run/token"));
    check_failed(relative);
    BOOST_TEST(contains(relative.raw.err, "AZURE_FEDERATED_TOKEN_FILE"));
    check_refused(get_from(scratch()), scratch());
    const process_result unset = get_from("");
    BOOST_TEST(unset.status == 0);
    BOOST_TEST(unset.out == "");
    BOOST_TEST(unset.err == "");
    BOOST_TEST(entra().request_count() == 0U);
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_refused, *ut::label("sa_empty")) {
    check_refused_content("");
    check_refused_content("\n");
}

BOOST_AUTO_TEST_CASE(a_file_with_white_space_or_nul_inside_is_refused, *ut::label("sa_inner_ws")) {
    for (const std::string &between : {std::string(" "), std::string("\n"), std::string("\t"),
                                       std::string("\r\n"), std::string(1, '\0')}) {
        std::string broken = jwt;
        broken.insert(jwt.size() / 2, between);
        check_refused_content(broken);
    }
    check_refused_content(" " + jwt);
    check_refused_content(jwt + "\n\n");
    check_refused_content(jwt + "=");
}

BOOST_AUTO_TEST_CASE(a_huge_file_is_not_read, *ut::label("sa_huge")) {
    write(token_file(), "", 0644);
    BOOST_REQUIRE(::truncate(token_file().c_str(), ::off_t{10} << 30) == 0);
    check_refused(get({}), token_file());
    check_refused_content(std::string(65537, 'a'));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_token_never_leaves_the_machine, *ut::label("sa_etc_shadow")) {
    for (const char *path : {"/etc/shadow", "/etc/passwd", "/proc/self/environ", "/proc/self/cmdline"}) {
        const process_result got = get_from(path);
        check_refused(got, path);
        BOOST_TEST(!contains(got.err, "root:"));
        BOOST_TEST(!contains(got.err, "PATH="));
    }
    BOOST_TEST(entra().request_count() == 0U);
}

BOOST_AUTO_TEST_CASE(an_expired_token_says_when_it_expired, *ut::label("sa_jwt_exp")) {
    azure_wi::world::claims stale;
    stale.issued_at -= std::chrono::hours{3};
    const outcome seen = check_refused_content(all().cluster().mint(stale));
    BOOST_TEST(contains(seen.raw.err, "expired at"), seen.raw.err);
}

BOOST_AUTO_TEST_CASE(a_fifo_without_a_writer_is_refused_at_once, *ut::label("sa_fifo")) {
    fs::remove(token_file());
    BOOST_REQUIRE(::mkfifo(token_file().c_str(), 0644) == 0);
    const process_result got = get({{"AZURE_WI_TIMEOUT", "5s"}});
    BOOST_TEST(!got.timed_out);
    check_refused(got, token_file());
}

BOOST_AUTO_TEST_CASE(a_device_a_socket_or_a_directory_is_refused, *ut::label("sa_dev")) {
    const fs::path socket = scratch() / "socket";
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
    BOOST_REQUIRE(::bind(listener, reinterpret_cast<const ::sockaddr *>(&address), sizeof address) == 0);
    for (const fs::path &target : {fs::path("/dev/zero"), fs::path("/dev/tty"), socket, scratch()}) {
        fs::remove(token_file());
        fs::create_symlink(target, token_file());
        const process_result got = get({});
        BOOST_TEST(!got.timed_out, target.string());
        check_refused(got, token_file());
    }
    ::close(listener);
}

// LeakSanitizer, where the build has it, cannot look under ptrace.
const file_system_place::variables under_strace{{"ASAN_OPTIONS", "detect_leaks=0"}};

// kubelet takes one and the same path away and brings it back within a moment.
BOOST_AUTO_TEST_CASE(a_file_that_is_missing_for_a_moment_is_looked_for_again,
                     *ut::label("sa_swap_enoent") * ut::precondition(system_call_injection)) {
    const auto with_enoent = [&](const std::string &when) {
        return get(under_strace,
                   {"strace", "-f", "-o", (scratch() / "trace").string(), "-P", token_file().string(), "-e",
                    "trace=openat", "-e", "inject=openat:error=ENOENT:when=" + when});
    };
    check_refused(with_enoent("1..4"), token_file());
    BOOST_TEST(token_of(with_enoent("1..3")) != "");
    BOOST_TEST(contains(content_of(scratch() / "trace"), "INJECTED"));
}

BOOST_AUTO_TEST_CASE(a_read_error_uses_no_part_of_the_file,
                     *ut::label("sa_eio") * ut::precondition(system_call_injection)) {
    for (const char *when : {"1", "2"}) {
        const process_result got = get(under_strace, {"strace", "-f", "-o", (scratch() / "trace").string(),
                                                      "-P", token_file().string(), "-e", "trace=read", "-e",
                                                      std::string("inject=read:error=EIO:when=") + when});
        check_refused(got, token_file());
        BOOST_TEST(contains(content_of(scratch() / "trace"), "INJECTED"));
    }
}

BOOST_AUTO_TEST_CASE(a_file_of_another_user_names_what_kubernetes_calls_the_cure,
                     *ut::label("sa_perm") * ut::precondition(other_users)) {
    set_mode(token_file(), 0600);
    const outcome seen = check_refused(get_as(pod_user, cache_at("none")), token_file());
    BOOST_TEST(contains(seen.hint(), "fsGroup"), seen.hint());
    BOOST_TEST(contains(seen.hint(), "runAsUser"), seen.hint());
}

BOOST_AUTO_TEST_SUITE_END()
