#pragma once

#include "token-cache/failure.hpp"
#include "token-cache/network/destination.hpp"
#include "token-cache/network/tls_policy.hpp"

#include <string_view>

namespace azure_wi {

/// What is known of a transfer that came to nothing: the HTTP library's numbers in our terms, and none of its
/// texts.
struct transfer_facts {
    enum class stop {
        no_address,       ///< of the server
        no_proxy_address, ///< or a proxy setting that cannot be read
        no_connection,
        connect_limit, ///< name, connection and handshake together took longer than their share
        deadline,
        tls,
        client_certificate, ///< the server wants one
        certificate,
        certificate_file,
        proxy,
        line, ///< sending, receiving, or the end of the connection in the wrong place
        reply,
        other,
    };
    stop stopped{};

    destination where{};
    std::string_view last_address{}; ///< "address:port" that was connected to last; empty: none
    std::string_view reply_fault{};  ///< reply_reader::fault()
    int proxy_status = 0;            ///< of the answer to CONNECT; 0: none
    int os_error = 0;                ///< errno of the last connect; 0: unknown
    long verify_result = 0;          ///< X509_V_ERR_*
    bool cut = false;                ///< TLS ended without close_notify where that was to end the body
    bool whole = false;              ///< the reply, as far as its framing tells
    bool resolved = false;
    bool passed_over = false; ///< some addresses: more than are tried
    bool connected = false;   ///< to the server or the proxy
    tls_watch watch{};

    /// False where the HTTP library is content and we are not.
    [[nodiscard]] bool good() const { return whole && !cut && reply_fault.empty() && !watch.renegotiation; }
};

/// The failure to report; `proxy` is "host:port", empty where none is set. Pure. Which errc it is also
/// decides whether the exchange is tried again, hence: a connection that broke off during the handshake, or a
/// server that never answered it, is connection_broken, and a disagreement over TLS, which would come out the
/// same again, is tls_failed.
[[nodiscard]] failure judge_transfer(const transfer_facts &facts, std::string_view proxy);

} // namespace azure_wi
