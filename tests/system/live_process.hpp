#pragma once

#include "tests/world/file_descriptor.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace azure_wi::tests {

// A program that is looked at while it runs. Its stdin holds `input` and ends; its stdout is a pipe that
// takes nothing, so it stops where it answers; its stderr is the caller's. Killed at the end.
class live_process {
public:
    live_process(const std::vector<std::string> &command, const std::vector<std::string> &environment,
                 const std::string &input, const std::filesystem::path &directory);
    ~live_process();
    live_process(const live_process &) = delete;
    live_process &operator=(const live_process &) = delete;

    pid_t pid() const { return pid_; }
    // Waits until it sleeps, as it does where its answer is not taken. False where it ended, or never slept.
    bool wait_until_asleep() const;
    // Sends the signal and reaps: the status of waitpid(2).
    int end_by(int signal);

private:
    world::file_descriptor out_read_;
    pid_t pid_ = -1;
};

} // namespace azure_wi::tests
