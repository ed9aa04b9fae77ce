#include "token-cache/settings/authority.hpp"

#include "token-cache/settings/origin.hpp"
#include "token-cache/settings/remote.hpp"
#include "token-cache/settings/setting_names.hpp"

#include <algorithm>
#include <array>

namespace azure_wi {

namespace {

constexpr std::array<std::string_view, 9> known_authorities{
    default_authority,
    "https://login.windows.net",
    "https://login.microsoft.com",
    "https://sts.windows.net",
    "https://login.partner.microsoftonline.cn",
    "https://login.chinacloudapi.cn",
    "https://login.microsoftonline.us",
    "https://login.usgovcloudapi.net",
    "https://login-us.microsoftonline.com",
};

} // namespace

result<std::string> read_authority(std::string_view text, std::string_view allowed) {
    if (text.empty())
        return std::string(default_authority);
    const std::optional<std::string> authority = read_origin(text);
    if (!authority)
        return failure{.code = errc::invalid_setting, .about = display_name(setting::authority_host)};
    if (std::ranges::find(known_authorities, *authority) != known_authorities.end())
        return *authority;
    for (const std::string_view entry : split_list(allowed)) {
        const std::optional<std::string> origin = read_origin(entry);
        if (!origin)
            return failure{.code = errc::invalid_setting, .about = display_name(setting::allow_authority)};
        if (*origin == *authority)
            return *authority;
    }
    return failure{.code = errc::authority_not_allowed, .about = display_name(setting::authority_host)};
}

} // namespace azure_wi
