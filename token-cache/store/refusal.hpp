#pragma once

#include "token-cache/errc.hpp"
#include "token-cache/explain.hpp"
#include "token-cache/failure.hpp"
#include "token-cache/token.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace azure_wi {

/// What tells one content of a token file from the next without reading it.
struct file_mark {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t modified_ns = 0; ///< nanoseconds since the epoch
    std::uint64_t size = 0;

    friend bool operator==(const file_mark &, const file_mark &) = default;
};

/// The mark of the file behind `path`, symlinks followed; all zero where there is none.
[[nodiscard]] file_mark mark_of(const std::string &path);

/// A failed exchange, remembered so that five hundred callers with one wrong setting make one request.
/// It holds our own words alone: no server text is ever stored.
struct refusal {
    record_id id{};
    std::int64_t refused_at = 0;
    /// Until when it answers callers that come later. Equal to refused_at: it answers those alone who were
    /// waiting for this very exchange.
    std::int64_t remember_until = 0;
    /// A rotated token file voids it: the user may just have mended the cause.
    file_mark token_file;
    errc code{};
    int aadsts = 0;
    explanation text;
};

/// How long `what` is remembered: 10 s for what is definitive (a federated credential takes minutes to
/// spread, and who just mended it must not wait), Retry-After up to 300 s for throttling, else 0.
[[nodiscard]] std::int64_t remember_for(const failure &what);

/// True while `refused` answers a caller that comes at `now` with the token file `mark`.
[[nodiscard]] bool in_force(const refusal &refused, std::int64_t now, const file_mark &mark);

/// True where every byte may stand on a terminal: no control bytes.
[[nodiscard]] bool is_printable(std::string_view text);

} // namespace azure_wi
