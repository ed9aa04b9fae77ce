#pragma once

#include "token-cache/clock.hpp"
#include "token-cache/store/cache_key.hpp"
#include "token-cache/store/cache_store.hpp"
#include "token-cache/store/refusal.hpp"
#include "token-cache/token.hpp"
#include "token-cache/trace.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace azure_wi {

/// It is this caller's turn to make the exchange. `lock` is held, or null where no lock can be had: then a
/// second exchange is the price, never a failure.
struct lead {
    std::unique_ptr<flight_lock> lock;
};

/// What a caller who needs a token gets: a token, a remembered refusal, or the lead.
using turn = std::variant<access_token, refusal, lead>;

/// How long callers wait for each other, and what they take.
struct flight_limits {
    std::chrono::seconds min_validity;
    std::chrono::milliseconds timeout; ///< of an exchange: the hold of the leader, the patience of the others
};

/// One exchange whatever the number of callers: across threads, processes and the containers of a pod.
///
/// A caller looks at the record, takes the key's lock, looks again, and only then leads. The holder writes
/// its deadline into the lock file; the others wait until then, and after it one of them, by a second lock,
/// takes over: a stopped holder costs two exchanges, not five hundred. What came while one waited serves one,
/// token or refusal, whatever is left of its life.
///
/// Lifetime: the references outlive the object. Thread rules: one thread at a time per object.
class single_flight {
public:
    single_flight(cache_store &store, clock &time, trace &log, cache_key key, flight_limits limits,
                  std::string token_file)
        : store_(store), time_(time), log_(log), key_(std::move(key)), limits_(limits),
          token_file_(std::move(token_file)) {}

    /// A token that can be handed out now, without waiting for anyone. `rejected`: the record of that id was
    /// refused by the server, and is as absent.
    [[nodiscard]] std::optional<access_token> look(const std::optional<record_id> &rejected = {}) const;

    /// Waits for the others where there are any. A leader's first act is to drop the rejected record, if it
    /// is still that one.
    [[nodiscard]] turn begin(const std::optional<record_id> &rejected = {});

    /// Drops the record where its token is `refused`: a late rejection must not evict a newer token.
    void reject(std::string_view refused);

private:
    struct seen {
        std::optional<record_id> token;
        std::optional<record_id> refused;
    };

    [[nodiscard]] std::optional<access_token> load_token() const;
    [[nodiscard]] std::optional<refusal> load_refusal() const;
    [[nodiscard]] std::optional<turn> look_again(const seen &before,
                                                 const std::optional<record_id> &rejected) const;
    [[nodiscard]] flight_lock::outcome wait_for(flight_lock &lock) const;

    cache_store &store_;
    clock &time_;
    trace &log_;
    cache_key key_;
    flight_limits limits_;
    std::string token_file_;
};

} // namespace azure_wi
