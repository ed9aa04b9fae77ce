#pragma once

#include <optional>
#include <string>

namespace azure_wi::world {

// What a URL of Azure Repos names, decoded. Organisations are folded to lower case.
struct repository_address {
    std::string org;
    std::string project;
    std::string repo;
    std::string base;    // the encoded path up to and with the repository
    std::string service; // what follows, such as "/info/refs"
};

std::optional<repository_address> parse_repository_address(const std::string &host, const std::string &path);
// The organisation alone, for pages that are not repositories; empty where there is none.
std::string organisation_of(const std::string &host, const std::string &path);

} // namespace azure_wi::world
