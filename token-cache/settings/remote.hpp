#pragma once

#include "token-cache/result.hpp"
#include "token-cache/settings/setting_names.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azure_wi {

/// True where a bearer token of Azure DevOps may go to `host` (with its ":port") over `protocol`, by what
/// Azure Repos itself is: exactly "https", and "dev.azure.com" or one organisation's label under
/// "visualstudio.com", no port or ":443". ASCII case is folded; nothing is decoded, trimmed or parsed
/// again, for git has decoded once already and a second time is a way around this check.
[[nodiscard]] bool is_azure_repos(std::string_view protocol, std::string_view host);

/// Which remotes get a token: those of Azure Repos and the administrator's list, less the organisations
/// that were not named.
class remote_rules {
public:
    /// Reads `allow_host` and `org`. Fails with invalid_setting.
    static result<remote_rules> read(const raw_settings &raw);

    [[nodiscard]] bool covers_host(std::string_view protocol, std::string_view host) const;

    enum class organisation {
        covered,
        not_covered,
        unknown, ///< organisations are named, and the path that would tell which one this is, is missing
    };

    /// Precondition: covers_host(). `path` is without the leading '/', as git sends it; empty where git does
    /// not.
    [[nodiscard]] organisation covers_organisation(std::string_view host, std::string_view path) const;

private:
    std::vector<std::string> allowed_origins_; ///< as read_origin() spells them
    std::vector<std::string> organisations_;   ///< lower case; empty: all
};

/// The parts of a comma-separated list, blanks around them dropped, empty ones left out.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view list);

} // namespace azure_wi
