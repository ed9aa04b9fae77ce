#include "tests/world/world_state.hpp"

#include <fstream>
#include <stdexcept>

namespace azure_wi::world {
namespace {

endpoint place(world_mode mode, const std::string &address, std::uint16_t port) {
    return mode == world_mode::private_network ? endpoint{address, port} : endpoint{"127.0.0.1", 0};
}

void write_text(const std::filesystem::path &file, const std::string &content) {
    std::ofstream stream{file, std::ios::binary};
    stream << content;
    stream.close();
    if (!stream)
        throw std::runtime_error{"cannot write " + file.string()};
}

constexpr auto git_configuration = R"([user]
	name = A Pod
	email = pod@example.com
[init]
	defaultBranch = main
[advice]
	detachedHead = false
[filter "lfs"]
	clean = git-lfs clean -- %f
	smudge = git-lfs smudge -- %f
	process = git-lfs filter-process
	required = true
)";

} // namespace

std::vector<std::string> names_at(const std::string &address) {
    std::vector<std::string> names;
    for (const auto &entry : default_hosts())
        if (entry.address == address)
            names.push_back(entry.name);
    return names;
}

certificate_options options_for(std::vector<std::string> names) {
    certificate_options options;
    options.common_name = names.front();
    options.dns_names = std::move(names);
    return options;
}

world::state::state(world &of, const world_options &options)
    : mode{options.mode}, git_command{options.git_command},
      temporary{options.directory.empty()
                    ? std::optional<temporary_directory>{std::in_place, "azure-wi-world"}
                    : std::nullopt},
      directory{temporary ? temporary->path() : options.directory}, build_token{directory / "tokens" /
                                                                                    "build",
                                                                                mint(build_subject)},
      deploy_token{directory / "tokens" / "deploy", mint(deploy_subject)}, repos{directory / "repositories",
                                                                                 ledger, clock},
      foreign{directory / "foreign"}, control{of}, entra_door{secure(entra_address, names_at(entra_address),
                                                                     entra)},
      dev_azure_door{secure(dev_azure_address, {"dev.azure.com", "*.dev.azure.com"}, repos)},
      visualstudio_door{secure(visualstudio_address, {"*.visualstudio.com", "visualstudio.com"}, repos)},
      foreign_door{secure(foreign_address, names_at(foreign_address), foreign)},
      plain_foreign_door{plain(foreign_address, 80, foreign)},
      token_proxy_door{secure(token_proxy_address, {std::string{binding_server_name}}, token_proxy)},
      proxy_door{plain(proxy_address, 3128, proxy)} {
    token_proxy_door.set_certificate(
        token_proxy_authority.issue(options_for({std::string{binding_server_name}})));
    make_home();
    map_names();
    furnish();
    if (mode == world_mode::private_network)
        set_trust(trust::both, process_authority().pem());
}

std::string world::state::mint(const char *subject) const {
    claims what;
    what.subject = subject;
    return cluster.mint(what);
}

tls_listener world::state::secure(const std::string &address, std::vector<std::string> names,
                                  stand_in &role) const {
    tls_settings settings;
    settings.identity = process_authority().issue(options_for(std::move(names)));
    return {place(mode, address, 443), settings, [&role](connection &peer) { role.serve(peer); }};
}

tls_listener world::state::plain(const std::string &address, std::uint16_t port, stand_in &role) const {
    return {place(mode, address, port), std::nullopt, [&role](connection &peer) { role.serve(peer); }};
}

void world::state::open_control_door() {
    control_door.emplace(place(mode, control_address, 8080), std::nullopt,
                         [this](connection &peer) { control.serve(peer); });
}

world::state::~state() {
    // Opens every gate first: a door waits for the threads that stand before one.
    for (stand_in *role :
         std::initializer_list<stand_in *>{&entra, &token_proxy, &repos, &foreign, &proxy, &control})
        role->stop();
}

void world::state::make_home() const {
    std::filesystem::create_directories(directory / "home");
    std::filesystem::create_directories(directory / "run");
    std::filesystem::permissions(directory / "run", std::filesystem::perms::owner_all);
    write_text(directory / "home" / ".gitconfig", git_configuration);
    write_text(directory / "ca.pem", process_authority().pem());
    write_text(directory / "token-proxy-ca.pem", token_proxy_authority.pem());
}

void world::state::map_names() {
    for (const auto &[address, name] : default_hosts()) {
        if (address == entra_address)
            proxy.map(name, entra_door.address());
        else if (address == dev_azure_address)
            proxy.map(name, dev_azure_door.address());
        else if (address == visualstudio_address)
            proxy.map(name, visualstudio_door.address());
        else if (address == foreign_address) {
            proxy.map(name, foreign_door.address());
            proxy.map(name + ":80", plain_foreign_door.address());
        }
    }
}

void world::state::furnish() {
    entra.trust_issuer(cluster);
    entra.add_tenant(tenant_id);
    entra.add_tenant_name(tenant_id, "contoso.onmicrosoft.com");
    for (const auto &[client, subject] :
         {std::pair{build_client_id, build_subject}, std::pair{deploy_client_id, deploy_subject}}) {
        entra.add_application(tenant_id, client);
        entra.add_federated_credential(tenant_id, client, {cluster_issuer, subject});
    }
    repos.set_git_command(git_command);
    foreign.set_git_command(git_command);
    foreign.serve_objects(repos.lfs());
    for (const auto &[org, client] :
         {std::pair{"contoso", build_client_id}, std::pair{"fabrikam", deploy_client_id}}) {
        repos.add_organisation(org, tenant_id);
        repos.add_member(org, client, permission::contribute);
        repos.create_repository(org, "project", "repo");
        repos.create_repository(org, "My Project", "repo");
    }
    foreign.create_repository("team/lib.git");
}

} // namespace azure_wi::world
