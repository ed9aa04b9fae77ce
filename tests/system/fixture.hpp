#pragma once

#include "tests/world/world.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace azure_wi::tests {

// The files under test, as the build made them.
std::filesystem::path face();
std::filesystem::path online();
std::filesystem::path cases(const std::string &table); // "protocol.tsv"

// What the helper said on stdout, line by line.
struct credential {
    std::map<std::string, std::string> fields; // the last of each key
    std::vector<std::string> lines;

    std::string operator[](const std::string &key) const;
    std::string token() const; // credential, or password
};

credential read_credential(const std::string &out);

// Each test case has a fresh world with an empty cache directory (0700) of its own, given by
// AZURE_WI_CACHE_DIR.
class fixture {
public:
    fixture();
    ~fixture();
    fixture(const fixture &) = delete;
    fixture &operator=(const fixture &) = delete;

    using variables = world::world::variables;

    world::world &all() { return world_; }
    world::entra_stand_in &entra() { return world_.entra(); }
    world::azure_repos_stand_in &repos() { return world_.repos(); }
    world::foreign_hosts &foreign() { return world_.foreign(); }

    const std::filesystem::path &cache() const { return cache_; }
    // A directory that goes away with the test.
    const std::filesystem::path &scratch() const { return scratch_; }

    // Runs the helper: options, verb and request. `extra` variables win; an empty value removes one.
    world::process_result helper(std::vector<std::string> arguments, const std::string &input,
                                 const variables &extra = {});
    // helper({"get"}, "protocol=https\nhost=dev.azure.com\n", extra)
    world::process_result get(const variables &extra = {});
    static const std::string &plain_request();   // as git 2.39 asks
    static const std::string &capable_request(); // as git 2.46 and later ask

    // Runs git with our helper configured (helper list reset before it) in home().
    world::process_result git(std::vector<std::string> arguments, const variables &extra = {},
                              const std::filesystem::path &directory = {}, std::string input = {});
    // The command that git() runs; {"git"} unless told.
    void set_git(std::vector<std::string> command) { git_ = std::move(command); }
    const std::vector<std::string> &git_command() const { return git_; }

private:
    world::world world_;
    std::filesystem::path scratch_;
    std::filesystem::path cache_;
    std::vector<std::string> git_{"git"};
};

} // namespace azure_wi::tests
