#pragma once

#include <cstdint>
#include <string>

namespace azure_wi {

/// Seconds since the epoch as "YYYY-MM-DD HH:MM:SSZ", the form in which Entra gives its timestamps.
/// Times outside the years 1970-9999 become the nearest that is inside.
[[nodiscard]] std::string utc_text(std::int64_t seconds);

} // namespace azure_wi
