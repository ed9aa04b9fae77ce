#include "token-cache/network/destination.hpp"

#include "token-cache/printable.hpp"
#include "token-cache/settings/url.hpp"

#include <algorithm>
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace azure_wi {

std::optional<destination> destination_of(std::string_view url) {
    const auto parts = split_url(url);
    if (!parts)
        return std::nullopt;
    destination where{.host = std::string(parts->host), .encrypted = parts->scheme == "https"};
    if (port_of(where.host).empty())
        where.host = std::string(name_of(where.host)) + (where.encrypted ? ":443" : ":80");
    return where;
}

std::string proxy_name(std::string_view setting) {
    for (const char *name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        if (const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): read as libcurl reads it
            setting.empty() && value != nullptr)
            setting = value;
    if (const std::size_t scheme = setting.find("://"); scheme != std::string_view::npos)
        setting.remove_prefix(scheme + 3);
    // The last '@' of all, not of the authority: a password with a '/' in it must not get through.
    if (const std::size_t at = setting.rfind('@'); at != std::string_view::npos)
        setting.remove_prefix(at + 1);
    setting = setting.substr(0, std::min(setting.find('/'), setting.size()));
    return printable(setting, 300);
}

std::string address_text(const ::sockaddr &address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (address.sa_family == AF_INET) {
        const auto &v4 = reinterpret_cast<const ::sockaddr_in &>(address);
        ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
        return std::string(text) + ':' + std::to_string(ntohs(v4.sin_port));
    }
    if (address.sa_family == AF_INET6) {
        const auto &v6 = reinterpret_cast<const ::sockaddr_in6 &>(address);
        ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
        return '[' + std::string(text) + "]:" + std::to_string(ntohs(v6.sin6_port));
    }
    return {};
}

} // namespace azure_wi
