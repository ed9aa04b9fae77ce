#pragma once

#include "token-cache/clock.hpp"
#include "token-cache/result.hpp"
#include "token-cache/secret.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azure_wi {

/// One POST. The exchange makes exactly one kind of request, so there is no method.
struct http_request {
    /// Absolute URL; its host is the name that TLS verifies (and sends as SNI).
    std::string url;

    /// Lines "Name: value" without CR or LF.
    std::vector<std::string> headers;

    secret body;

    /// "host:port" to connect to in place of the URL's own, or empty. The identity-binding proxy needs
    /// it, whose verified name is not its address.
    std::string connect_to;

    /// PEM certificates that are the only trusted roots for this request; empty: the transport's own roots.
    std::string only_ca_pem;

    /// False: no HTTP proxy, whatever the settings say.
    bool use_proxy = true;
};

/// The answer, as far as the exchange looks at it. Values are raw server bytes: compared, never printed.
struct http_reply {
    int status = 0;
    std::string content_type;
    std::string content_encoding;
    std::string transfer_encoding;
    std::string retry_after;
    std::string date;
    secret body;
};

/// Sends a request and brings the reply: no redirect, no retry, no cookie, no content coding; body at most
/// 256 KiB, headers at most 16 KiB. Fails with one of errc 40-63, timed_out, cancelled.
/// Thread rules: one call at a time per object.
class transport {
public:
    virtual ~transport() = default;
    virtual result<http_reply> post(const http_request &request, instant deadline) = 0;
};

} // namespace azure_wi
