#pragma once

#include "token-cache/errc.hpp"

#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace azure_wi {

/// What was seen on one TLS connection that libcurl does not tell. Written by OpenSSL's callbacks on the
/// thread that drives the connection; must outlive the SSL_CTX that apply_tls_policy() was given.
struct tls_watch {
    const ssl_ctx_st *context = nullptr; ///< the newest: behind an HTTPS proxy that is the inner connection
    bool finished = false;               ///< the peer ended the handshake
    bool garbled = false;                ///< the peer sent bytes that are no TLS record
    bool alert = false;          ///< one side gave up with an alert: a disagreement, no fault of the line
    bool closed_cleanly = false; ///< close_notify: the server says that this was all
    bool renegotiation = false;  ///< the server asked for one
    int messages = 0;            ///< of the peer's handshake, and behind it
};

/// Settings that libcurl has no option for: security level 2 at least (RSA >= 2048, SHA-2, no anonymous
/// suites), no renegotiation, no session tickets, and no certificate without a subjectAltName: libcurl would
/// take the common name of such a one (RFC 9110 section 4.3.4 forbids it). False: `context` could not be
/// changed.
[[nodiscard]] bool apply_tls_policy(ssl_ctx_st *context, tls_watch &watch);

/// Why a certificate was refused: an errc and, where it adds something, a reason in our words.
struct certificate_verdict {
    errc code;
    std::string_view reason;
};

/// `verify_result` is an X509_V_ERR_* number; X509_V_OK and X509_V_ERR_UNSPECIFIED, where the chain was good
/// but the name did not match, count as a name mismatch.
[[nodiscard]] certificate_verdict judge_certificate(long verify_result);

} // namespace azure_wi
