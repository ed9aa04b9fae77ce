#pragma once

#include "token-cache/exchange/transport.hpp"
#include "token-cache/network/trust_store.hpp"
#include "token-cache/trace.hpp"

#include <functional>
#include <utility>

namespace azure_wi {

/// Runs a post with the quick roots of a trust_store and, where those vouch for nobody, with all of them.
/// Nothing has been sent when a certificate is refused, so the second run is no retry.
/// Remembers that all roots were needed: a process that lives long pays for the first handshake once.
class two_step_trust {
public:
    using attempt = std::function<result<http_reply>(trust_roots)>;

    explicit two_step_trust(trust_store store) : store_(std::move(store)) {}

    /// One run alone where the request brings its own roots, or needs none. Fails as `run` does, or with
    /// ca_unusable.
    [[nodiscard]] result<http_reply> post(const http_request &request, bool encrypted, trace &notes,
                                          const attempt &run);

private:
    trust_store store_;
    bool needs_all_ = false;
};

} // namespace azure_wi
