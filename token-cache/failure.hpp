#pragma once

#include "token-cache/errc.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace azure_wi {

/// What a support engineer at Microsoft asks for. Each is empty, or was parsed as what it must be
/// (GUIDs; "YYYY-MM-DD HH:MM:SSZ"): server text that is none of these never gets here.
struct support_ids {
    std::string trace;
    std::string correlation;
    std::string timestamp;
    std::string request; ///< the client-request-id that we sent
};

/// The claims of an assertion that Entra matches against a federated credential; made printable,
/// for messages only. Empty where unknown.
struct assertion_claims {
    std::string issuer;
    std::string subject;
    std::string audience;
    std::optional<std::int64_t> expiry; ///< seconds since the epoch
};

/// Why there is no token. A value: copied freely, holds no secret and no raw server text.
struct failure {
    errc code{};

    /// The AADSTS number, where Entra gave one; else 0.
    int aadsts = 0;

    /// What it is about, in our words: a path, a setting's name, "host:port", an HTTP status. Printable.
    std::string about{};

    /// How long the server asks to wait, where it does.
    std::optional<std::chrono::seconds> retry_after{};

    support_ids ids{};
    assertion_claims claims{};

    /// True where asking again at once comes out the same, although a failure of this code can pass.
    bool lasting = false;
};

} // namespace azure_wi
