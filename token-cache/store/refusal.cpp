#include "token-cache/store/refusal.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>

#include <sys/stat.h>

namespace azure_wi {

namespace {

constexpr std::int64_t definitive_s = 10;
constexpr std::int64_t longest_throttling_s = 300;

} // namespace

file_mark mark_of(const std::string &path) {
    struct ::stat found {};
    if (path.empty() || ::stat(path.c_str(), &found) != 0)
        return {};
    return {.device = found.st_dev,
            .inode = found.st_ino,
            .modified_ns = found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec,
            .size = static_cast<std::uint64_t>(found.st_size)};
}

std::int64_t remember_for(const failure &what) {
    if (what.code == errc::refused)
        return definitive_s;
    if (what.code == errc::throttled)
        return what.retry_after ? std::clamp<std::int64_t>(what.retry_after->count(), 1, longest_throttling_s)
                                : definitive_s;
    return 0;
}

bool in_force(const refusal &refused, std::int64_t now, const file_mark &mark) {
    // Taken from the later moment: a hostile record can name two whose distance overflows.
    return refused.refused_at <= now && now < refused.remember_until &&
           refused.remember_until - longest_throttling_s <= refused.refused_at && refused.token_file == mark;
}

bool is_printable(std::string_view text) {
    return std::ranges::none_of(text, is_control);
}

} // namespace azure_wi
