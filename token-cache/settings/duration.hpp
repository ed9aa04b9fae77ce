#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace azure_wi {

/// Reads "500ms", "30s", "5m", "1h" or a bare number of seconds: digits and at most one unit, up to 366 days.
[[nodiscard]] std::optional<std::chrono::milliseconds> read_duration(std::string_view text);

} // namespace azure_wi
