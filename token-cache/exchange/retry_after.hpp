#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace azure_wi {

/// Reads an HTTP-date in each of its three forms (RFC 9110 section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT",
/// "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". A year of two digits is taken as the RFC
/// says, seen from `now`. Both are seconds since the epoch, UTC. Nothing where it is no date. Pure.
[[nodiscard]] std::optional<std::int64_t> read_http_date(std::string_view text, std::int64_t now);

/// How long a `Retry-After` field asks to wait (RFC 9110 section 10.2.3): seconds, or a date, seen from the
/// reply's own `Date` where that is one, else from `now` (this machine's clock can be wrong, the server's two
/// dates agree). A date that has passed is 0 s; more than a year is a year. Nothing where the field is empty
/// or invalid. Pure.
[[nodiscard]] std::optional<std::chrono::seconds> read_retry_after(std::string_view field,
                                                                   std::string_view date, std::int64_t now);

} // namespace azure_wi
