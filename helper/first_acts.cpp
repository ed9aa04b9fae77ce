#include "helper/first_acts.hpp"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace azure_wi::helper {

namespace {

void open_standard_streams() {
    // One poll tells of all three; POLLNVAL means that the descriptor is closed.
    std::array<::pollfd, 3> streams{{{.fd = 0, .events = 0, .revents = 0},
                                     {.fd = 1, .events = 0, .revents = 0},
                                     {.fd = 2, .events = 0, .revents = 0}}};
    if (::poll(streams.data(), streams.size(), 0) <= 0)
        return;
    for (const ::pollfd &stream : streams) {
        // open takes the lowest free number, which is this one: those below are open by now.
        if ((stream.revents & POLLNVAL) != 0 &&
            ::open("/dev/null", O_RDWR) < 0) // NOLINT(android-cloexec-open)
            ::_exit(1);
    }
}

} // namespace

void first_acts() {
    open_standard_streams();
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    ::rlimit core{};
    // Only the soft limit: a command that we start may want its own back.
    if (::getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur != 0) {
        core.rlim_cur = 0;
        ::setrlimit(RLIMIT_CORE, &core);
    }
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

} // namespace azure_wi::helper
