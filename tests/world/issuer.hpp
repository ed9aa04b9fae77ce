#pragma once

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace azure_wi::world {

struct claims {
    std::string subject = "system:serviceaccount:default:build";
    std::vector<std::string> audiences = {"api://AzureADTokenExchange"};
    std::chrono::sys_seconds issued_at =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::chrono::seconds not_before_offset{0}; // from issued_at
    std::chrono::seconds lifetime{3600};
    std::string issuer = {};         // empty: the issuer's own URL
    std::set<std::string> omit = {}; // names of claims that are left out
    bool corrupt_signature = false;
};

// Plays the cluster's OIDC issuer: RS256 tokens shaped as Kubernetes shapes them.
class issuer {
public:
    // Issuers of one process share the key unless they ask for their own: RSA keys are slow to make.
    enum class key { shared, own };
    explicit issuer(std::string url, key which = key::shared);
    ~issuer();

    const std::string &url() const { return url_; }
    std::string mint(const claims &what = {}) const;
    // Whether `signature` over `signed_part` was made with this issuer's key.
    bool verifies(std::string_view signed_part, std::string_view signature) const;

private:
    struct signing_key;
    std::string url_;
    std::shared_ptr<const signing_key> key_;
};

} // namespace azure_wi::world
