#pragma once

#include "token-cache/clock.hpp"

namespace azure_wi::helper {

/// A flock_wait that sleeps in flock(2) itself and is woken by an interval timer: hundreds of waiting helpers
/// cost nothing, and are served in turn the moment the lock is free. It takes SIGALRM and ITIMER_REAL for
/// itself, so it is for the single-threaded face alone.
[[nodiscard]] int flock_by_alarm(int fd, instant until);

} // namespace azure_wi::helper
