#pragma once

#include "token-cache/exchange/transport.hpp"
#include "token-cache/result.hpp"
#include "token-cache/secret.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace azure_wi {

/// What Entra grants. Lives in seconds from the moment of the reply, 1 to 86400.
struct token_grant {
    secret value; ///< a b64token, see is_b64token()
    std::optional<std::int64_t> expires_in;
    std::optional<std::int64_t> refresh_in;
};

/// Reads the answer of the token endpoint (RFC 6749 sections 5.1 and 5.2; RFC 6750 section 2.1).
///
/// A token needs status 200, `application/json` without a content coding, strict JSON, `token_type` Bearer, a
/// b64token that is not the assertion we sent, and no `error`. A life of more than a day is taken as a day.
/// `wall_seconds` is now, in seconds since the epoch, for a Retry-After that is a date.
///
/// Fails with
/// - refused or server_fault, where the answer is an error of OAuth, whatever its status;
/// - throttled (429) and server_fault (408, 5xx), with retry_after where the server gives it;
/// - reply_redirected (3xx), proxy_refused (407), reply_unexpected_status (any other);
/// - connection_broken, where a 200's body is empty or ends too early, though its length was right;
/// - reply_malformed and reply_echoes_assertion.
/// failure::about is the status or the fault in our words, failure::ids::request is `request_id`. Pure.
[[nodiscard]] result<token_grant> read_exchange_reply(const http_reply &reply, const secret &assertion_jwt,
                                                      std::string_view request_id, std::int64_t wall_seconds);

} // namespace azure_wi
