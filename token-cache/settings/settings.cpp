#include "token-cache/settings/settings.hpp"

#include "token-cache/ascii.hpp"
#include "token-cache/guid.hpp"
#include "token-cache/settings/authority.hpp"
#include "token-cache/settings/duration.hpp"
#include "token-cache/settings/origin.hpp"
#include "token-cache/settings/url.hpp"

#include <algorithm>

namespace azure_wi {

namespace {

using namespace std::chrono_literals;

[[nodiscard]] failure invalid(setting which) {
    return {.code = errc::invalid_setting, .about = display_name(which)};
}

[[nodiscard]] bool is_path(std::string_view text) {
    return text.starts_with('/') && !std::ranges::any_of(text, is_control);
}

/// A binding's proxy URL: https, a host, perhaps a port and a path, and nothing that could hide a secret
/// or change where the path ends.
[[nodiscard]] bool is_binding_proxy(std::string_view text) {
    const auto parts = split_url(text);
    return parts && parts->scheme == "https" && parts->userinfo.empty() &&
           text.find_first_of("@?# ") == std::string_view::npos &&
           read_origin(text.substr(0, text.size() - parts->path.size())).has_value();
}

[[nodiscard]] result<identity_binding> read_binding(const raw_settings &raw) {
    identity_binding binding{.proxy = raw.get(setting::binding_proxy),
                             .sni_name = raw.get(setting::binding_sni),
                             .ca_file = raw.get(setting::binding_ca_file),
                             .ca_data = raw.get(setting::binding_ca_data)};
    if (!binding.active()) {
        for (const setting sibling :
             {setting::binding_sni, setting::binding_ca_file, setting::binding_ca_data}) {
            if (raw.has(sibling))
                return failure{.code = errc::binding_without_proxy, .about = display_name(sibling)};
        }
        return binding;
    }
    if (!is_binding_proxy(binding.proxy))
        return invalid(setting::binding_proxy);
    if (!binding.sni_name.empty() && !is_dns_name(binding.sni_name))
        return invalid(setting::binding_sni);
    if (!binding.ca_file.empty() && !is_path(binding.ca_file))
        return invalid(setting::binding_ca_file);
    // It stands whole in the cache key, and the key with the token in a record of at most 64 KiB.
    if (binding.ca_data.size() > 16 * 1024)
        return invalid(setting::binding_ca_data);
    return binding;
}

[[nodiscard]] result<identity> read_identity(const raw_settings &raw) {
    identity who;
    if (!raw.has(setting::client_id))
        return failure{.code = errc::client_id_missing};
    if (!raw.has(setting::tenant_id))
        return failure{.code = errc::tenant_id_missing};
    who.client_id = raw.get(setting::client_id);
    if (!is_guid(who.client_id))
        return invalid(setting::client_id);
    who.tenant_id = raw.get(setting::tenant_id);
    if (!is_dns_name(who.tenant_id)) // a GUID is one label
        return invalid(setting::tenant_id);

    // A command is only ever ours, a token file can be what the webhook put into every container.
    if (raw.has(setting::token_command)) {
        who.token_command = raw.get(setting::token_command);
        if (who.token_command.size() > 4096 || std::ranges::any_of(who.token_command, is_control))
            return invalid(setting::token_command);
    } else {
        who.token_file = raw.get(setting::token_file);
        if (!is_path(who.token_file))
            return invalid(setting::token_file);
    }

    auto authority = read_authority(raw.get(setting::authority_host), raw.get(setting::allow_authority));
    if (!authority)
        return authority.error();
    who.authority = std::move(*authority);
    auto binding = read_binding(raw);
    if (!binding)
        return binding.error();
    who.binding = std::move(*binding);
    who.scope = azure_devops_scope;
    return who;
}

} // namespace

bool has_token_source(const raw_settings &raw) {
    return raw.has(setting::token_file) || raw.has(setting::token_command);
}

result<settings> read_settings(const raw_settings &raw) {
    settings read;
    auto who = read_identity(raw);
    if (!who)
        return who.error();
    read.who = std::move(*who);
    read.trust = {.ca_file = raw.get(setting::ca_file),
                  .cert_file = raw.get(setting::cert_file),
                  .cert_dir = raw.get(setting::cert_dir)};
    // git runs a helper inside the repository: a relative path would let a clone bring its own root.
    if (!read.trust.ca_file.empty() && !is_path(read.trust.ca_file))
        return invalid(setting::ca_file);
    read.proxy = raw.get(setting::proxy);
    read.cache_dir = raw.get(setting::cache_dir);
    if (!read.cache_dir.empty() && read.cache_dir != "none" && !is_path(read.cache_dir))
        return invalid(setting::cache_dir);

    if (const std::string &auth = raw.get(setting::auth); auth == "bearer")
        read.auth = auth_mode::bearer;
    else if (auth == "basic")
        read.auth = auth_mode::basic;
    else if (!auth.empty() && auth != "auto")
        return invalid(setting::auth);

    if (raw.has(setting::min_validity)) {
        const auto duration = read_duration(raw.get(setting::min_validity));
        if (!duration || *duration > 24h)
            return invalid(setting::min_validity);
        read.min_validity = std::chrono::ceil<std::chrono::seconds>(*duration);
    }
    if (raw.has(setting::timeout)) {
        const auto duration = read_duration(raw.get(setting::timeout));
        if (!duration || *duration < 1ms || *duration > 10min)
            return invalid(setting::timeout);
        read.timeout = *duration;
    }
    return read;
}

} // namespace azure_wi
