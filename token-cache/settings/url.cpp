#include "token-cache/settings/url.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>

namespace azure_wi {

namespace {

[[nodiscard]] bool ambiguous(char c) {
    // Bytes that end, extend or disappear from the authority in one parser or another. Bytes above 0x7f
    // stay: they never equal a host of ours, and silence is right for them.
    return is_control(c) || c == ' ' || c == '\\' || c == '?' || c == '#';
}

} // namespace

std::optional<url_parts> split_url(std::string_view url) {
    url_parts parts;
    for (const std::string_view scheme : {std::string_view("https"), std::string_view("http")}) {
        if (url.starts_with(scheme) && url.substr(scheme.size()).starts_with("://")) {
            parts.scheme = url.substr(0, scheme.size());
            break;
        }
    }
    if (parts.scheme.empty() || std::ranges::any_of(url, is_control))
        return std::nullopt;

    std::string_view rest = url.substr(parts.scheme.size() + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view authority = rest.substr(0, slash);
    parts.path = rest.substr(slash);
    if (std::ranges::any_of(authority, ambiguous))
        return std::nullopt;

    if (const std::size_t at = authority.find('@'); at != std::string_view::npos) {
        parts.userinfo = authority.substr(0, at);
        authority.remove_prefix(at + 1);
        if (authority.find('@') != std::string_view::npos)
            return std::nullopt;
    }
    if (authority.empty())
        return std::nullopt;
    parts.host = authority;
    return parts;
}

std::string_view port_of(std::string_view host) {
    const std::size_t bracket = host.rfind(']');
    const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    return colon == std::string_view::npos ? std::string_view() : host.substr(colon + 1);
}

std::string_view name_of(std::string_view host) {
    const std::string_view port = port_of(host);
    if (port.empty())
        return host.ends_with(':') && host.find(']') == std::string_view::npos
                   ? host.substr(0, host.find(':'))
                   : host;
    return host.substr(0, host.size() - port.size() - 1);
}

} // namespace azure_wi
