#include "token-cache/exchange/b64token.hpp"

#include "token-cache/ascii.hpp"

namespace azure_wi {

bool is_b64token(std::string_view text) {
    if (text.size() > max_token_bytes)
        return false;
    while (text.ends_with('='))
        text.remove_suffix(1);
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_alnum(c) || std::string_view("-._~+/").find(c) != std::string_view::npos;
    });
}

} // namespace azure_wi
