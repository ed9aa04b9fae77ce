#include "tests/world/world_state.hpp"

namespace azure_wi::world {

std::vector<host_entry> default_hosts() {
    std::vector<host_entry> hosts;
    const auto add = [&](const std::string &address, std::initializer_list<const char *> names) {
        for (const char *name : names)
            hosts.push_back({address, name});
    };
    add(entra_address,
        {"login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net",
         "login.microsoftonline.us", "login.partner.microsoftonline.cn", "login.chinacloudapi.cn"});
    add(dev_azure_address, {"dev.azure.com"});
    add(visualstudio_address, {"contoso.visualstudio.com", "fabrikam.visualstudio.com"});
    add(foreign_address, {"git.example.com", "evil.com", "lfs.example.com", "dev.azure.com.evil.com",
                          "evildev.azure.com", "contoso.visualstudio.com.evil.com", "www.visualstudio.com",
                          "app.visualstudio.com", "code.visualstudio.com", "marketplace.visualstudio.com",
                          "my.visualstudio.com", "app.vssps.visualstudio.com", "login.evil.com"});
    add(token_proxy_address, {"token-proxy.kube-system.test"});
    add(proxy_address, {"proxy.test"});
    add(control_address, {"control.test"});
    return hosts;
}

void enter_private_network() {
    // Until the end of the process: /etc/hosts is a file in it.
    static const temporary_directory scratch{"azure-wi-network"};
    const auto hosts = default_hosts();
    enter_private_network(scratch.path(), hosts);
}

} // namespace azure_wi::world
