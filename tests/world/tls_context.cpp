#include "tests/world/tls_context.hpp"

#include "tests/world/openssl_handles.hpp"
#include "tests/world/tls_listener.hpp"

#include <openssl/ssl.h>

namespace azure_wi::world {
namespace {

struct protocol_choice {
    std::string wire; // each name with its length in front
    bool force = false;
};

int choose_protocol(SSL *, const unsigned char **out, unsigned char *out_size, const unsigned char *offered,
                    unsigned offered_size, void *argument) {
    const auto &choice = *static_cast<const protocol_choice *>(argument);
    const auto *ours = reinterpret_cast<const unsigned char *>(choice.wire.data());
    if (choice.force) {
        *out = ours + 1;
        *out_size = *ours;
        return SSL_TLSEXT_ERR_OK;
    }
    unsigned char *selected = nullptr;
    const int agreed = SSL_select_next_proto(
        &selected, out_size, ours, static_cast<unsigned>(choice.wire.size()), offered, offered_size);
    *out = selected;
    return agreed == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

int number_of(tls_version version) {
    switch (version) {
    case tls_version::v1_0:
        return TLS1_VERSION;
    case tls_version::v1_1:
        return TLS1_1_VERSION;
    case tls_version::v1_2:
        return TLS1_2_VERSION;
    case tls_version::v1_3:
        return TLS1_3_VERSION;
    }
    return TLS1_2_VERSION;
}

void use_identity(SSL_CTX *context, const certificate &identity) {
    const auto chain = memory_bio(identity.chain);
    const x509_handle leaf{PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)};
    check_openssl(leaf != nullptr && SSL_CTX_use_certificate(context, leaf.get()) == 1, "certificate");
    while (X509 *next = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr))
        SSL_CTX_add_extra_chain_cert(context, next);
    ERR_clear_error(); // the end of the chain
    const auto bio = memory_bio(identity.key);
    const pkey_handle key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
    check_openssl(key != nullptr && SSL_CTX_use_PrivateKey(context, key.get()) == 1, "private key");
}

} // namespace

std::shared_ptr<ssl_ctx_st> make_tls_context(const tls_settings &settings) {
    auto choice = std::make_shared<protocol_choice>();
    for (const auto &name : settings.protocols)
        choice->wire += static_cast<char>(name.size()) + name;
    choice->force = settings.force_protocol;

    // The deleter owns what the ALPN callback reads.
    std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_server_method()),
                                     [choice](SSL_CTX *c) { SSL_CTX_free(c); }};
    check_openssl(context != nullptr, "SSL_CTX_new");
    SSL_CTX_set_security_level(context.get(), settings.security_level);
    SSL_CTX_set_min_proto_version(context.get(), number_of(settings.minimum));
    SSL_CTX_set_max_proto_version(context.get(), number_of(settings.maximum));
    SSL_CTX_set_dh_auto(context.get(), 1);
    if (!settings.ciphers.empty())
        check_openssl(SSL_CTX_set_cipher_list(context.get(), settings.ciphers.c_str()) == 1, "ciphers");
    if (!settings.identity.chain.empty())
        use_identity(context.get(), settings.identity);
    if (!choice->wire.empty())
        SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, choice.get());
    return context;
}

} // namespace azure_wi::world
