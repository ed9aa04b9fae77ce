#pragma once

#include "token-cache/result.hpp"
#include "token-cache/settings/settings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azure_wi {

/// Where root certificates can stand, the preferred place first.
struct trust_places {
    std::vector<std::string> directories; ///< named by subject hash, as c_rehash makes them
    std::vector<std::string> bundles;     ///< PEM files
};

/// The places of Debian, Alpine, SUSE, Fedora, RHEL, Azure Linux and distroless images.
[[nodiscard]] const trust_places &system_trust_places();

/// What one TLS handshake is given to trust. At least one member is not empty.
struct trust_roots {
    std::string directory{}; ///< hashed directory (or several, joined by ':', as OpenSSL reads them)
    std::string pem{};       ///< certificates in memory
};

/// Decides which roots vouch for the authority. Two steps, because they differ by a factor of forty: OpenSSL
/// 3.0 parses Debian's bundle in 42 ms, and opens the one file that it needs of the hashed directory in
/// under 1 ms. Yet companies append their interception CA to the bundle alone, so the bundle has the last
/// word.
///
/// --ca-file adds to the system's roots. SSL_CERT_FILE and SSL_CERT_DIR replace them; where only one of them
/// is set, only that one is used (OpenSSL would keep its built-in default for the other, and a user who
/// narrows the trust does not expect that).
///
/// Reads the files anew on every call: a mounted CA is rotated under a long-lived process.
/// Thread rules: const members may be called from any thread. Errors: ca_unusable; failure::about is the path
/// or the list of places looked at.
class trust_store {
public:
    explicit trust_store(trust_settings chosen, trust_places system = system_trust_places());

    /// What to try first: the hashed directory where there is one, else the bundle; and the ca-file.
    [[nodiscard]] result<trust_roots> quick() const;

    /// Everything, for the time when quick() held no issuer; nothing where quick() was everything.
    [[nodiscard]] std::optional<trust_roots> complete() const;

    /// The file to name where the HTTP library cannot read what quick() gave it: the one that the user chose.
    [[nodiscard]] const std::string &chosen_file() const {
        return chosen_.ca_file.empty() ? chosen_.cert_file : chosen_.ca_file;
    }

private:
    trust_settings chosen_;
    trust_places places_;
    bool replaced_; ///< places_ are the user's and not the system's
};

} // namespace azure_wi
