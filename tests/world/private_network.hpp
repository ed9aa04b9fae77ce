#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace azure_wi::world {

struct host_entry {
    std::string address = {};
    std::string name = {};
};

// Where the machine's trust store holds the world's authority. What is not named holds an unrelated root
// instead, because libcurl treats an empty bundle as a fault of its own.
enum class trust { directory, bundle, both, none };

struct network_options {
    // The real bundle stays in front of ours: what a start of OpenSSL costs on a real machine can then be
    // measured.
    bool keep_system_roots = false;
};

// True where this process may have mount and network namespaces of its own (asked of a forked child).
bool private_network_possible();

// Moves the process into namespaces where /etc/hosts is ours, unknown names fail at once and every port is
// free. Must come before the first thread. Throws std::system_error with the step that was refused;
// std::logic_error when called twice. `scratch` is a directory that outlives the process.
void enter_private_network(const std::filesystem::path &scratch, std::span<const host_entry> hosts,
                           network_options options = {});
bool in_private_network();

// Both may be called at any time from any thread once inside.
void set_hosts(std::span<const host_entry> hosts);
void set_trust(trust where, const std::string &authority_pem);

} // namespace azure_wi::world
