#include "tests/world/world.hpp"

#include <array>
#include <cstdlib>

#include <unistd.h>

namespace azure_wi::world {
namespace {

// What a child keeps of the caller's environment: the way to programs, and the sanitizers' settings.
// Everything else (proxies, SSL_CERT_FILE, GIT_*, …) describes the real machine and would lead out of the
// world.
constexpr std::array kept_variables{"PATH",          "TERM",         "COLUMNS",
                                    "NO_COLOR",      "ASAN_OPTIONS", "TSAN_OPTIONS",
                                    "UBSAN_OPTIONS", "LSAN_OPTIONS", "GCOV_PREFIX"};

} // namespace

world::variables world::environment() const {
    const bool private_network = mode() == world_mode::private_network;
    variables result{{"AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/"},
                     {"AZURE_CLIENT_ID", build_client_id},
                     {"AZURE_FEDERATED_TOKEN_FILE", (directory() / "tokens" / "build" / "token").string()},
                     {"AZURE_TENANT_ID", tenant_id},
                     {"WORLD_CONTROL", control_url()},
                     {"WORLD_DIRECTORY", directory().string()},
                     {"WORLD_MODE", private_network ? "private" : "proxy"},
                     {"WORLD_REPOSITORY", default_repository}};
    if (!private_network) {
        const std::string ca = ca_file().string();
        result.merge(variables{{"HTTPS_PROXY", proxy_url()},
                               {"https_proxy", proxy_url()},
                               {"GIT_SSL_CAINFO", ca},
                               {"CURL_CA_BUNDLE", ca},
                               {"AZURE_WI_CA_FILE", ca}});
    }
    return result;
}

world::variables world::deploy_environment() const {
    auto result = environment();
    result["AZURE_CLIENT_ID"] = deploy_client_id;
    result["AZURE_FEDERATED_TOKEN_FILE"] = (directory() / "tokens" / "deploy" / "token").string();
    return result;
}

world::variables world::token_proxy_environment() const {
    return {{"AZURE_KUBERNETES_TOKEN_PROXY", token_proxy_url()},
            {"AZURE_KUBERNETES_SNI_NAME", token_proxy_server_name()},
            {"AZURE_KUBERNETES_CA_FILE", (directory() / "token-proxy-ca.pem").string()}};
}

std::vector<std::string> world::child_environment(const variables &extra) const {
    variables all = environment();
    for (const char *name : kept_variables)
        if (const char *value = std::getenv(name))
            all[name] = value;
    const variables fixed{{"HOME", home().string()},
                          {"LC_ALL", "C.UTF-8"},
                          {"XDG_RUNTIME_DIR", (directory() / "run").string()},
                          {"GIT_CONFIG_NOSYSTEM", "1"},
                          {"GIT_TERMINAL_PROMPT", "0"}};
    for (const auto &[name, value] : fixed)
        all[name] = value;
    for (const auto &[name, value] : extra)
        all[name] = value;

    std::vector<std::string> list;
    for (const auto &[name, value] : all)
        if (!value.empty() || !extra.contains(name))
            list.push_back(name + '=' + value);
    return list;
}

process_result world::run(std::vector<std::string> arguments, const variables &extra, std::string input,
                          const std::filesystem::path &where) const {
    return azure_wi::world::run(command{.arguments = std::move(arguments),
                                        .environment = child_environment(extra),
                                        .input = std::move(input),
                                        .directory = where.empty() ? home() : where,
                                        .limit = std::chrono::seconds{120}});
}

} // namespace azure_wi::world
