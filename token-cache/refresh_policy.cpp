#include "token-cache/refresh_policy.hpp"

#include <algorithm>

namespace azure_wi {

namespace {

constexpr std::int64_t assumed_life_s = 300;
constexpr std::int64_t longest_life_s = 24 * 60 * 60;

} // namespace

void plan_life(access_token &token, const granted_life &life, std::int64_t now, double jitter) {
    const std::int64_t lives = std::min(life.expires_in.value_or(assumed_life_s), longest_life_s);
    const std::int64_t renew_in = std::min(life.refresh_in.value_or(lives / 2), lives);
    token.acquired_at = now;
    token.expiry = now + lives;
    token.refresh_from =
        now + renew_in - static_cast<std::int64_t>(static_cast<double>(renew_in) * jitter / 10);
    token.life_known = life.expires_in.has_value();
}

bool alive(const access_token &token, std::int64_t now) {
    // Taken from the later moment: a hostile record can name two whose distance overflows.
    return token.acquired_at <= now && now < token.expiry &&
           token.expiry - longest_life_s <= token.acquired_at;
}

usability judge(const access_token &token, std::int64_t now, std::chrono::seconds min_validity) {
    if (!alive(token, now))
        return usability::unusable;
    if (token.life_known && token.expiry - now < min_validity.count())
        return usability::unusable;
    return now < token.refresh_from ? usability::fresh : usability::due;
}

} // namespace azure_wi
