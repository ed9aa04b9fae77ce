#pragma once

#include "tests/system/fixture.hpp"
#include "tests/world/file_descriptor.hpp"

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace azure_wi::tests {

// A helper whose stdin we hold: it hears what we say when we say it, and its end only when we end it. Every
// say() is one read(2) of its, for the stream keeps the boundaries.
class conversation {
public:
    conversation(fixture &in, std::vector<std::string> arguments) {
        std::array<int, 2> input{};
        std::array<int, 2> out{};
        std::array<int, 2> err{};
        if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, input.data()) != 0 ||
            ::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0)
            throw std::system_error(errno, std::generic_category(), "conversation");
        input_ = world::file_descriptor(input[0]);
        out_ = world::file_descriptor(out[0]);
        err_ = world::file_descriptor(err[0]);
        const world::file_descriptor their_input(input[1]);
        const world::file_descriptor their_out(out[1]);
        const world::file_descriptor their_err(err[1]);

        arguments.insert(arguments.begin(), face().string());
        std::vector<std::string> environment =
            in.all().child_environment({{"AZURE_WI_CACHE_DIR", in.cache().string()}});
        ::posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, their_input.get(), 0);
        ::posix_spawn_file_actions_adddup2(&actions, their_out.get(), 1);
        ::posix_spawn_file_actions_adddup2(&actions, their_err.get(), 2);
        const int fault = ::posix_spawn(&child_, face().c_str(), &actions, nullptr,
                                        pointers(arguments).data(), pointers(environment).data());
        ::posix_spawn_file_actions_destroy(&actions);
        if (fault != 0)
            throw std::system_error(fault, std::generic_category(), "posix_spawn");
    }
    conversation(const conversation &) = delete;
    conversation &operator=(const conversation &) = delete;
    ~conversation() {
        input_.reset();
        static_cast<void>(ending());
    }

    // False where it listens no more.
    bool say(std::string_view bytes) {
        return ::send(input_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(bytes.size());
    }
    void hang_up() { input_.reset(); }

    // Reads until it has ended, with stdin as it is.
    world::process_result ending() {
        world::process_result result;
        if (child_ < 0)
            return result;
        result.out = read_whole(out_.get());
        result.err = read_whole(err_.get());
        int status = 0;
        while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
        }
        child_ = -1;
        result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return result;
    }

private:
    static std::vector<char *> pointers(std::vector<std::string> &texts) {
        std::vector<char *> list;
        for (std::string &text : texts)
            list.push_back(text.data());
        list.push_back(nullptr);
        return list;
    }
    // The helper says a few hundred bytes in all, so one stream can wait for the other.
    static std::string read_whole(int from) {
        std::string all;
        std::array<char, 4096> part;
        for (;;) {
            const ssize_t count = ::read(from, part.data(), part.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                return all;
            all.append(part.data(), static_cast<std::size_t>(count));
        }
    }

    world::file_descriptor input_;
    world::file_descriptor out_;
    world::file_descriptor err_;
    ::pid_t child_ = -1;
};

} // namespace azure_wi::tests
