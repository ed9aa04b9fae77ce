#include "tests/world/child_process.hpp"

#include "tests/world/file_descriptor.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace azure_wi::world {
namespace {

struct channel {
    file_descriptor ours;
    file_descriptor theirs;
};

// Socket pairs rather than pipes: send() takes MSG_NOSIGNAL, so a child that does not read its stdin is no
// SIGPIPE.
channel make_input_channel() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw std::system_error{errno, std::generic_category(), "socketpair"};
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return {file_descriptor{ends[0]}, file_descriptor{ends[1]}};
}

channel make_output_channel() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::system_error{errno, std::generic_category(), "pipe2"};
    return {file_descriptor{ends[0]}, file_descriptor{ends[1]}};
}

class spawn_plan {
public:
    spawn_plan() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        // Threads of the world block SIGPIPE; a child starts as from a shell.
        sigset_t none;
        sigset_t restored;
        sigemptyset(&none);
        sigemptyset(&restored);
        for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGQUIT})
            sigaddset(&restored, number);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &restored);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~spawn_plan() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    spawn_plan(const spawn_plan &) = delete;
    spawn_plan &operator=(const spawn_plan &) = delete;

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

std::vector<char *> pointers(const std::vector<std::string> &texts) {
    std::vector<char *> list;
    for (const auto &text : texts)
        list.push_back(const_cast<char *>(text.c_str())); // posix_spawn does not write to them
    list.push_back(nullptr);
    return list;
}

pid_t spawn(spawn_plan &plan, const command &what) {
    if (!what.directory.empty())
        posix_spawn_file_actions_addchdir_np(&plan.actions, what.directory.c_str());
    pid_t child = 0;
    const int error = ::posix_spawnp(&child, what.arguments.front().c_str(), &plan.actions, &plan.attributes,
                                     pointers(what.arguments).data(), pointers(what.environment).data());
    if (error != 0)
        throw std::system_error{error, std::generic_category(), what.arguments.front()};
    return child;
}

int reap(pid_t child) {
    int raw = 0;
    while (::waitpid(child, &raw, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

void feed(file_descriptor &to, std::string_view &left) {
    const auto sent = ::send(to.get(), left.data(), left.size(), MSG_NOSIGNAL);
    if (sent >= 0)
        left.remove_prefix(static_cast<std::size_t>(sent));
    else if (errno != EAGAIN && errno != EINTR)
        left = {};
    if (left.empty())
        to.reset();
}

void drain(file_descriptor &from, std::string &into) {
    std::array<char, 65536> buffer;
    const auto got = ::read(from.get(), buffer.data(), buffer.size());
    if (got > 0)
        into.append(buffer.data(), static_cast<std::size_t>(got));
    else if (got == 0 || errno != EINTR)
        from.reset();
}

// False where the time was over first.
bool converse(file_descriptor &in, std::string_view input, file_descriptor &out, file_descriptor &err,
              process_result &result, std::optional<std::chrono::milliseconds> limit) {
    const auto end = std::chrono::steady_clock::now() + limit.value_or(std::chrono::milliseconds{0});
    if (input.empty())
        in.reset();
    while (in || out || err) {
        int left = -1;
        if (limit) {
            left = static_cast<int>(
                std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count());
            if (left <= 0)
                return false;
        }
        // poll() passes over negative descriptors, which is what closed ones are.
        std::array<pollfd, 3> wanted{
            {{in.get(), POLLOUT, 0}, {out.get(), POLLIN, 0}, {err.get(), POLLIN, 0}}};
        ::poll(wanted.data(), wanted.size(), left);
        if (wanted[0].revents != 0)
            feed(in, input);
        if (wanted[1].revents != 0)
            drain(out, result.out);
        if (wanted[2].revents != 0)
            drain(err, result.err);
    }
    return true;
}

volatile pid_t foreground_child = 0;

void pass_on(int number) {
    ::kill(foreground_child, number);
}

} // namespace

process_result run(const command &what) {
    auto in = make_input_channel();
    auto out = make_output_channel();
    auto err = make_output_channel();
    spawn_plan plan;
    posix_spawn_file_actions_adddup2(&plan.actions, in.theirs.get(), 0);
    posix_spawn_file_actions_adddup2(&plan.actions, out.theirs.get(), 1);
    posix_spawn_file_actions_adddup2(&plan.actions, err.theirs.get(), 2);
    const pid_t child = spawn(plan, what);
    in.theirs.reset();
    out.theirs.reset();
    err.theirs.reset();

    process_result result;
    if (!converse(in.ours, what.input, out.ours, err.ours, result, what.limit)) {
        result.timed_out = true;
        ::kill(child, SIGKILL);
    }
    result.status = reap(child);
    return result;
}

int run_in_foreground(const command &what) {
    spawn_plan plan;
    foreground_child = spawn(plan, what);
    for (const int number : {SIGINT, SIGQUIT})
        std::signal(number, SIG_IGN);
    for (const int number : {SIGTERM, SIGHUP})
        std::signal(number, pass_on);
    return reap(foreground_child);
}

} // namespace azure_wi::world
