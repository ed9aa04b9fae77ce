#include "tests/world/issuer.hpp"

#include "tests/world/base64url.hpp"
#include "tests/world/guid.hpp"
#include "tests/world/openssl_handles.hpp"

#include <boost/json.hpp>

namespace azure_wi::world {

struct issuer::signing_key {
    pkey_handle handle{EVP_RSA_gen(2048)};

    signing_key() { check_openssl(handle != nullptr, "EVP_RSA_gen"); }

    static std::shared_ptr<const signing_key> of_this_process() {
        static const auto key = std::make_shared<const signing_key>();
        return key;
    }

    std::string sign(std::string_view text) const {
        const md_context_handle context{EVP_MD_CTX_new()};
        check_openssl(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, handle.get()) == 1,
                      "sign");
        std::string signature(256, '\0');
        std::size_t size = signature.size();
        check_openssl(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()),
                                     &size, reinterpret_cast<const unsigned char *>(text.data()),
                                     text.size()) == 1,
                      "sign");
        return signature;
    }
};

namespace {

boost::json::object payload_of(const claims &what, const std::string &url) {
    const auto seconds = [](std::chrono::sys_seconds when) { return when.time_since_epoch().count(); };
    boost::json::array audiences;
    for (const auto &audience : what.audiences)
        audiences.emplace_back(audience);
    boost::json::object payload{
        {"aud", std::move(audiences)},
        {"exp", seconds(what.issued_at + what.lifetime)},
        {"iat", seconds(what.issued_at)},
        {"iss", what.issuer.empty() ? url : what.issuer},
        {"jti", random_guid()},
        {"kubernetes.io", {{"namespace", "default"}, {"pod", {{"name", "build-0"}, {"uid", random_guid()}}}}},
        {"nbf", seconds(what.issued_at + what.not_before_offset)},
        {"sub", what.subject}};
    for (const auto &name : what.omit)
        payload.erase(name);
    return payload;
}

} // namespace

issuer::issuer(std::string url, key which)
    : url_{std::move(url)}, key_{which == key::shared ? signing_key::of_this_process()
                                                      : std::make_shared<const signing_key>()} {}
issuer::~issuer() = default;

std::string issuer::mint(const claims &what) const {
    const boost::json::object header{{"alg", "RS256"}, {"kid", "azure-wi-test-world"}};
    std::string token = base64url_encode(boost::json::serialize(header)) + '.' +
                        base64url_encode(boost::json::serialize(payload_of(what, url_)));
    std::string signature = key_->sign(token);
    if (what.corrupt_signature)
        signature[100] = static_cast<char>(signature[100] ^ 1);
    return token + '.' + base64url_encode(signature);
}

bool issuer::verifies(std::string_view signed_part, std::string_view signature) const {
    const md_context_handle context{EVP_MD_CTX_new()};
    check_openssl(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_->handle.get()) ==
                      1,
                  "verify");
    const bool good =
        EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char *>(signature.data()),
                         signature.size(), reinterpret_cast<const unsigned char *>(signed_part.data()),
                         signed_part.size()) == 1;
    ERR_clear_error();
    return good;
}

} // namespace azure_wi::world
