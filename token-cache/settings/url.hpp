#pragma once

#include <optional>
#include <string_view>

namespace azure_wi {

/// The parts of an http or https URL, as they stand there: nothing decoded, trimmed or folded.
/// The views point into the URL that was split.
struct url_parts {
    std::string_view scheme;   ///< "https" or "http"
    std::string_view userinfo; ///< without the '@'; empty where there is none
    std::string_view host;     ///< host with its ":port" where there is one, as git calls it
    std::string_view path;     ///< from the first '/' on, with query and fragment; empty where there is none
};

/// Splits a URL, or returns nothing for everything that two parsers could read differently: a scheme not
/// spelled exactly "https" or "http", fewer or more than two slashes, a backslash, blank or control byte in
/// the authority, a second '@', a '?' or '#' that ends the authority without a '/' (RFC 3986 section 3.2
/// allows it; git refuses such host names since 4c5971e18a).
/// One strict parser serves the authority, the lists of the administrator, identity bindings and our
/// requests.
[[nodiscard]] std::optional<url_parts> split_url(std::string_view url);

/// The port of `host` ("name:443" → "443"), empty where there is none; brackets of IPv6 are respected.
[[nodiscard]] std::string_view port_of(std::string_view host);

/// `host` without its ":port".
[[nodiscard]] std::string_view name_of(std::string_view host);

} // namespace azure_wi
