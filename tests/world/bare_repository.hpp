#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace azure_wi::world {

struct repository_contents {
    int commits = 3;
    std::size_t file_bytes = 64;                                       // of each commit's file
    std::vector<std::pair<std::string, std::string>> extra_files = {}; // path, content; in the last commit

    bool operator==(const repository_contents &) const = default;
};

// Makes a bare repository with branch main that http-backend serves for fetch, push, shallow and partial
// clones.
void make_bare_repository(const std::filesystem::path &where, const repository_contents &contents,
                          const std::vector<std::string> &git_command = {"git"});

} // namespace azure_wi::world
