#pragma once

#include "token-cache/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace azure_wi {

/// Takes a body out of "Transfer-Encoding: chunked" (RFC 9112 section 7.1). libcurl could do that, but it
/// skips chunk extensions of any size and lets a bare LF pass; this one counts every byte and takes CRLF
/// alone. Thread rules: as for a value.
class chunked_body {
public:
    enum class state { going_on, done, malformed, too_large };

    /// `body_limit`: bytes of payload; `extra_limit`: bytes of extensions and trailers together.
    chunked_body(std::size_t body_limit, std::size_t extra_limit)
        : body_limit_(body_limit), extra_limit_(extra_limit) {}

    /// Takes the next bytes of the connection; payload goes to the end of `body`. Bytes after the last chunk
    /// are not looked at. Once it has said anything but going_on, it says so for ever.
    state take(std::string_view bytes, secret &body);

    [[nodiscard]] bool done() const { return state_ == state::done; }

private:
    enum class place { size, extension, size_lf, data, data_cr, data_lf, trailer, trailer_lf };

    state take_one(char c);
    state end_of_size_line();

    std::size_t body_limit_;
    std::size_t extra_limit_;
    std::size_t extra_ = 0;
    std::uint64_t left_ = 0;    ///< size of the chunk, then what of it is still to come
    unsigned digits_ = 0;       ///< of the size, so far
    bool trailer_empty_ = true; ///< no byte of this trailer line yet: CRLF ends the body
    place place_ = place::size;
    state state_ = state::going_on;
};

} // namespace azure_wi
