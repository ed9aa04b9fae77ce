#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace azure_wi::world {

template <auto Free>
struct openssl_free {
    template <class T>
    void operator()(T *pointer) const {
        Free(pointer);
    }
};

using bio_handle = std::unique_ptr<BIO, openssl_free<BIO_free_all>>;
using pkey_handle = std::unique_ptr<EVP_PKEY, openssl_free<EVP_PKEY_free>>;
using x509_handle = std::unique_ptr<X509, openssl_free<X509_free>>;
using md_context_handle = std::unique_ptr<EVP_MD_CTX, openssl_free<EVP_MD_CTX_free>>;
using general_names_handle = std::unique_ptr<GENERAL_NAMES, openssl_free<GENERAL_NAMES_free>>;

// OpenSSL says failure by 0, a negative number or a null pointer.
inline void check_openssl(bool good, const char *what) {
    if (!good) {
        char text[256];
        ERR_error_string_n(ERR_get_error(), text, sizeof text);
        throw std::runtime_error{std::string{what} + ": " + text};
    }
}

inline bio_handle memory_bio(const std::string &content = {}) {
    bio_handle bio{content.empty() ? BIO_new(BIO_s_mem())
                                   : BIO_new_mem_buf(content.data(), static_cast<int>(content.size()))};
    check_openssl(bio != nullptr, "BIO_new");
    return bio;
}

inline std::string contents_of(BIO *bio) {
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

} // namespace azure_wi::world
