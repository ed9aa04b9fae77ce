#include "token-cache/network/tls_policy.hpp"

#include <openssl/ssl.h>
#include <openssl/ssl3.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace azure_wi {
namespace {

/// True where the certificate names hosts in the only place that counts.
bool has_subject_alt_name(X509 *certificate) {
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        &GENERAL_NAMES_free);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS || name->type == GEN_IPADD)
            return true;
    }
    return false;
}

extern "C" int azure_wi_check_certificate(int good, X509_STORE_CTX *chain) {
    if (good != 1 || X509_STORE_CTX_get_error_depth(chain) != 0)
        return good;
    if (has_subject_alt_name(X509_STORE_CTX_get_current_cert(chain)))
        return 1;
    X509_STORE_CTX_set_error(chain, X509_V_ERR_HOSTNAME_MISMATCH);
    return 0;
}

void watch_alert(tls_watch &watch, bool sent, unsigned char description) {
    const bool close = description == SSL_AD_CLOSE_NOTIFY;
    watch.alert = watch.alert || !close;
    watch.closed_cleanly = watch.closed_cleanly || (close && !sent);
}

constexpr int most_messages = 100; // a handshake has less than 20

// NOLINTNEXTLINE(readability-function-size): the parameters are OpenSSL's
extern "C" long azure_wi_read_no_more(BIO *from, int operation, const char *, std::size_t, int, long, int ret,
                                      std::size_t *) {
    if (operation != BIO_CB_READ)
        return ret;
    BIO_clear_retry_flags(from);
    return -1;
}

/// The peer's messages. During the first handshake a HelloRequest is legal and means nothing (RFC 5246
/// section 7.4.1.1).
void watch_handshake(tls_watch &watch, unsigned char type, SSL *ssl) {
    // OpenSSL skips HelloRequests without end, inside one call: a flood of them would outlast every deadline.
    if (++watch.messages > most_messages)
        BIO_set_callback_ex(SSL_get_rbio(ssl), &azure_wi_read_no_more);
    watch.finished = watch.finished || type == SSL3_MT_FINISHED;
    watch.renegotiation = watch.renegotiation || (watch.finished && type == SSL3_MT_HELLO_REQUEST);
}

/// The head of a record, shown before OpenSSL judges it.
void watch_head(tls_watch &watch, unsigned char type) {
    watch.garbled = watch.garbled || type < SSL3_RT_CHANGE_CIPHER_SPEC || type > SSL3_RT_APPLICATION_DATA;
}

// NOLINTNEXTLINE(readability-function-size): the parameters are OpenSSL's
extern "C" void azure_wi_watch_message(int sent, int, int content_type, const void *bytes, std::size_t size,
                                       SSL *ssl, void *argument) {
    auto &watch = *static_cast<tls_watch *>(argument);
    const auto *data = static_cast<const unsigned char *>(bytes);
    if (SSL_get_SSL_CTX(ssl) != watch.context || size < 1)
        return;
    if (content_type == SSL3_RT_ALERT && size == 2)
        watch_alert(watch, sent != 0, data[1]);
    else if (content_type == SSL3_RT_HEADER && sent == 0)
        watch_head(watch, data[0]);
    else if (content_type == SSL3_RT_HANDSHAKE && sent == 0)
        watch_handshake(watch, data[0], ssl);
}

} // namespace

bool apply_tls_policy(SSL_CTX *context, tls_watch &watch) {
    watch = {.context = context};
    // An administrator's openssl.cnf may ask for more.
    SSL_CTX_set_security_level(context, std::max(2, SSL_CTX_get_security_level(context)));
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    // libcurl obeys SSLKEYLOGFILE, and with those keys a packet capture shows assertion and token.
    SSL_CTX_set_keylog_callback(context, nullptr);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, &azure_wi_check_certificate);
    SSL_CTX_set_msg_callback(context, &azure_wi_watch_message);
    SSL_CTX_set_msg_callback_arg(context, &watch);
    return SSL_CTX_get_security_level(context) >= 2;
}

certificate_verdict judge_certificate(long verify_result) {
    switch (verify_result) {
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED:
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return {errc::certificate_name_mismatch, {}};
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return {errc::certificate_not_in_time, "not valid yet"};
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return {errc::certificate_not_in_time, "expired"};
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
        return {errc::tls_failed, "a key in the certificate chain is too short"};
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return {errc::tls_failed, "a signature in the certificate chain is too weak"};
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return {errc::certificate_untrusted, "an intermediate certificate is missing"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return {errc::certificate_untrusted, "self-signed"};
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return {errc::certificate_untrusted, "its root is not among the trusted ones"};
    default:
        return {errc::certificate_untrusted, {}};
    }
}

} // namespace azure_wi
