#pragma once

#include "token-cache/result.hpp"
#include "token-cache/settings/identity.hpp"

#include <string>

namespace azure_wi {

/// The certificates that vouch for an identity binding's proxy. A file is read anew for each request, for it
/// is rotated: empty or away at first it is a failure, empty or away later means that the old one goes on.
/// Thread rules: one thread at a time per object. `binding` is referred to.
class binding_roots {
public:
    explicit binding_roots(const identity_binding &binding) : binding_(binding) {}

    /// PEM; empty where no binding is active or it names no certificates: the transport's own roots serve
    /// then. Fails with ca_unusable; failure::about is the path and the setting that names it.
    [[nodiscard]] result<std::string> read();

private:
    const identity_binding &binding_;
    std::string last_;
};

} // namespace azure_wi
