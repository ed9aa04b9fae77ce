#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace azure_wi {

/// The settings that both doors share, in the order of their table.
enum class setting : std::size_t {
    client_id,
    tenant_id,
    token_file,
    token_command,
    authority_host,
    allow_authority,
    cache_dir,
    auth,
    allow_host,
    org,
    min_validity,
    timeout,
    ca_file,
    cert_file,
    cert_dir,
    proxy,
    binding_proxy,
    binding_sni,
    binding_ca_file,
    binding_ca_data, // the last one
};

inline constexpr std::size_t setting_count = static_cast<std::size_t>(setting::binding_ca_data) + 1;

/// A setting's two names; either can be empty. Messages name what the user has to change by these.
struct setting_name {
    std::string_view option;   ///< without the dashes
    std::string_view variable; ///< environment
    bool list = false;         ///< option repeatable, variable separated by commas
};

inline constexpr std::array<setting_name, setting_count> setting_names{{
    {"client-id", "AZURE_CLIENT_ID"},
    {"tenant-id", "AZURE_TENANT_ID"},
    {"token-file", "AZURE_FEDERATED_TOKEN_FILE"},
    {"token-command", "AZURE_WI_TOKEN_COMMAND"},
    {"authority-host", "AZURE_AUTHORITY_HOST"},
    {"allow-authority", "AZURE_WI_ALLOW_AUTHORITIES", true},
    {"cache-dir", "AZURE_WI_CACHE_DIR"},
    {"auth", "AZURE_WI_AUTH"},
    {"allow-host", "AZURE_WI_ALLOW_HOSTS", true},
    {"org", "", true},
    {"min-validity", "AZURE_WI_MIN_VALIDITY"},
    {"timeout", "AZURE_WI_TIMEOUT"},
    {"ca-file", "AZURE_WI_CA_FILE"},
    {"", "SSL_CERT_FILE"},
    {"", "SSL_CERT_DIR"},
    {"proxy", ""},
    {"", "AZURE_KUBERNETES_TOKEN_PROXY"},
    {"", "AZURE_KUBERNETES_SNI_NAME"},
    {"", "AZURE_KUBERNETES_CA_FILE"},
    {"", "AZURE_KUBERNETES_CA_DATA"},
}};

/// What the user wrote, unread: one value per setting, lists joined by commas. Absent and empty are the
/// same (a set-but-empty variable counts as unset; the workload-identity webhook relies on it).
class raw_settings {
public:
    void set(setting which, std::string_view value) { values_[index(which)] = value; }

    /// Adds to a list.
    void add(setting which, std::string_view value) {
        std::string &list = values_[index(which)];
        if (!list.empty())
            list += ',';
        list += value;
    }

    [[nodiscard]] const std::string &get(setting which) const { return values_[index(which)]; }
    [[nodiscard]] bool has(setting which) const { return !get(which).empty(); }

    /// Takes every setting that has no value yet from the environment; `lookup` is std::getenv or a stand-in.
    template <class Lookup>
    void fill_from_environment(Lookup lookup) {
        // The two token sources are one choice: a variable for the one must not beat an option for the other.
        const bool source_chosen = has(setting::token_file) || has(setting::token_command);
        for (std::size_t i = 0; i < setting_count; ++i) {
            const bool is_source = i == index(setting::token_file) || i == index(setting::token_command);
            if (!values_[i].empty() || setting_names[i].variable.empty() || (is_source && source_chosen))
                continue;
            // Every variable stands as a literal in the table, so data() ends with a NUL.
            if (const char *value = lookup(setting_names[i].variable.data()))
                values_[i] = value;
        }
    }

private:
    static constexpr std::size_t index(setting which) { return static_cast<std::size_t>(which); }

    std::array<std::string, setting_count> values_;
};

/// "--client-id (AZURE_CLIENT_ID)": how messages name a setting.
std::string display_name(setting which);

} // namespace azure_wi
