#include "token-cache/network/chunked_body.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>

namespace azure_wi {
namespace {

// 16^8 is far above any limit, so a longer number is too large whatever its value; it also keeps a flood of
// leading zeros away.
constexpr unsigned most_digits = 8;

unsigned hex_value(char c) {
    return static_cast<unsigned>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
}

} // namespace

chunked_body::state chunked_body::take(std::string_view bytes, secret &body) {
    while (!bytes.empty() && state_ == state::going_on) {
        if (place_ == place::data) {
            const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
            if (part > body_limit_ - std::min(body.size(), body_limit_))
                return state_ = state::too_large;
            body.append(bytes.substr(0, part));
            bytes.remove_prefix(part);
            left_ -= part;
            if (left_ == 0)
                place_ = place::data_cr;
            continue;
        }
        state_ = take_one(bytes.front());
        bytes.remove_prefix(1);
    }
    return state_;
}

chunked_body::state chunked_body::take_one(char c) {
    const bool counts = place_ == place::extension || place_ == place::trailer;
    if (counts && ++extra_ > extra_limit_)
        return state::too_large;

    switch (place_) {
    case place::size:
        if (is_hex(c)) {
            if (++digits_ > most_digits)
                return state::too_large;
            left_ = left_ * 16 + hex_value(c);
            return state::going_on;
        }
        if (digits_ == 0)
            return state::malformed;
        place_ = c == '\r' ? place::size_lf : place::extension;
        return c == '\r' || c == ';' || c == ' ' || c == '\t' ? state::going_on : state::malformed;
    case place::extension:
        if (c == '\r')
            place_ = place::size_lf;
        return c == '\n' ? state::malformed : state::going_on;
    case place::size_lf:
        return c == '\n' ? end_of_size_line() : state::malformed;
    case place::data:
        break; // taken in larger parts by take()
    case place::data_cr:
        place_ = place::data_lf;
        return c == '\r' ? state::going_on : state::malformed;
    case place::data_lf:
        place_ = place::size;
        return c == '\n' ? state::going_on : state::malformed;
    case place::trailer:
        if (c == '\r')
            place_ = place::trailer_lf;
        else
            trailer_empty_ = false;
        return c == '\n' ? state::malformed : state::going_on;
    case place::trailer_lf:
        if (c != '\n')
            return state::malformed;
        if (trailer_empty_)
            return state::done;
        trailer_empty_ = true;
        place_ = place::trailer;
        return state::going_on;
    }
    return state::malformed;
}

chunked_body::state chunked_body::end_of_size_line() {
    if (left_ > body_limit_)
        return state::too_large;
    digits_ = 0;
    place_ = left_ == 0 ? place::trailer : place::data;
    return state::going_on;
}

} // namespace azure_wi
