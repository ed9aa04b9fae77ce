#pragma once

#include "helper/credential_request.hpp"
#include "token-cache/secret.hpp"

#include <chrono>
#include <variant>

namespace azure_wi::helper {

/// How long a request may take to arrive.
inline constexpr std::chrono::seconds request_deadline{10};

/// Reads stdin up to a blank line, the end of the input, or the first byte that makes it no request: what
/// never ends is not waited for longer than request_deadline, and never kept beyond max_request_size.
[[nodiscard]] std::variant<secret, request_fault> read_stdin();

} // namespace azure_wi::helper
