#include "token-cache/assertion/command_output.hpp"

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace azure_wi {
namespace {

result<secret> run(const std::vector<std::string> &arguments,
                   std::chrono::seconds left = std::chrono::seconds{30}) {
    const system_clock time;
    return command_output(arguments, 1000, time, time.now() + left);
}
result<secret> run_shell(const std::string &script) {
    return run({"sh", "-c", script});
}

bool has_no_child() {
    return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

} // namespace

BOOST_AUTO_TEST_SUITE(command_output_)

BOOST_AUTO_TEST_CASE(the_output_of_a_program_that_succeeds_is_whole) {
    BOOST_TEST(run({"printf", "%s", "a b"}).value().reveal() == "a b");
    BOOST_TEST(run({"true"}).value().empty());
    BOOST_TEST(has_no_child());
}

BOOST_AUTO_TEST_CASE(a_failure_names_the_program_and_what_happened) {
    BOOST_TEST(run({"/nonexistent/x", "canary"}).error().about ==
               "/nonexistent/x cannot be run: No such file or directory");
    BOOST_TEST(run_shell("echo canary; exit 3").error().about == "sh ended with status 3");
    BOOST_TEST(run_shell("kill -9 $$").error().about == "sh was ended by signal 9");
    BOOST_TEST((run({"false"}).error().code == errc::assertion_command_failed));
    BOOST_TEST(has_no_child());
}

BOOST_AUTO_TEST_CASE(a_program_that_writes_without_end_is_killed) {
    BOOST_TEST(run({"yes"}).error().about == "yes wrote more than 1000 bytes");
    BOOST_TEST(has_no_child());
}

BOOST_AUTO_TEST_CASE(a_program_that_takes_too_long_is_killed_with_its_children) {
    BOOST_TEST(run({"sh", "-c", "sleep 1000 & wait"}, std::chrono::seconds{0}).error().about ==
               "sh took too long");
    BOOST_TEST(has_no_child());
}

BOOST_AUTO_TEST_CASE(a_program_that_closes_its_output_is_still_waited_for) {
    BOOST_TEST(run_shell("exec >&-; exit 4").error().about == "sh ended with status 4");
}

BOOST_AUTO_TEST_CASE(standard_input_is_empty) {
    BOOST_TEST(run({"cat"}).value().empty());
}

BOOST_AUTO_TEST_CASE(no_other_descriptor_is_inherited) {
    const int low = ::open("/dev/null", O_RDONLY);
    // Without O_CLOEXEC, as a lock that was handed on, and above what a shell opens for itself.
    const int fd = ::fcntl(low, F_DUPFD, 40);
    ::close(low);
    const std::string listed = "/proc/self/fd/" + std::to_string(fd);
    const auto found = run_shell(("test -e " + listed + " && echo inherited || echo gone").c_str());
    ::close(fd);
    BOOST_TEST(found.value().reveal() == "gone\n");
}

BOOST_AUTO_TEST_CASE(signals_that_we_ignore_have_their_default_effect) {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    const auto got = run_shell("kill -PIPE $$; exit 0");
    std::signal(SIGPIPE, before);
    BOOST_TEST(got.error().about == "sh was ended by signal 13");
}

BOOST_AUTO_TEST_CASE(where_somebody_else_takes_the_status_the_output_counts) {
    const auto before = std::signal(SIGCHLD, SIG_IGN);
    const auto got = run({"printf", "x"});
    std::signal(SIGCHLD, before);
    BOOST_TEST(got.value().reveal() == "x");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
