#include "token-cache/single_flight.hpp"

#include "token-cache/refresh_policy.hpp"
#include "token-cache/store/entry_names.hpp"
#include "token-cache/store/record.hpp"

#include <algorithm>

namespace azure_wi {

using namespace std::chrono_literals;

std::optional<access_token> single_flight::load_token() const {
    const std::optional<secret> bytes = store_.load(token_entry(key_));
    return bytes ? decode_token_record(key_, bytes->reveal()) : std::nullopt;
}

std::optional<refusal> single_flight::load_refusal() const {
    const std::optional<secret> bytes = store_.load(refusal_entry(key_));
    return bytes ? decode_refusal_record(key_, bytes->reveal()) : std::nullopt;
}

std::optional<access_token> single_flight::look(const std::optional<record_id> &rejected) const {
    std::optional<access_token> token = load_token();
    if (token && (token->id == rejected ||
                  judge(*token, time_.wall_seconds(), limits_.min_validity) == usability::unusable))
        token.reset();
    return token;
}

turn single_flight::begin(const std::optional<record_id> &rejected) {
    seen before;
    if (std::optional<access_token> token = load_token()) {
        if (token->id != rejected &&
            judge(*token, time_.wall_seconds(), limits_.min_validity) != usability::unusable)
            return std::move(*token);
        before.token = token->id;
    }
    if (std::optional<refusal> refused = load_refusal()) {
        if (in_force(*refused, time_.wall_seconds(), mark_of(token_file_)))
            return std::move(*refused);
        before.refused = refused->id;
    }

    for (const std::string &name : {holder_lock(key_), successor_lock(key_)}) {
        std::unique_ptr<flight_lock> lock = store_.open_lock(name);
        if (!lock)
            break;
        const flight_lock::outcome outcome = wait_for(*lock);
        if (outcome == flight_lock::outcome::broken)
            break;
        if (outcome == flight_lock::outcome::busy) {
            if (log_.wants(1))
                log_.note(1, "the holder of " + name + " did not end in time");
            continue;
        }
        if (std::optional<turn> found = look_again(before, rejected))
            return std::move(*found);
        lock->set_deadline(time_.now() + limits_.timeout);
        if (const std::optional<access_token> token = load_token(); token && token->id == rejected)
            store_.remove(token_entry(key_));
        return lead{.lock = std::move(lock)};
    }
    return lead{};
}

/// Precondition: the lock is held, so nobody writes but a holder that was given up.
std::optional<turn> single_flight::look_again(const seen &before,
                                              const std::optional<record_id> &rejected) const {
    const std::int64_t now = time_.wall_seconds();
    if (std::optional<access_token> token = load_token(); token && token->id != rejected) {
        const bool came_meanwhile = token->id != before.token && alive(*token, now);
        if (came_meanwhile || judge(*token, now, limits_.min_validity) != usability::unusable)
            return std::move(*token);
    }
    if (std::optional<refusal> refused = load_refusal()) {
        if (refused->id != before.refused || in_force(*refused, now, mark_of(token_file_)))
            return std::move(*refused);
    }
    return std::nullopt;
}

flight_lock::outcome single_flight::wait_for(flight_lock &lock) const {
    // The time between taking the lock and writing the deadline down; a holder needs it, and no more.
    constexpr auto settling = 50ms;
    const instant patience = time_.now() + limits_.timeout;
    std::optional<instant> passed;
    flight_lock::outcome outcome = lock.acquire(time_.now());
    while (outcome == flight_lock::outcome::busy) {
        const instant now = time_.now();
        const std::optional<instant> deadline = lock.holder_deadline();
        if (now >= patience || (deadline && deadline == passed))
            break;
        instant until = now + settling;
        if (deadline && *deadline > now)
            until = *deadline;
        else
            passed = deadline; // seen once more with the same deadline, it is no newcomer but a holder that
                               // stopped
        outcome = lock.acquire(std::min(until, patience));
    }
    return outcome;
}

void single_flight::reject(std::string_view refused) {
    // Under the lock, so that no newer record is removed in place of the one that was looked at. Where the
    // lock is busy a newer one is on its way, and replaces this one anyhow, unless the holder has stopped.
    const std::unique_ptr<flight_lock> lock = store_.open_lock(holder_lock(key_));
    if (lock && lock->acquire(time_.now()) == flight_lock::outcome::busy) {
        const std::optional<instant> deadline = lock->holder_deadline();
        if (deadline && *deadline > time_.now())
            return;
    }
    const std::optional<access_token> token = load_token();
    if (token && token->value.equals(refused)) {
        store_.remove(token_entry(key_));
        if (log_.wants(1))
            log_.note(1, "dropped the refused token from the cache");
    }
}

} // namespace azure_wi
