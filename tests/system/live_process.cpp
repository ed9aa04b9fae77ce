#include "tests/system/live_process.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace azure_wi::tests {

namespace {

struct pipe_ends {
    world::file_descriptor read;
    world::file_descriptor write;
};

pipe_ends make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe2");
    return {world::file_descriptor{ends[0]}, world::file_descriptor{ends[1]}};
}

void fill(const world::file_descriptor &pipe) {
    const std::string block(4096, 'x');
    ::fcntl(pipe.get(), F_SETFL, O_NONBLOCK);
    while (::write(pipe.get(), block.data(), block.size()) > 0) {
    }
    ::fcntl(pipe.get(), F_SETFL, 0);
}

std::vector<char *> pointers(const std::vector<std::string> &texts) {
    std::vector<char *> list;
    for (const std::string &text : texts)
        list.push_back(const_cast<char *>(text.c_str())); // posix_spawn does not write to them
    list.push_back(nullptr);
    return list;
}

// The letter behind the command's name, which may hold blanks and parentheses.
char state_of(pid_t pid) {
    std::ifstream stream("/proc/" + std::to_string(pid) + "/stat");
    const std::string line{std::istreambuf_iterator<char>(stream), {}};
    const std::size_t end = line.rfind(") ");
    return end == std::string::npos ? 'X' : line[end + 2];
}

} // namespace

live_process::live_process(const std::vector<std::string> &command,
                           const std::vector<std::string> &environment, const std::string &input,
                           const std::filesystem::path &directory) {
    pipe_ends in = make_pipe();
    pipe_ends out = make_pipe();
    if (::write(in.write.get(), input.data(), input.size()) != static_cast<ssize_t>(input.size()))
        throw std::system_error(errno, std::generic_category(), "write");
    in.write.reset();
    fill(out.write);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.read.get(), 0);
    posix_spawn_file_actions_adddup2(&actions, out.write.get(), 1);
    posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
    const int fault = ::posix_spawnp(&pid_, command.front().c_str(), &actions, nullptr,
                                     pointers(command).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (fault != 0)
        throw std::system_error(fault, std::generic_category(), command.front());
    out_read_ = std::move(out.read);
}

live_process::~live_process() {
    if (pid_ > 0)
        end_by(SIGKILL);
}

bool live_process::wait_until_asleep() const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < deadline) {
        const char state = state_of(pid_);
        if (state == 'S')
            return true;
        if (state == 'Z' || state == 'X')
            return false;
        std::this_thread::yield();
    }
    return false;
}

int live_process::end_by(int signal) {
    ::kill(pid_, signal);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
}

} // namespace azure_wi::tests
