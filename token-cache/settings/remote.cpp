#include "token-cache/settings/remote.hpp"

#include "token-cache/ascii.hpp"
#include "token-cache/settings/origin.hpp"

#include <algorithm>
#include <array>

namespace azure_wi {

namespace {

constexpr std::string_view modern_host = "dev.azure.com";
constexpr std::string_view legacy_suffix = ".visualstudio.com";

/// Names under visualstudio.com that are Microsoft's own web sites, not organisations.
constexpr std::array<std::string_view, 5> reserved_labels{"www", "app", "code", "marketplace", "my"};

/// The organisation's label in a legacy host name, empty where it is none. `name` is without port.
[[nodiscard]] std::string_view legacy_organisation(std::string_view name) {
    if (name.size() <= legacy_suffix.size() ||
        !equal_ignoring_case(name.substr(name.size() - legacy_suffix.size()), legacy_suffix))
        return {};
    const std::string_view label = name.substr(0, name.size() - legacy_suffix.size());
    if (label.find('.') != std::string_view::npos || !is_dns_name(label) ||
        equal_ignoring_case(label.substr(0, 4), "xn--"))
        return {};
    const bool reserved = std::ranges::any_of(
        reserved_labels, [&](std::string_view r) { return equal_ignoring_case(label, r); });
    return reserved ? std::string_view() : label;
}

[[nodiscard]] std::string_view without_https_port(std::string_view host) {
    constexpr std::string_view port = ":443";
    return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

} // namespace

bool is_azure_repos(std::string_view protocol, std::string_view host) {
    if (protocol != "https")
        return false;
    const std::string_view name = without_https_port(host);
    return equal_ignoring_case(name, modern_host) || !legacy_organisation(name).empty();
}

result<remote_rules> remote_rules::read(const raw_settings &raw) {
    remote_rules rules;
    for (const std::string_view entry : split_list(raw.get(setting::allow_host))) {
        std::optional<std::string> origin = read_origin(entry);
        if (!origin)
            return failure{.code = errc::invalid_setting, .about = display_name(setting::allow_host)};
        rules.allowed_origins_.push_back(std::move(*origin));
    }
    for (const std::string_view name : split_list(raw.get(setting::org)))
        rules.organisations_.push_back(lower_case(name));
    return rules;
}

bool remote_rules::covers_host(std::string_view protocol, std::string_view host) const {
    if (is_azure_repos(protocol, host))
        return true;
    if (allowed_origins_.empty() || host.find('@') != std::string_view::npos)
        return false;
    std::string url(protocol);
    url += "://";
    url += host;
    // Read by the same rules as the entry, so that both are spelled alike; a host that is no host, or a
    // path that hides in it, reads as nothing.
    const std::optional<std::string> origin = url.ends_with('/') ? std::nullopt : read_origin(url);
    return origin && std::ranges::find(allowed_origins_, *origin) != allowed_origins_.end();
}

remote_rules::organisation remote_rules::covers_organisation(std::string_view host,
                                                             std::string_view path) const {
    if (organisations_.empty())
        return organisation::covered;
    std::string_view name = legacy_organisation(without_https_port(host));
    if (name.empty()) {
        if (path.empty())
            return organisation::unknown;
        // "contoso/%2e%2e/fabrikam" comes here decoded, and Azure Repos would take it for fabrikam.
        if (path.find("/..") != std::string_view::npos)
            return organisation::not_covered;
        name = path.substr(0, path.find('/'));
    }
    const bool named = std::ranges::any_of(
        organisations_, [&](const std::string &o) { return equal_ignoring_case(o, name); });
    return named ? organisation::covered : organisation::not_covered;
}

std::vector<std::string_view> split_list(std::string_view list) {
    std::vector<std::string_view> parts;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        std::string_view part = list.substr(0, comma);
        while (part.starts_with(' '))
            part.remove_prefix(1);
        while (part.ends_with(' '))
            part.remove_suffix(1);
        if (!part.empty())
            parts.push_back(part);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return parts;
}

} // namespace azure_wi
