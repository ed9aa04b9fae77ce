#include "token-cache/exchange/retry_policy.hpp"

#include "token-cache/aadsts.hpp"

namespace azure_wi {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{300};
constexpr milliseconds shortest_second_chance{50};
constexpr milliseconds spread_of_retry_after{250};

/// A part of `whole` that `random` chooses: 0 to whole - 1 ms.
milliseconds part_of(milliseconds whole, std::uint32_t random) {
    return milliseconds{static_cast<std::int64_t>(random) * whole.count() >> 32};
}

/// Half of the pause to one and a half of it.
milliseconds doubling_pause(int made, std::uint32_t random) {
    const milliseconds pause = first_pause * (1 << (made - 1));
    return pause / 2 + part_of(pause, random);
}

} // namespace

retry_kind retry_kind_of(const failure &what) {
    if (what.lasting)
        return retry_kind::never;
    switch (what.code) {
    case errc::throttled:
    case errc::server_fault:
    case errc::connection_failed:
        return retry_kind::backoff;
    case errc::connection_broken:
    case errc::timed_out: // of the handshake: where the deadline has passed there is no time left
        return retry_kind::once;
    case errc::refused:
        return what.aadsts == aadsts_assertion_out_of_time ? retry_kind::once : retry_kind::never;
    default:
        return retry_kind::never;
    }
}

std::optional<milliseconds> pause_before_retry(const failure &what, const attempts &so_far, milliseconds left,
                                               std::uint32_t random) {
    const retry_kind kind = retry_kind_of(what);
    if (kind == retry_kind::never || so_far.made >= max_attempts)
        return std::nullopt;

    milliseconds pause{};
    if (kind == retry_kind::once) {
        if (so_far.second_chance_used)
            return std::nullopt;
        pause = shortest_second_chance + part_of(shortest_second_chance, random);
    } else if (what.retry_after && what.retry_after->count() > 0) {
        pause = *what.retry_after + part_of(spread_of_retry_after, random);
    } else {
        pause = doubling_pause(so_far.made, random);
    }
    return pause < left ? std::optional(pause) : std::nullopt;
}

} // namespace azure_wi
