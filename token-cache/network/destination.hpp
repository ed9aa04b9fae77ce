#pragma once

#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace azure_wi {

/// Where a request goes, as messages name it.
struct destination {
    std::string host; ///< "host:port", the port given even where it is the scheme's own
    bool encrypted = true;
};

/// Nothing for a URL that split_url() does not take.
[[nodiscard]] std::optional<destination> destination_of(std::string_view url);

/// "host:port" of a proxy setting, without its scheme, user and password, made printable. An empty setting
/// stands for what libcurl finds in the environment. For messages only: NO_PROXY is not looked at.
[[nodiscard]] std::string proxy_name(std::string_view setting);

/// "127.0.0.1:443" or "[::1]:443"; empty for other families.
[[nodiscard]] std::string address_text(const ::sockaddr &address);

} // namespace azure_wi
