#pragma once

#include <string>

namespace azure_wi {

/// A new random UUID (RFC 4122 version 4), lower case: the `client-request-id` by which Microsoft's support
/// finds one request in Entra's logs. May be called from any thread.
[[nodiscard]] std::string make_request_id();

} // namespace azure_wi
