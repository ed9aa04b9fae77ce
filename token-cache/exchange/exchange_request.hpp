#pragma once

#include "token-cache/exchange/transport.hpp"
#include "token-cache/secret.hpp"
#include "token-cache/settings/identity.hpp"

#include <string_view>

namespace azure_wi {

/// The one request of the exchange: the client credentials grant of RFC 6749 section 4.4 with a JWT as client
/// authentication (RFC 7523 section 2.2), to Entra's v2.0 token endpoint (Entra docs, "Access token request
/// with a federated credential").
///
/// With an identity binding the request goes to the binding's proxy: the proxy's path is put before the
/// endpoint's, the URL's host is the name that TLS verifies (`sni_name`, or the proxy's own), and `Host`
/// stays the authority's, as the Go SDK has it. `binding_ca_pem` is then the only root, unless it is empty.
///
/// Precondition: `who` came out of read_settings(). `assertion_jwt` went through read_assertion() and is
/// copied, into a body that is a secret too. `request_id` is sent as `client-request-id`. Pure, no errors.
[[nodiscard]] http_request make_exchange_request(const identity &who, const secret &assertion_jwt,
                                                 std::string_view request_id,
                                                 std::string_view binding_ca_pem);

} // namespace azure_wi
