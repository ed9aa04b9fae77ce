#pragma once

#include "tests/world/azure_repos.hpp"
#include "tests/world/binding_proxy.hpp"
#include "tests/world/certificate_authority.hpp"
#include "tests/world/child_process.hpp"
#include "tests/world/connect_proxy.hpp"
#include "tests/world/entra.hpp"
#include "tests/world/foreign.hpp"
#include "tests/world/issuer.hpp"
#include "tests/world/private_network.hpp"
#include "tests/world/projected_token.hpp"
#include "tests/world/tls_listener.hpp"
#include "tests/world/world_clock.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace azure_wi::world {

class http_control;

// private_network: true names on port 443. proxy: high ports behind HTTPS_PROXY, where namespaces are
// refused.
enum class world_mode { private_network, proxy };

inline constexpr auto tenant_id = "72f988bf-86f1-41af-91ab-2d7cd011db47";
inline constexpr auto build_client_id = "11111111-aaaa-4bbb-8ccc-000000000001";  // contributes to contoso
inline constexpr auto deploy_client_id = "22222222-aaaa-4bbb-8ccc-000000000002"; // contributes to fabrikam
inline constexpr auto build_subject = "system:serviceaccount:default:build";
inline constexpr auto deploy_subject = "system:serviceaccount:default:deploy";
inline constexpr auto cluster_issuer = "https://oidc.prod-aks.azure.test/5a1e/";
inline constexpr auto default_repository = "https://dev.azure.com/contoso/project/_git/repo";

// Every name the world answers to, with its address in the private network.
std::vector<host_entry> default_hosts();
// First line of main(), before any thread: enters the private network with default_hosts(), in a scratch
// directory that is removed at exit.
void enter_private_network();

struct world_options {
    world_mode mode = in_private_network() ? world_mode::private_network : world_mode::proxy;
    std::filesystem::path directory = {};           // empty: a temporary one, removed with the world
    std::vector<std::string> git_command = {"git"}; // whose http-backend serves
};

// Entra, Azure Repos and the rest, running until the destructor. In a private network one world at a time.
// Holds: one tenant; two applications with a federated credential each; organisations contoso and fabrikam
// with project/repo and "My Project"/repo; foreign repository "team/lib.git".
class world {
public:
    explicit world(world_options options = {});
    ~world();
    world(const world &) = delete;
    world &operator=(const world &) = delete;

    world_mode mode() const;
    const std::filesystem::path &directory() const;
    std::filesystem::path home() const;
    std::filesystem::path ca_file() const; // the root in PEM

    world_clock &clock();
    token_ledger &ledger();
    const certificate_authority &authority() const;
    const issuer &cluster() const;
    entra_stand_in &entra();
    binding_proxy &token_proxy();
    azure_repos_stand_in &repos();
    foreign_hosts &foreign();
    connect_proxy &proxy();

    tls_listener &entra_door();
    tls_listener &token_proxy_door();
    tls_listener &dev_azure_door();
    tls_listener &visualstudio_door();
    tls_listener &foreign_door();
    tls_listener &plain_foreign_door(); // http
    tls_listener &proxy_door();

    // The certificate a door serves when nothing is staged, to be changed in one detail.
    certificate_options entra_certificate() const;
    void trust_authority(trust where); // private network only

    // The build workload's projected token; deploy's is beside it.
    projected_token &build_token();
    projected_token &deploy_token();
    void rotate(const claims &what = {}); // build's, newly minted

    std::string proxy_url() const;       // http://…:3128
    std::string token_proxy_url() const; // AZURE_KUBERNETES_TOKEN_PROXY
    std::string token_proxy_server_name() const;
    std::string token_proxy_ca_pem() const;
    std::string control_url() const;

    using variables = std::map<std::string, std::string>;
    variables environment() const; // AZURE_* of the build workload, WORLD_*, and the proxy's in proxy mode
    variables deploy_environment() const;      // the same for the deploy workload
    variables token_proxy_environment() const; // AZURE_KUBERNETES_*
    // All a child gets: a bare PATH, HOME, and environment(); `extra` wins, an empty value removes.
    std::vector<std::string> child_environment(const variables &extra = {}) const;
    process_result
    run(std::vector<std::string> arguments, const variables &extra = {}, std::string input = {},
        const std::filesystem::path &directory = {}) const; // in home() unless told; 120 s at most

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace azure_wi::world
