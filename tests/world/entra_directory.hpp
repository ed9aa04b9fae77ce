#pragma once

#include "tests/world/entra.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace azure_wi::world {

struct application {
    std::vector<federated_credential> credentials;
};

struct tenant {
    std::map<std::string, application> applications; // by client id, lower case
    std::set<std::string> domains;
    bool azure_devops = true;
};

// What is registered at Entra, and what follows from it for one request.
struct entra_directory {
    std::map<std::string, tenant> tenants; // by id, lower case
    std::vector<issuer> issuers;

    tenant *find_tenant(const std::string &id_or_domain);
    tenant &at(const std::string &id); // throws std::out_of_range
    std::string id_of(const std::string &id_or_domain);
};

struct verdict {
    int code = 0;       // 0: a token is due
    std::string tenant; // as the path has it
    std::string client_id;
    std::string issuer;
    std::string subject;
    std::string audience;
    std::string parameter;
};

// Looks in the order in which Entra looks; the first fault decides.
verdict judge(entra_directory &directory, const recorded_request &request, std::chrono::sys_seconds now);

} // namespace azure_wi::world
