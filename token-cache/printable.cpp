#include "token-cache/printable.hpp"

#include <algorithm>

namespace azure_wi {

std::string printable(std::string_view text, std::size_t limit) {
    constexpr std::string_view ellipsis = "...";
    const bool cut = text.size() > limit;
    std::string shown(text.substr(0, cut ? limit - std::min(limit, ellipsis.size()) : limit));
    std::ranges::replace_if(
        shown, [](char c) { return c < 0x20 || c > 0x7e; }, '?');
    if (cut)
        shown += ellipsis.substr(0, std::min(limit, ellipsis.size()));
    return shown;
}

} // namespace azure_wi
