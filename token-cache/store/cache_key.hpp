#pragma once

#include "token-cache/settings/identity.hpp"

#include <string>

namespace azure_wi {

/// What a record is filed under. The full key stands inside the record and is compared; the file's name is
/// only a hash of it, so a collision costs an exchange and never hands out another identity's token.
struct cache_key {
    std::string full; ///< length-prefixed fields; the order is written down in docs/cache-format.md
    std::string name; ///< 16 hex digits: the FNV-1a 64 of `full`
};

[[nodiscard]] cache_key make_cache_key(const identity &who);

} // namespace azure_wi
