#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azure_wi {

/// The origin (RFC 6454) that an administrator names in a list or a setting: "https://host[:port]", with
/// at most a '/' behind it. Answers "scheme://host[:port]" in lower case without the scheme's default port.
/// Nothing for: user information, a path, a host that is neither a name of letters, digits and hyphens nor
/// an IP literal, a port that is not 1-65535 in canonical digits, and http for anything but a loopback
/// literal.
[[nodiscard]] std::optional<std::string> read_origin(std::string_view text);

/// True for a DNS name in ASCII: labels of letters, digits and inner hyphens, at most 63 bytes each, 253 in
/// all.
[[nodiscard]] bool is_dns_name(std::string_view text);

/// True for "127.a.b.c" in canonical decimal digits and "[::1]": addresses that cannot be another machine.
[[nodiscard]] bool is_loopback_literal(std::string_view host_name);

/// 1-65535 without sign, blank or leading zero.
[[nodiscard]] bool is_port(std::string_view text);

} // namespace azure_wi
