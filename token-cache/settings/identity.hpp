#pragma once

#include <string>

namespace azure_wi {

/// An AKS identity binding: the exchange goes through a proxy in the cluster. All from the webhook.
struct identity_binding {
    std::string proxy;    ///< https URL: no user, query or fragment; its path is put before the authority's
    std::string sni_name; ///< SNI and verified name; empty: the proxy URL's host
    std::string ca_file;  ///< PEM, read anew for every request; empty: none
    std::string ca_data;  ///< PEM; wins over ca_file (the webhook can set both)

    [[nodiscard]] bool active() const { return !proxy.empty(); }
};

/// Who asks for a token, and where: all that decides which token it is. It is what the cache key is made of.
struct identity {
    std::string authority; ///< "https://login.microsoftonline.com", lower case, no trailing slash
    std::string tenant_id;
    std::string client_id;
    std::string scope;         ///< "499b84ac-1321-427f-aa17-267ca6975798/.default": Azure Repos
    std::string token_file;    ///< absolute path; empty where token_command is used
    std::string token_command; ///< argv, split at blanks with quotes; empty where token_file is used
    identity_binding binding;
};

/// The scope of Azure DevOps, the resource that Azure Repos is part of (Entra: "{resource}/.default").
inline constexpr const char *azure_devops_scope = "499b84ac-1321-427f-aa17-267ca6975798/.default";

} // namespace azure_wi
