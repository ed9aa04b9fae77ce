#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace azure_wi::world {

struct command {
    std::vector<std::string> arguments = {};   // [0] is looked up in PATH where it has no slash
    std::vector<std::string> environment = {}; // complete, "NAME=value"
    std::string input = {};
    std::filesystem::path directory = {};                          // empty: the caller's
    std::optional<std::chrono::milliseconds> limit = std::nullopt; // then SIGKILL
};

struct process_result {
    int status = 0; // exit status, or 128 + signal
    bool timed_out = false;
    std::string out = {};
    std::string err = {};
};

// Feeds stdin, reads stdout and stderr until both end, and reaps. Thread-safe: posix_spawn, descriptors
// O_CLOEXEC.
process_result run(const command &what);

// Starts without redirecting anything and waits; for the world's main program, once. Meanwhile what a
// terminal sends to both is ignored here, and what is sent to this process alone (SIGTERM, SIGHUP) is passed
// on.
int run_in_foreground(const command &what);

} // namespace azure_wi::world
