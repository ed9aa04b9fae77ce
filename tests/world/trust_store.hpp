#pragma once

#include "tests/world/private_network.hpp"

#include <filesystem>
#include <string>

namespace azure_wi::world {

// The content of a machine's certificate directory: ca-certificates.crt and hashed names beside it.
class trust_store {
public:
    // `system_roots` stand in front of the bundle, whatever else it holds.
    trust_store(std::filesystem::path directory, std::string system_roots);
    void set(trust where, const std::string &authority_pem);

private:
    std::filesystem::path directory_;
    std::string system_roots_;
    std::string unrelated_;
};

} // namespace azure_wi::world
