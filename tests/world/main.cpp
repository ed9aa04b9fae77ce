// azure-wi-world [--mode private|proxy|auto] [--directory DIR] -- COMMAND…
// Runs COMMAND with a stand-in Entra and a stand-in Azure Repos around it.

#include "tests/world/world.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace world = azure_wi::world;

constexpr int own_failure = 125; // as env(1) and timeout(1) do it

struct usage_error {};

struct request {
    std::string mode = "auto";
    std::filesystem::path directory;
    std::vector<std::string> command;
};

request parse(const std::vector<std::string> &arguments) {
    request wanted;
    auto next = arguments.begin();
    const auto value = [&] {
        if (++next == arguments.end())
            throw usage_error{};
        return *next;
    };
    for (; next != arguments.end() && next->starts_with("--"); ++next) {
        if (*next == "--") {
            ++next;
            break;
        }
        if (*next == "--mode")
            wanted.mode = value();
        else if (*next == "--directory")
            wanted.directory = std::filesystem::absolute(value());
        else
            throw usage_error{};
    }
    wanted.command.assign(next, arguments.end());
    const bool known = wanted.mode == "auto" || wanted.mode == "private" || wanted.mode == "proxy";
    if (wanted.command.empty() || !known)
        throw usage_error{};
    return wanted;
}

world::world_mode settle(const std::string &mode) {
    if (mode == "proxy" || (mode == "auto" && !world::private_network_possible())) {
        std::fputs(
            "azure-wi-world: proxy mode: names are reached through HTTPS_PROXY on this machine's loopback\n",
            stderr);
        return world::world_mode::proxy;
    }
    world::enter_private_network();
    std::fputs("azure-wi-world: private mode: own network and mounts, true names on port 443\n", stderr);
    return world::world_mode::private_network;
}

int run(const request &wanted) {
    const auto mode = settle(wanted.mode);
    world::world here{{.mode = mode, .directory = wanted.directory}};
    return world::run_in_foreground({.arguments = wanted.command, .environment = here.child_environment()});
}

} // namespace

int main(int count, char **values) {
    try {
        return run(parse({values + 1, values + count}));
    } catch (const usage_error &) {
        std::fputs("usage: azure-wi-world [--mode private|proxy|auto] [--directory DIR] -- COMMAND...\n",
                   stderr);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "azure-wi-world: %s\n", error.what());
    }
    return own_failure;
}
