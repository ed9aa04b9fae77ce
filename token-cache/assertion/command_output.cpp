#include "token-cache/assertion/command_output.hpp"

#include "token-cache/printable.hpp"
#include "token-cache/unique_fd.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

namespace azure_wi {
namespace {

constexpr std::size_t max_shown_program = 128;
constexpr int look_again_ms = 5;

/// Lets poll() return from time to time, so that a clock other than poll's own is looked at.
constexpr int longest_wait_ms = 1000;

/// The two arguments of posix_spawnp that have to be released.
struct spawn_options {
    spawn_options() {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
    }
    spawn_options(const spawn_options &) = delete;
    spawn_options &operator=(const spawn_options &) = delete;
    ~spawn_options() {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }

    ::posix_spawn_file_actions_t actions{};
    ::posix_spawnattr_t attributes{};
};

/// Returns 0, or what errno would be.
int start(const std::vector<std::string> &arguments, int output, ::pid_t &child) {
    spawn_options options;
    ::sigset_t all{};
    ::sigset_t none{};
    ::sigfillset(&all);
    ::sigemptyset(&none);
    int error = ::posix_spawn_file_actions_addopen(&options.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0)
        error = ::posix_spawn_file_actions_adddup2(&options.actions, output, STDOUT_FILENO);
    if (error == 0) // a lock's descriptor, handed to us across exec, must not reach the program
        error = ::posix_spawn_file_actions_addclosefrom_np(&options.actions, STDERR_FILENO + 1);
    if (error == 0)
        error = ::posix_spawnattr_setsigdefault(&options.attributes, &all);
    if (error == 0)
        error = ::posix_spawnattr_setsigmask(&options.attributes, &none);
    if (error == 0)
        error = ::posix_spawnattr_setpgroup(&options.attributes, 0);
    if (error == 0)
        error = ::posix_spawnattr_setflags(
            &options.attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    if (error != 0)
        return error;

    std::vector<char *> argv;
    argv.reserve(arguments.size() + 1);
    for (const std::string &argument : arguments)
        argv.push_back(const_cast<char *>(argument.c_str())); // exec(3) takes char *const and changes none
    argv.push_back(nullptr);
    return ::posix_spawnp(&child, argv.front(), &options.actions, &options.attributes, argv.data(),
                          ::environ);
}

enum class reading { whole, too_long, too_late, failed };

reading read_to_end(int fd, secret &output, std::size_t limit, const clock &clock, instant deadline) {
    output = secret(limit + 1);
    std::size_t filled = 0;
    while (filled <= limit) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock.now()).count();
        if (left <= 0)
            return reading::too_late;
        ::pollfd waited{.fd = fd, .events = POLLIN, .revents = 0};
        const int ready = ::poll(&waited, 1, static_cast<int>(std::min<std::int64_t>(left, longest_wait_ms)));
        if (ready == 0 || (ready < 0 && errno == EINTR))
            continue;
        const auto room = output.buffer().subspan(filled);
        const ssize_t got = ready < 0 ? -1 : ::read(fd, room.data(), room.size());
        if (got < 0 && ready > 0 && errno == EINTR)
            continue;
        if (got < 0)
            return reading::failed;
        if (got == 0) {
            output.truncate(filled);
            return reading::whole;
        }
        filled += static_cast<std::size_t>(got);
    }
    return reading::too_long;
}

/// Waits for the child's end until the deadline. True: `status` is its status, or 0 where somebody else took
/// it.
bool ended(::pid_t child, int &status, const clock &clock, instant deadline) {
    for (;;) {
        const ::pid_t who = ::waitpid(child, &status, WNOHANG);
        if (who == child)
            return true;
        if (who < 0 && errno == ECHILD) {
            status = 0;
            return true;
        }
        if (clock.now() >= deadline)
            return false;
        ::poll(nullptr, 0, look_again_ms);
    }
}

/// The group's id stays taken until the child is waited for, so this kills nobody else.
void kill_and_reap(::pid_t child) {
    ::kill(-child, SIGKILL);
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
}

std::string end_in_words(int status) {
    return WIFSIGNALED(status) ? "was ended by signal " + std::to_string(WTERMSIG(status))
                               : "ended with status " + std::to_string(WEXITSTATUS(status));
}

} // namespace

result<secret> command_output(const std::vector<std::string> &arguments, std::size_t limit,
                              const clock &clock, instant deadline) {
    const auto failed = [&](const std::string &what) {
        return failure{.code = errc::assertion_command_failed,
                       .about = printable(arguments.front(), max_shown_program) + " " + what};
    };
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return failed(std::string("could not be given a pipe: ") + ::strerrordesc_np(errno));
    const unique_fd from(ends[0]);
    unique_fd to(ends[1]);

    ::pid_t child = -1;
    if (const int error = start(arguments, to.get(), child); error != 0)
        return failed(std::string("cannot be run: ") + ::strerrordesc_np(error));
    to.reset();

    secret output;
    const reading how = read_to_end(from.get(), output, limit, clock, deadline);
    int status = 0;
    if (how == reading::whole && ended(child, status, clock, deadline)) {
        if (status != 0)
            return failed(end_in_words(status));
        return output;
    }
    kill_and_reap(child);
    if (how == reading::too_long)
        return failed("wrote more than " + std::to_string(limit) + " bytes");
    return failed(how == reading::failed ? "could not be listened to" : "took too long");
}

} // namespace azure_wi
