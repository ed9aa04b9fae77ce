#include "token-cache/store/file_lock.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>

namespace azure_wi {

namespace {

using namespace std::chrono_literals;

/// What stands in a lock file: a moment of CLOCK_MONOTONIC in nanoseconds, 0 for none. Host byte order, as
/// everyone who can share the lock runs on this machine; where that is not so (a network file system), the
/// moment is not credible and the waiter's own patience holds.
using stored_deadline = std::int64_t;

constexpr std::chrono::nanoseconds longest_credible = 15min;

} // namespace

int flock_by_polling(int fd, instant until) {
    system_clock clock;
    for (auto pause = 1ms;; pause = std::min<std::chrono::milliseconds>(2 * pause, 10ms)) {
        if (::flock(fd, LOCK_EX | LOCK_NB) == 0)
            return 0;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return errno;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock.now());
        if (left <= 0ms)
            return ETIMEDOUT;
        clock.sleep_for(std::min<std::chrono::milliseconds>(pause, left));
    }
}

std::unique_ptr<flight_lock> file_lock::adopt(int fd) {
    // The next execve, of a token command, must not inherit what this program holds now.
    if (fd < 0 || ::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return nullptr;
    auto lock = std::make_unique<file_lock>(unique_fd(fd), &flock_by_polling);
    lock->held_ = true;
    return lock;
}

file_lock::~file_lock() {
    release();
}

flight_lock::outcome file_lock::acquire(instant until) {
    int fault = 0;
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
        fault = errno;
        if (fault == EWOULDBLOCK || fault == EINTR)
            fault = system_clock().now() < until ? wait_(file_.get(), until) : ETIMEDOUT;
    }
    held_ = fault == 0;
    if (held_)
        return outcome::acquired;
    return fault == ETIMEDOUT ? outcome::busy : outcome::broken;
}

std::optional<instant> file_lock::holder_deadline() const {
    stored_deadline stored = 0;
    if (::pread(file_.get(), &stored, sizeof stored, 0) != sizeof stored || stored <= 0)
        return std::nullopt;
    const instant deadline{std::chrono::nanoseconds(stored)};
    return deadline - system_clock().now() > longest_credible ? std::nullopt : std::optional(deadline);
}

void file_lock::set_deadline(instant deadline) {
    write_deadline(std::chrono::nanoseconds(deadline.time_since_epoch()).count());
}

void file_lock::write_deadline(stored_deadline nanoseconds) {
    // Where it cannot be written, waiters fall back on their own patience.
    static_cast<void>(::pwrite(file_.get(), &nanoseconds, sizeof nanoseconds, 0) == 0);
}

void file_lock::release() {
    if (!held_)
        return;
    held_ = false;
    // Cleared first, so that nobody takes this hold's deadline for that of the next holder.
    write_deadline(0);
    ::flock(file_.get(), LOCK_UN);
}

int file_lock::hand_over() {
    if (!held_ || ::fcntl(file_.get(), F_SETFD, 0) != 0)
        return -1;
    held_ = false;
    return file_.release();
}

} // namespace azure_wi
