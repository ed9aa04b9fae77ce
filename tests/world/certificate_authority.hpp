#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace azure_wi::world {

// A certificate with what is needed to serve it, in PEM.
struct certificate {
    std::string chain = {}; // the leaf first, then intermediates; never the root
    std::string key = {};
};

enum class key_kind { ec_p256, rsa_1024, rsa_2048 };
enum class digest_kind { sha256, sha1 };

struct certificate_options {
    std::vector<std::string> dns_names = {};
    std::vector<std::string> ip_addresses = {};
    std::string common_name = "azure-wi test world"; // may hold NUL bytes
    std::chrono::sys_seconds not_before =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - std::chrono::hours{1};
    std::chrono::sys_seconds not_after =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
        std::chrono::hours{24 * 30};
    key_kind key = key_kind::ec_p256;
    digest_kind digest = digest_kind::sha256;
    bool through_intermediate = false;
    bool send_intermediate = true; // false: a server that forgot to
};

// A root with an EC key. Two of them differ, so a second one is an unknown issuer.
class certificate_authority {
public:
    explicit certificate_authority(const std::string &common_name = "azure-wi test world root");
    ~certificate_authority();
    certificate_authority(certificate_authority &&) noexcept;

    const std::string &pem() const { return pem_; }
    certificate issue(const certificate_options &options) const;

private:
    struct material;
    std::unique_ptr<material> material_;
    std::string pem_;
};

// One root per process, so that worlds that come one after the other share their trust.
const certificate_authority &process_authority();

// `<subject-hash>.0`, the name by which OpenSSL looks a root up in a directory.
std::string directory_name(const std::string &certificate_pem);

} // namespace azure_wi::world
