#pragma once

#include "token-cache/clock.hpp"
#include "token-cache/secret.hpp"

#include <memory>
#include <optional>
#include <string>

namespace azure_wi {

/// A lock that one caller in the world holds over an exchange. Destroying it releases it.
/// Thread rules: one thread at a time per object.
class flight_lock {
public:
    virtual ~flight_lock() = default;

    enum class outcome {
        acquired,
        busy,   ///< somebody else holds it
        broken, ///< this file system gives no locks
    };

    /// Waits until `until` at the longest; a moment that has passed asks once.
    virtual outcome acquire(instant until) = 0;

    /// Until when the holder will be done, as it wrote down; none where nothing credible is written.
    [[nodiscard]] virtual std::optional<instant> holder_deadline() const = 0;

    /// Precondition: acquired.
    virtual void set_deadline(instant deadline) = 0;

    /// Ends the hold for every process that inherited the lock.
    virtual void release() = 0;

    /// Gives the lock to a program that takes this process's place: the descriptor's number, kept open
    /// over execve and held. This object is done afterwards. -1 where there is none.
    virtual int hand_over() = 0;
};

/// Where records are kept, by name. Every fault reads as "absent" or "not kept": a cache can always be made
/// again. Thread rules: every member may be called from any thread at once.
class cache_store {
public:
    virtual ~cache_store() = default;

    /// The entry's bytes, wholly old or wholly new.
    [[nodiscard]] virtual std::optional<secret> load(const std::string &name) const = 0;

    /// Replaces the entry at once and whole; true where it is kept.
    virtual bool save(const std::string &name, const secret &bytes) = 0;

    virtual void remove(const std::string &name) = 0;

    /// The lock of that name, not held yet; null where there can be none.
    [[nodiscard]] virtual std::unique_ptr<flight_lock> open_lock(const std::string &name) = 0;
};

} // namespace azure_wi
