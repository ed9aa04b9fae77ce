#pragma once

#include "token-cache/assertion/assertion_source.hpp"
#include "token-cache/result.hpp"
#include "token-cache/secret.hpp"

#include <cstdint>

namespace azure_wi {

/// No assertion is longer, and no source reads on behind it: 64 KiB.
inline constexpr std::size_t max_assertion_bytes = 65536;

/// Checks that `bytes` have the shape of a signed JSON Web Token (RFC 7519, RFC 7515 section 3.1: three
/// base64url parts, the first two JSON objects, the first with a string "alg") and decodes the claims that
/// messages show. One trailing "\n" or "\r\n" is cut off, nothing else. The shape check is what keeps
/// /etc/shadow or /proc/self/environ from leaving the machine where a path is wrong. The signature is Entra's
/// to check; `exp` is looked at only to fail early.
///
/// `wall_seconds` is now, in seconds since the epoch. Fails with assertion_empty, assertion_too_large,
/// assertion_malformed or assertion_expired (failure::claims is filled in, failure::about is the time at
/// which it expired); else failure::about is empty, for the source to fill in. Pure; no byte of the token
/// outlives the call but in the result.
[[nodiscard]] result<assertion> read_assertion(secret bytes, std::int64_t wall_seconds);

} // namespace azure_wi
