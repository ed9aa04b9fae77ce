#pragma once

#include "token-cache/store/cache_store.hpp"
#include "token-cache/unique_fd.hpp"

#include <chrono>

namespace azure_wi {

/// Waits for flock(fd, LOCK_EX) until `until`: 0, ETIMEDOUT, or the errno of a fault.
using flock_wait = int (*)(int fd, instant until);

/// Asks again and again, at growing distances up to 10 ms: right in any program, whatever its threads and
/// signals.
[[nodiscard]] int flock_by_polling(int fd, instant until);

/// A flight_lock on a file that is never unlinked: flock(2), and the holder's deadline as its content.
///
/// flock and not fcntl, for a lock of fcntl is lost when any descriptor of the file is closed and does not
/// pass to an inheriting process. Released by LOCK_UN and not by close alone: a forked child of the host
/// program holds a copy of the descriptor, and with it the lock.
class file_lock final : public flight_lock {
public:
    file_lock(unique_fd file, flock_wait wait) : file_(std::move(file)), wait_(wait) {}

    /// Takes over a lock that is held already, from the number that hand_over() gave.
    [[nodiscard]] static std::unique_ptr<flight_lock> adopt(int fd);

    file_lock(const file_lock &) = delete;
    file_lock &operator=(const file_lock &) = delete;
    ~file_lock() override;
    outcome acquire(instant until) override;
    [[nodiscard]] std::optional<instant> holder_deadline() const override;
    void set_deadline(instant deadline) override;
    void release() override;
    int hand_over() override;

private:
    void write_deadline(std::int64_t nanoseconds);

    unique_fd file_;
    flock_wait wait_;
    bool held_ = false;
};

} // namespace azure_wi
