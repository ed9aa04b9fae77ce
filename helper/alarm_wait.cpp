#include "helper/alarm_wait.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>

#include <sys/file.h>
#include <sys/time.h>

namespace azure_wi::helper {

namespace {

using namespace std::chrono_literals;

[[nodiscard]] ::timeval as_timeval(std::chrono::microseconds duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
    return {.tv_sec = seconds.count(), .tv_usec = (duration - seconds).count()};
}

} // namespace

int flock_by_alarm(int fd, instant until) {
    // Without SA_RESTART, so that flock returns EINTR.
    struct ::sigaction interrupt {};
    interrupt.sa_handler = [](int) {};
    struct ::sigaction before {};
    ::sigaction(SIGALRM, &interrupt, &before);
    // Whoever started us may have blocked it, and a mask outlives execve.
    ::sigset_t alarm{};
    ::sigset_t mask{};
    ::sigemptyset(&alarm);
    ::sigaddset(&alarm, SIGALRM);
    ::pthread_sigmask(SIG_UNBLOCK, &alarm, &mask);

    const system_clock clock;
    const auto left = std::chrono::ceil<std::chrono::microseconds>(until - clock.now());
    // It repeats, as a signal that comes just before flock begins would be lost.
    const ::itimerval timer{.it_interval = as_timeval(20ms), .it_value = as_timeval(std::max(left, 1us))};
    ::setitimer(ITIMER_REAL, &timer, nullptr);

    int fault = 0;
    while (::flock(fd, LOCK_EX) != 0) {
        if (errno != EINTR) {
            fault = errno;
            break;
        }
        if (clock.now() >= until) {
            fault = ETIMEDOUT;
            break;
        }
    }
    const ::itimerval off{};
    ::setitimer(ITIMER_REAL, &off, nullptr);
    ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
    ::sigaction(SIGALRM, &before, nullptr);
    return fault;
}

} // namespace azure_wi::helper
