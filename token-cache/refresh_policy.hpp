#pragma once

#include "token-cache/token.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace azure_wi {

/// A token's life as the server told it, in seconds from the moment it was asked for.
struct granted_life {
    std::optional<std::int64_t> expires_in; ///< > 0, at most 24 h; none: the server said nothing
    std::optional<std::int64_t> refresh_in; ///< > 0
};

/// Sets the three moments of a token that was acquired at `now`: refresh_from is `refresh_in` as given,
/// however short, or half the life; `jitter` in [0, 1) takes up to a tenth off, so that a fleet started
/// together does not renew together, and never adds. A token of unknown life is kept for 300 s.
void plan_life(access_token &token, const granted_life &life, std::int64_t now, double jitter);

/// What a caller may do with a token at a moment.
enum class usability {
    fresh,    ///< hand it out
    due,      ///< hand it out; it is time that someone renews it
    unusable, ///< too short, dead, or from the future (the clock was set back: nothing it says can be
              ///< trusted)
};

/// `min_validity`: the least life left of a token handed out. It does not hold for a token of unknown life.
[[nodiscard]] usability judge(const access_token &token, std::int64_t now, std::chrono::seconds min_validity);

/// True while the token is alive at all: good enough for those who waited while it was fetched.
[[nodiscard]] bool alive(const access_token &token, std::int64_t now);

} // namespace azure_wi
