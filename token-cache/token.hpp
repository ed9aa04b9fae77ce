#pragma once

#include "token-cache/secret.hpp"

#include <array>
#include <cstdint>

namespace azure_wi {

/// A random 128-bit name, made with a record. It tells nothing of the token.
using record_id = std::array<unsigned char, 16>;

/// An access token and its three moments. Times are seconds since the epoch, UTC.
struct access_token {
    secret value;
    std::int64_t acquired_at = 0;
    std::int64_t refresh_from = 0; ///< from here one caller renews it while all go on using it
    std::int64_t expiry = 0;       ///< dead from here on
    bool life_known = true;        ///< false: the server gave no life and `expiry` is our guess
    record_id id{};
};

} // namespace azure_wi
