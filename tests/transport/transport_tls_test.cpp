#include "tests/transport/answering_server.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

#include <stdlib.h>

// The rows tls_*, and whose roots count. The names are those of tests/cases/endpoint.tsv.

using namespace azure_wi;
using namespace std::chrono_literals;
namespace step = world::step;
using tests::check_failure;
using tests::server;
using world::tls_settings;
using world::tls_version;

namespace {

const world::reply::steps answer{step::send{tests::whole}};

world::certificate issued(world::certificate_options options) {
    return world::process_authority().issue(std::move(options));
}

world::certificate_options local() {
    return server::local_names();
}

struct tls_row {
    const char *name;
    errc expected;
    tls_settings tls;
    world::reply::steps steps = answer;
    const char *host = "127.0.0.1";
};

std::vector<tls_row> tls_rows() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto expired = local(), future = local(), short_key = local(), sha1 = local(), forgotten = local();
    expired.not_after = now - 1min;
    future.not_before = now + 1h;
    short_key.key = world::key_kind::rsa_1024;
    sha1.digest = world::digest_kind::sha1;
    forgotten.through_intermediate = true;
    forgotten.send_intermediate = false;
    const std::string nul = std::string("localhost") + '\0' + ".evil.example";
    const world::certificate good = issued(local());
    const auto mismatch = errc::certificate_name_mismatch;
    return {
        {"tls_expired", errc::certificate_not_in_time, {.identity = issued(expired)}},
        {"tls_future", errc::certificate_not_in_time, {.identity = issued(future)}},
        {"tls_ca",
         errc::certificate_untrusted,
         {.identity = world::certificate_authority("stranger").issue(local())}},
        {"a forgotten intermediate", errc::certificate_untrusted, {.identity = issued(forgotten)}},
        {"tls_nulcn", mismatch, {.identity = issued({.common_name = nul})}, answer, "localhost"},
        {"tls_nulcn, SAN", mismatch, {.identity = issued({.dns_names = {nul}})}, answer, "localhost"},
        {"tls_cn_only",
         mismatch,
         {.identity = issued({.dns_names = {"other.example"}, .common_name = "localhost"})},
         answer,
         "localhost"},
        {"right CN, no SAN",
         mismatch,
         {.identity = issued({.common_name = "localhost"})},
         answer,
         "localhost"},
        {"right IP as CN, no SAN", mismatch, {.identity = issued({.common_name = "127.0.0.1"})}},
        {"tls_ip", mismatch, {.identity = issued({.ip_addresses = {"127.0.0.1"}})}, answer, "localhost"},
        {"tls_ip, name for an address", mismatch, {.identity = issued({.dns_names = {"127.0.0.1"}})}},
        {"tls_weak, RSA 1024", errc::tls_failed, {.identity = issued(short_key), .security_level = 0}},
        {"tls_weak, SHA-1", errc::tls_failed, {.identity = issued(sha1), .security_level = 0}},
        {"tls_weak, anonymous",
         errc::tls_failed,
         {.identity = good, .maximum = tls_version::v1_2, .ciphers = "aNULL", .security_level = 0}},
        {"tls_weak, no cipher",
         errc::tls_failed,
         {.identity = good, .maximum = tls_version::v1_2, .ciphers = "eNULL", .security_level = 0}},
        {"TLS 1.1",
         errc::tls_failed,
         {.identity = good, .minimum = tls_version::v1_0, .maximum = tls_version::v1_1, .security_level = 0}},
        {"tls_reneg",
         errc::tls_failed,
         {.identity = good, .maximum = tls_version::v1_2},
         {step::request_renegotiation{}, step::send{tests::whole}}},
        {"tls_reneg, flood",
         errc::tls_failed,
         {.identity = good, .maximum = tls_version::v1_2},
         {step::request_renegotiation{100}, step::send{tests::whole}}},
        {"h2 forced", errc::tls_failed, {.identity = good, .protocols = {"h2"}, .force_protocol = true}},
        {"no TLS there",
         errc::tls_failed,
         {.identity = good, .manner = world::handshake::plain},
         {step::send{"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"}}},
        {"reset in the handshake",
         errc::connection_broken,
         {.identity = good, .manner = world::handshake::reset}},
        {"closed in the handshake",
         errc::connection_broken,
         {.identity = good, .manner = world::handshake::close}},
    };
}

/// A directory with root certificates in it, gone afterwards.
class scratch_directory {
public:
    scratch_directory() {
        std::string name = (std::filesystem::temp_directory_path() / "azure-wi-trust-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("mkdtemp");
        path_ = name;
    }
    scratch_directory(const scratch_directory &) = delete;
    scratch_directory &operator=(const scratch_directory &) = delete;
    ~scratch_directory() { std::filesystem::remove_all(path_); }

    std::string write(const std::string &name, const std::string &content) const {
        std::ofstream(path_ / name) << content;
        return path_ / name;
    }
    std::string path() const { return path_; }

private:
    std::filesystem::path path_;
};

trust_settings trusting(std::string ca_file, std::string cert_file, std::string cert_dir) {
    return {
        .ca_file = std::move(ca_file), .cert_file = std::move(cert_file), .cert_dir = std::move(cert_dir)};
}

struct counting_trace final : trace {
    bool wants(int) const noexcept override { return true; }
    void note(int, std::string_view) override { ++notes; }
    int notes = 0;
};

result<http_reply> post_with(server &far, const trust_settings &trust) {
    system_clock time;
    silent_trace notes;
    curl_transport transport(trust, {}, time, notes);
    auto request = far.request();
    request.only_ca_pem.clear();
    return transport.post(request, time.now() + 5s);
}

} // namespace

BOOST_AUTO_TEST_CASE(rows_about_tls) {
    for (const tls_row &one : tls_rows()) {
        BOOST_TEST_CONTEXT(one.name) {
            server far(one.steps, local(), one.tls);
            check_failure(far.post(5s, one.host), one.expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_certificate_outside_its_time_says_which_way) {
    auto future = local();
    future.not_before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 1h;
    server far(answer, future);
    BOOST_TEST(far.post().error().about.ends_with("(not valid yet)"));
}

BOOST_AUTO_TEST_CASE(no_session_is_ever_resumed) { // tls_resume
    server far(answer);
    system_clock time;
    silent_trace notes;
    curl_transport transport({}, {}, time, notes);
    for (int i = 0; i < 2; ++i)
        BOOST_TEST(transport.post(far.request(), time.now() + 5s).has_value());
    const auto seen = far.seen();
    BOOST_REQUIRE(seen.size() == 2U);
    BOOST_TEST(!seen[1].session_resumed);
    BOOST_TEST(seen[1].connection_number == 2U);
}

BOOST_AUTO_TEST_CASE(the_verified_name_need_not_be_the_address) {
    server far(answer, {.dns_names = {"binding.example"}});
    system_clock time;
    silent_trace notes;
    curl_transport transport({}, {}, time, notes);
    auto request = far.request();
    request.url = "https://binding.example/token";
    request.connect_to = "127.0.0.1:" + std::to_string(far.listener().address().port);
    BOOST_TEST(transport.post(request, time.now() + 5s).has_value());
    BOOST_REQUIRE(far.seen().size() == 1U);
    BOOST_TEST(far.seen()[0].server_name == "binding.example");
    BOOST_TEST(far.seen()[0].host() == "binding.example");
}

BOOST_AUTO_TEST_CASE(a_root_counts_wherever_it_stands) {
    const std::string &root = world::process_authority().pem();
    const world::certificate_authority stranger("azure-wi unrelated root");
    const scratch_directory known, unrelated, files;
    known.write(world::directory_name(root), root);
    unrelated.write(world::directory_name(stranger.pem()), stranger.pem());
    const std::string bundle = files.write("bundle.pem", stranger.pem() + root);
    const std::string other = files.write("other.pem", stranger.pem());
    server far(answer);

    BOOST_TEST(post_with(far, trusting({}, {}, known.path())).has_value());
    BOOST_TEST(post_with(far, trusting({}, bundle, {})).has_value());
    BOOST_TEST(post_with(far, trusting({}, bundle, unrelated.path())).has_value());
    BOOST_TEST(post_with(far, trusting(bundle, {}, unrelated.path())).has_value());
    BOOST_TEST(post_with(far, trusting(bundle, {}, {})).has_value());
    BOOST_TEST(post_with(far, trusting(bundle, other, {})).has_value());
    BOOST_TEST(far.seen().size() == 6U);

    check_failure(post_with(far, trusting({}, other, unrelated.path())), errc::certificate_untrusted);
    check_failure(post_with(far, trusting(files.write("empty.pem", ""), {}, {})), errc::ca_unusable);
    check_failure(
        post_with(far, trusting(files.write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n"), {}, {})),
        errc::ca_unusable);
    BOOST_TEST(far.seen().size() == 6U);
}

BOOST_AUTO_TEST_CASE(that_the_bundle_was_needed_is_remembered) {
    const std::string &root = world::process_authority().pem();
    const world::certificate_authority stranger("azure-wi unrelated root");
    const scratch_directory unrelated;
    unrelated.write(world::directory_name(stranger.pem()), stranger.pem());
    server far(answer);
    system_clock time;
    counting_trace notes;
    curl_transport transport(trusting({}, unrelated.write("bundle.pem", root), unrelated.path()), {}, time,
                             notes);
    auto request = far.request();
    request.only_ca_pem.clear();
    for (int i = 0; i < 2; ++i)
        BOOST_TEST(transport.post(request, time.now() + 5s).has_value());
    BOOST_TEST(far.listener().accepted() == 3U);
    BOOST_TEST(notes.notes == 3);
}
