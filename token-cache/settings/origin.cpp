#include "token-cache/settings/origin.hpp"

#include "token-cache/ascii.hpp"
#include "token-cache/settings/url.hpp"

#include <algorithm>

namespace azure_wi {

namespace {

[[nodiscard]] bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
           std::ranges::all_of(text, [](char c) { return is_alnum(c) || c == '-'; });
}

/// A number of at most `most`, spelled as the digits that print it.
[[nodiscard]] bool is_canonical_number(std::string_view text, unsigned most) {
    if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, is_digit) ||
        (text.front() == '0' && text.size() > 1))
        return false;
    unsigned value = 0;
    for (const char c : text)
        value = value * 10 + static_cast<unsigned>(c - '0');
    return value <= most;
}

[[nodiscard]] bool is_ipv6_literal(std::string_view text) {
    return text.size() > 4 && text.front() == '[' && text.back() == ']' &&
           std::ranges::all_of(text.substr(1, text.size() - 2),
                               [](char c) { return is_hex(c) || c == ':' || c == '.'; });
}

} // namespace

bool is_dns_name(std::string_view text) {
    if (text.size() > 253)
        return false;
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!is_label(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_port(std::string_view text) {
    return is_canonical_number(text, 65535) && text != "0";
}

bool is_loopback_literal(std::string_view host_name) {
    if (host_name == "[::1]")
        return true;
    constexpr std::string_view prefix = "127.";
    if (!host_name.starts_with(prefix))
        return false;
    host_name.remove_prefix(prefix.size());
    for (int left = 3; left > 0; --left) {
        const std::size_t dot = left > 1 ? host_name.find('.') : host_name.size();
        if (dot == std::string_view::npos || !is_canonical_number(host_name.substr(0, dot), 255))
            return false;
        host_name.remove_prefix(std::min(dot + 1, host_name.size()));
    }
    return true;
}

std::optional<std::string> read_origin(std::string_view text) {
    const std::optional<url_parts> parts = split_url(text);
    if (!parts || (!parts->path.empty() && parts->path != "/"))
        return std::nullopt;
    // split_url drops nothing, so an empty user ("https://@host") shows in the length alone.
    const std::size_t plain = parts->scheme.size() + 3 + parts->host.size() + parts->path.size();
    if (text.size() != plain)
        return std::nullopt;

    const std::string_view name = name_of(parts->host);
    const std::string_view port = port_of(parts->host);
    if (name.size() != parts->host.size() && !is_port(port))
        return std::nullopt;
    if (!is_dns_name(name) && !is_ipv6_literal(name))
        return std::nullopt;
    const bool secure = parts->scheme == "https";
    if (!secure && !is_loopback_literal(name))
        return std::nullopt;

    std::string origin(parts->scheme);
    origin += "://";
    origin += lower_case(name);
    if (!port.empty() && port != (secure ? "443" : "80")) {
        origin += ':';
        origin += port;
    }
    return origin;
}

} // namespace azure_wi
