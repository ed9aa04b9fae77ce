#pragma once

#include "token-cache/result.hpp"

#include <string>
#include <string_view>

namespace azure_wi {

inline constexpr std::string_view default_authority = "https://login.microsoftonline.com";

/// The authority as an origin without trailing slash. Fails with invalid_setting where `text`, or an entry of
/// `allowed` that is looked at, is no origin, and with authority_not_allowed where it is neither an authority
/// that Entra is known to run in the public, US government and China clouds (the hosts of MSAL's instance
/// discovery) nor in `allowed`, the administrator's comma-separated list.
[[nodiscard]] result<std::string> read_authority(std::string_view text, std::string_view allowed);

} // namespace azure_wi
