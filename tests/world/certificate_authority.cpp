#include "tests/world/certificate_authority.hpp"

#include "tests/world/openssl_handles.hpp"

#include <array>
#include <cstdio>
#include <random>

#include <arpa/inet.h>

namespace azure_wi::world {
namespace {

pkey_handle make_key(key_kind kind) {
    pkey_handle key;
    switch (kind) {
    case key_kind::ec_p256:
        key.reset(EVP_EC_gen("P-256"));
        break;
    case key_kind::rsa_1024:
        key.reset(EVP_RSA_gen(1024));
        break;
    case key_kind::rsa_2048:
        key.reset(EVP_RSA_gen(2048));
        break;
    }
    check_openssl(key != nullptr, "key generation");
    return key;
}

std::string to_pem(X509 *what) {
    const auto bio = memory_bio();
    check_openssl(PEM_write_bio_X509(bio.get(), what) == 1, "PEM_write_bio_X509");
    return contents_of(bio.get());
}

std::string to_pem(EVP_PKEY *what) {
    const auto bio = memory_bio();
    check_openssl(PEM_write_bio_PrivateKey(bio.get(), what, nullptr, nullptr, 0, nullptr, nullptr) == 1,
                  "PEM_write_bio_PrivateKey");
    return contents_of(bio.get());
}

void set_name(X509 *what, const std::string &common_name) {
    X509_NAME *name = X509_get_subject_name(what);
    // The length is given, so a NUL byte inside stays a NUL byte.
    check_openssl(X509_NAME_add_entry_by_NID(name, NID_commonName, V_ASN1_UTF8STRING,
                                             reinterpret_cast<const unsigned char *>(common_name.data()),
                                             static_cast<int>(common_name.size()), -1, 0) == 1,
                  "X509_NAME_add_entry_by_NID");
}

void add_extension(X509 *what, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, what, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    check_openssl(extension != nullptr, value);
    X509_add_ext(what, extension, -1);
    X509_EXTENSION_free(extension);
}

void add_name(GENERAL_NAMES *names, int type, const void *data, std::size_t size) {
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_STRING *text = ASN1_STRING_type_new(type == GEN_DNS ? V_ASN1_IA5STRING : V_ASN1_OCTET_STRING);
    ASN1_STRING_set(text, data, static_cast<int>(size));
    GENERAL_NAME_set0_value(name, type, text);
    sk_GENERAL_NAME_push(names, name);
}

void add_alternative_names(X509 *what, const certificate_options &options) {
    if (options.dns_names.empty() && options.ip_addresses.empty())
        return;
    const general_names_handle names{GENERAL_NAMES_new()};
    for (const auto &name : options.dns_names)
        add_name(names.get(), GEN_DNS, name.data(), name.size());
    for (const auto &text : options.ip_addresses) {
        std::array<unsigned char, sizeof(in6_addr)> address{};
        const bool six = text.find(':') != std::string::npos;
        check_openssl(inet_pton(six ? AF_INET6 : AF_INET, text.c_str(), address.data()) == 1, text.c_str());
        add_name(names.get(), GEN_IPADD, address.data(), six ? sizeof(in6_addr) : sizeof(in_addr));
    }
    check_openssl(X509_add1_ext_i2d(what, NID_subject_alt_name, names.get(), 0, 0) == 1, "subjectAltName");
}

void set_time(ASN1_TIME *field, std::chrono::sys_seconds when) {
    check_openssl(ASN1_TIME_set(field, std::chrono::system_clock::to_time_t(when)) != nullptr,
                  "ASN1_TIME_set");
}

x509_handle make_certificate(const certificate_options &options, EVP_PKEY *key, X509 *issuer,
                             EVP_PKEY *issuer_key, bool authority) {
    x509_handle made{X509_new()};
    check_openssl(made != nullptr, "X509_new");
    X509_set_version(made.get(), X509_VERSION_3);
    std::random_device random;
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(made.get()),
                            (std::uint64_t{random() >> 1} << 32) | random());
    set_time(X509_getm_notBefore(made.get()), options.not_before);
    set_time(X509_getm_notAfter(made.get()), options.not_after);
    X509_set_pubkey(made.get(), key);
    set_name(made.get(), options.common_name);
    X509 *signer = issuer != nullptr ? issuer : made.get();
    X509_set_issuer_name(made.get(), X509_get_subject_name(signer));
    add_extension(made.get(), signer, NID_basic_constraints,
                  authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    add_extension(made.get(), signer, NID_key_usage,
                  authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,keyEncipherment");
    add_extension(made.get(), signer, NID_subject_key_identifier, "hash");
    add_extension(made.get(), signer, NID_authority_key_identifier, "keyid:always");
    if (!authority)
        add_extension(made.get(), signer, NID_ext_key_usage, "serverAuth");
    add_alternative_names(made.get(), options);
    const EVP_MD *digest = options.digest == digest_kind::sha1 ? EVP_sha1() : EVP_sha256();
    check_openssl(X509_sign(made.get(), issuer_key, digest) > 0, "X509_sign");
    return made;
}

} // namespace

struct certificate_authority::material {
    pkey_handle key;
    x509_handle root;
};

certificate_authority::certificate_authority(const std::string &common_name)
    : material_{std::make_unique<material>()} {
    material_->key = make_key(key_kind::ec_p256);
    certificate_options options;
    options.common_name = common_name;
    options.not_before -= std::chrono::hours{24 * 365};
    options.not_after += std::chrono::hours{24 * 365};
    material_->root = make_certificate(options, material_->key.get(), nullptr, material_->key.get(), true);
    pem_ = to_pem(material_->root.get());
}

certificate_authority::~certificate_authority() = default;
certificate_authority::certificate_authority(certificate_authority &&) noexcept = default;

certificate certificate_authority::issue(const certificate_options &options) const {
    const auto key = make_key(options.key);
    if (!options.through_intermediate) {
        const auto leaf =
            make_certificate(options, key.get(), material_->root.get(), material_->key.get(), false);
        return {to_pem(leaf.get()), to_pem(key.get())};
    }
    certificate_options between;
    between.common_name = "azure-wi test world intermediate";
    const auto between_key = make_key(key_kind::ec_p256);
    const auto intermediate =
        make_certificate(between, between_key.get(), material_->root.get(), material_->key.get(), true);
    const auto leaf = make_certificate(options, key.get(), intermediate.get(), between_key.get(), false);
    return {to_pem(leaf.get()) + (options.send_intermediate ? to_pem(intermediate.get()) : ""),
            to_pem(key.get())};
}

const certificate_authority &process_authority() {
    static const certificate_authority authority;
    return authority;
}

std::string directory_name(const std::string &certificate_pem) {
    const auto bio = memory_bio(certificate_pem);
    const x509_handle read{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    check_openssl(read != nullptr, "PEM_read_bio_X509");
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "%08lx.0", X509_subject_name_hash(read.get()));
    return name.data();
}

} // namespace azure_wi::world
