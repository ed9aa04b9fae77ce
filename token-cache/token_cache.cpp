#include "token-cache/token_cache.hpp"

#include "token-cache/explain.hpp"
#include "token-cache/random.hpp"
#include "token-cache/refresh_policy.hpp"
#include "token-cache/store/entry_names.hpp"
#include "token-cache/store/record.hpp"

#include <array>

namespace azure_wi {

namespace {

[[nodiscard]] record_id random_id() {
    record_id id{};
    fill_random(id);
    return id;
}

/// In [0, 1).
[[nodiscard]] double random_fraction() {
    std::array<unsigned char, 2> random{};
    fill_random(random);
    return (random[0] * 256 + random[1]) / 65536.0;
}

} // namespace

token_cache::token_cache(const identity &who, flight_limits limits, cache_store *store, exchanger &exchange,
                         clock &time, trace &log)
    : who_(who), limits_(limits), store_(store), exchange_(exchange), time_(time), log_(log),
      key_(make_cache_key(who)) {}

result<access_token> token_cache::get(const std::optional<record_id> &rejected) {
    if (store_ == nullptr)
        return renew({});
    single_flight flight(*store_, time_, log_, key_, limits_, who_.token_file);
    turn ours = flight.begin(rejected);
    if (auto *token = std::get_if<access_token>(&ours))
        return std::move(*token);
    if (const auto *refused = std::get_if<refusal>(&ours))
        return failure{.code = refused->code, .aadsts = refused->aadsts};
    return renew(std::move(std::get<lead>(ours)));
}

result<access_token> token_cache::renew(lead ours) {
    // Marked before the exchange reads it: a file that is rotated while we ask voids the refusal.
    const file_mark token_file = mark_of(who_.token_file);
    // The life is counted from before the question: the answer can have waited while this process was
    // stopped.
    const std::int64_t asked_at = time_.wall_seconds();
    result<token_grant> grant = exchange_.run(time_.now() + limits_.timeout);
    if (!grant) {
        remember(grant.error(), token_file);
        if (ours.lock)
            ours.lock->release();
        return grant.error();
    }
    access_token token;
    token.value = std::move(grant->value);
    token.id = random_id();
    plan_life(token, {.expires_in = grant->expires_in, .refresh_in = grant->refresh_in}, asked_at,
              random_fraction());
    keep(token);
    if (ours.lock)
        ours.lock->release();
    return token;
}

void token_cache::keep(const access_token &token) {
    if (store_ == nullptr)
        return;
    const std::string entry = token_entry(key_);
    if (const std::optional<secret> old = store_->load(entry); old && is_newer_record(old->reveal())) {
        if (log_.wants(1))
            log_.note(1, "a newer version's record is left in the cache; this token is not kept");
        return;
    }
    const bool kept = store_->save(entry, encode_token_record(key_, token));
    if (kept)
        store_->remove(refusal_entry(key_));
    if (log_.wants(1))
        log_.note(1, kept ? "token kept in the cache" : "token not kept: the cache cannot be written");
}

void token_cache::remember(const failure &what, const file_mark &token_file) {
    if (store_ == nullptr)
        return;
    const std::int64_t now = time_.wall_seconds();
    const refusal refused{
        .id = random_id(),
        .refused_at = now,
        .remember_until = now + remember_for(what),
        .token_file = token_file,
        .code = what.code,
        .aadsts = what.aadsts,
        .text = explain(what, &who_),
    };
    store_->save(refusal_entry(key_), encode_refusal_record(key_, refused));
}

} // namespace azure_wi
