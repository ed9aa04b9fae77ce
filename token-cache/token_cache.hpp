#pragma once

#include "token-cache/clock.hpp"
#include "token-cache/exchange/exchanger.hpp"
#include "token-cache/result.hpp"
#include "token-cache/settings/identity.hpp"
#include "token-cache/single_flight.hpp"
#include "token-cache/store/cache_store.hpp"
#include "token-cache/token.hpp"
#include "token-cache/trace.hpp"

#include <memory>
#include <optional>

namespace azure_wi {

/// The cache in front of the exchange: what both doors get their tokens from.
///
/// Lifetime: the references outlive the object. Thread rules: one thread at a time per object; any number of
/// objects, in any number of processes, share one cache.
class token_cache {
public:
    /// `store` is null where there is no cache.
    token_cache(const identity &who, flight_limits limits, cache_store *store, exchanger &exchange,
                clock &time, trace &log);

    /// A token from the cache, from whoever is exchanging just now, or from an exchange of our own.
    /// Fails as exchanger::run does; a remembered refusal is a failure with its code and AADSTS number alone.
    [[nodiscard]] result<access_token> get(const std::optional<record_id> &rejected = {});

    /// Makes the exchange that is this caller's turn, and leaves what comes of it to the others: a token, or
    /// a refusal to remember. `ours.lock`, held or null, is released in any case.
    [[nodiscard]] result<access_token> renew(lead ours);

private:
    void keep(const access_token &token);
    void remember(const failure &what, const file_mark &token_file);

    const identity &who_;
    flight_limits limits_;
    cache_store *store_;
    exchanger &exchange_;
    clock &time_;
    trace &log_;
    cache_key key_;
};

} // namespace azure_wi
