#pragma once

#include "helper/credential_answer.hpp"
#include "token-cache/settings/setting_names.hpp"
#include "token-cache/store/cache_directory.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azure_wi::helper {

/// What git is told where there is no credential for a host of ours.
enum class on_failure {
    quit, ///< stdout "quit=1", status 0: git stops at once, without asking the next helper or the user
    next, ///< stdout empty, status 1: git goes on
};

/// The command line, read.
struct command_line {
    std::string verb;  ///< empty where none is given; "help" and "version" for their options too
    std::string error; ///< what is wrong, without repeating a value; empty where nothing is
    raw_settings settings;
    on_failure failing = on_failure::quit;
    int verbosity = 0;
    std::string trace_file;
    std::vector<char *> options; ///< argv without its first word and the verb, to hand over as they are

    // Between the face and --online.
    answer_form form = answer_form::basic;
    int lock_fd = -1;
};

/// Reads the command line and then, for what it leaves open, the environment.
[[nodiscard]] command_line read_command_line(int argc, char **argv);

/// Where the environment says a cache may be.
[[nodiscard]] cache_places cache_places_of(const raw_settings &settings);

} // namespace azure_wi::helper
