#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace azure_wi::world {

struct issued_token {
    std::string tenant = {};
    std::string client_id = {};
    std::string object_id = {};
    std::chrono::sys_seconds expires_at = {};
    bool revoked = false;
};

// What Entra issued and Azure Repos believes.
class token_ledger {
public:
    void enter(const std::string &token, issued_token what);
    std::optional<issued_token> find(const std::string &token) const;
    void revoke(const std::string &token);
    void revoke_all();                       // those issued so far
    std::vector<std::string> tokens() const; // oldest first

private:
    mutable std::mutex mutex_;
    std::map<std::string, issued_token, std::less<>> entries_;
    std::vector<std::string> order_;
};

} // namespace azure_wi::world
