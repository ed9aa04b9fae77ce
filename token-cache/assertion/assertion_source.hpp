#pragma once

#include "token-cache/clock.hpp"
#include "token-cache/result.hpp"
#include "token-cache/secret.hpp"

namespace azure_wi {

/// An assertion that passed the shape check of a JSON Web Token, with the claims messages may show.
struct assertion {
    secret jwt;
    assertion_claims claims;
};

/// Where the assertion comes from: the projected token file, or a command. Read anew at each exchange
/// (a stale assertion is the most reported fault of the SDKs, AADSTS700024).
/// Fails with one of errc 20-28. Thread rules: one call at a time per object.
class assertion_source {
public:
    virtual ~assertion_source() = default;
    virtual result<assertion> read(instant deadline) = 0;
};

} // namespace azure_wi
