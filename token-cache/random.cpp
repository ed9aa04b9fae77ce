#include "token-cache/random.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <ctime>

#include <sys/random.h>
#include <unistd.h>

namespace azure_wi {
namespace {

/// Steele, Lea and Flood's SplitMix64.
void fill_from_clock(std::span<unsigned char> bytes) noexcept {
    ::timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    std::uint64_t state = static_cast<std::uint64_t>(now.tv_sec) * 1000000000U +
                          static_cast<std::uint64_t>(now.tv_nsec) +
                          (static_cast<std::uint64_t>(::getpid()) << 40U);
    for (unsigned char &byte : bytes) {
        state += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        byte = static_cast<unsigned char>(mixed >> 56U);
    }
}

} // namespace

void fill_random(std::span<unsigned char> bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
        if (got > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(got));
        else if (errno != EINTR)
            return fill_from_clock(bytes);
    }
}

} // namespace azure_wi
