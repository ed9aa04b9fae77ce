#pragma once

#include "tests/world/http_control.hpp"
#include "tests/world/temporary_directory.hpp"
#include "tests/world/world.hpp"

namespace azure_wi::world {

// Where each role stands in a private network.
inline constexpr auto entra_address = "127.0.1.1";
inline constexpr auto dev_azure_address = "127.0.1.2";
inline constexpr auto visualstudio_address = "127.0.1.3";
inline constexpr auto foreign_address = "127.0.1.4";
inline constexpr auto token_proxy_address = "127.0.1.5";
inline constexpr auto proxy_address = "127.0.1.6";
inline constexpr auto control_address = "127.0.1.7";

inline constexpr std::string_view binding_prefix = "/identity-bindings/v1";
inline constexpr std::string_view binding_server_name = "72f988bf-86f1-41af-91ab-2d7cd011db47.ests.aks";

std::vector<std::string> names_at(const std::string &address);
certificate_options options_for(std::vector<std::string> names);

struct world::state {
    // In the order of construction: doors last, so that they close before what they serve goes away.
    world_mode mode;
    std::vector<std::string> git_command;
    std::optional<temporary_directory> temporary;
    std::filesystem::path directory;
    world_clock clock;
    token_ledger ledger;
    issuer cluster{cluster_issuer};
    certificate_authority token_proxy_authority{"azure-wi token proxy root"};
    projected_token build_token;
    projected_token deploy_token;
    entra_stand_in entra{ledger, clock};
    binding_proxy token_proxy{entra, std::string{binding_prefix}};
    azure_repos_stand_in repos;
    foreign_hosts foreign;
    connect_proxy proxy;
    http_control control;
    tls_listener entra_door;
    tls_listener dev_azure_door;
    tls_listener visualstudio_door;
    tls_listener foreign_door;
    tls_listener plain_foreign_door;
    tls_listener token_proxy_door;
    tls_listener proxy_door;
    std::optional<tls_listener> control_door; // opens when the rest stands: it reaches everywhere

    state(world &of, const world_options &options);
    ~state();
    std::string mint(const char *subject) const;
    tls_listener secure(const std::string &address, std::vector<std::string> names, stand_in &role) const;
    tls_listener plain(const std::string &address, std::uint16_t port, stand_in &role) const;
    void furnish();
    void open_control_door();
    void make_home() const;
    void map_names();
};

} // namespace azure_wi::world
