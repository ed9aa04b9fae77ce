#include "token-cache/network/trust_store.hpp"
#include "token-cache/network/two_step_trust.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <stdlib.h>

using namespace azure_wi;

namespace {

// trust_store looks for the label alone; whether a certificate stands behind it is OpenSSL's to say.
const std::string root = "-----BEGIN CERTIFICATE-----\nroot\n-----END CERTIFICATE-----";

/// An image's /etc: empty until filled, gone afterwards.
class image {
public:
    image() {
        std::string name = (std::filesystem::temp_directory_path() / "azure-wi-image-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("mkdtemp");
        path_ = name;
    }
    image(const image &) = delete;
    image &operator=(const image &) = delete;
    ~image() { std::filesystem::remove_all(path_); }

    std::string put(const std::string &name, const std::string &content = root) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << content;
        return path_ / name;
    }
    std::string at(const std::string &name) const { return path_ / name; }
    trust_places places() const { return {{at("certs"), at("other")}, {at("bundle.pem"), at("other.pem")}}; }

private:
    std::filesystem::path path_;
};

trust_settings chosen(std::string ca_file, std::string cert_file = {}, std::string cert_dir = {}) {
    return {
        .ca_file = std::move(ca_file), .cert_file = std::move(cert_file), .cert_dir = std::move(cert_dir)};
}

void check_unusable(const result<trust_roots> &got, const std::string &about) {
    BOOST_REQUIRE(!got);
    BOOST_CHECK(got.error().code == errc::ca_unusable);
    BOOST_TEST(got.error().about == about);
}

} // namespace

BOOST_AUTO_TEST_SUITE(trust)

BOOST_AUTO_TEST_CASE(the_hashed_directory_comes_first_and_the_bundle_last) {
    const image etc;
    etc.put("certs/4f316efb.0");
    etc.put("bundle.pem", root + " bundle");
    const trust_store store(chosen({}), etc.places());
    const auto quick = store.quick();
    BOOST_REQUIRE(quick.has_value());
    BOOST_TEST(quick->directory == etc.at("certs"));
    BOOST_TEST(quick->pem.empty());
    const auto all = store.complete();
    BOOST_REQUIRE(all.has_value());
    BOOST_TEST(all->directory == etc.at("certs"));
    BOOST_TEST(all->pem == root + " bundle");
}

BOOST_AUTO_TEST_CASE(a_directory_without_hashed_names_does_not_count) {
    const image etc;
    for (const char *name :
         {"ca-certificates.crt", "4f316efb.x", "4f316efb.", "4f316ef.0", "4f316efbb.0", "xf316efb.0"})
        etc.put(std::string("certs/") + name);
    etc.put("bundle.pem");
    const trust_store store(chosen({}), etc.places());
    const auto quick = store.quick();
    BOOST_REQUIRE(quick.has_value());
    BOOST_TEST(quick->directory.empty());
    BOOST_TEST(quick->pem == root);
    BOOST_TEST(!store.complete().has_value());
}

BOOST_AUTO_TEST_CASE(a_directory_alone_is_everything) {
    const image etc;
    etc.put("other/4f316efb.12");
    const trust_store store(chosen({}), etc.places());
    BOOST_TEST(store.quick()->directory == etc.at("other"));
    BOOST_TEST(!store.complete().has_value());
}

BOOST_AUTO_TEST_CASE(a_ca_file_is_added_to_both_steps) {
    const image etc;
    etc.put("certs/4f316efb.0");
    etc.put("bundle.pem", root + " bundle");
    const trust_store store(chosen(etc.put("company.pem", root + " company")), etc.places());
    BOOST_TEST(store.quick()->directory == etc.at("certs"));
    BOOST_TEST(store.quick()->pem == root + " company");
    BOOST_TEST(store.complete()->pem == root + " bundle\n" + root + " company");
}

BOOST_AUTO_TEST_CASE(a_ca_file_is_enough) {
    const image etc;
    const trust_store store(chosen(etc.put("company.pem")), etc.places());
    BOOST_TEST(store.quick()->pem == root);
}

BOOST_AUTO_TEST_CASE(the_users_places_replace_the_systems) {
    const image etc, mine;
    etc.put("certs/4f316efb.0");
    etc.put("bundle.pem");
    const trust_store file(chosen({}, mine.put("mine.pem", root + " mine")), etc.places());
    BOOST_TEST(file.quick()->directory.empty());
    BOOST_TEST(file.quick()->pem == root + " mine");
    BOOST_TEST(!file.complete().has_value());

    mine.put("one/4f316efb.0");
    mine.put("two/5f316efb.0");
    const std::string list = mine.at("one") + ":" + mine.at("absent") + "::" + mine.at("two");
    const trust_store directories(chosen({}, {}, list), etc.places());
    BOOST_TEST(directories.quick()->directory == mine.at("one") + ":" + mine.at("two"));
    BOOST_TEST(!directories.complete().has_value());

    const trust_store both(chosen({}, mine.at("mine.pem"), mine.at("one")), etc.places());
    BOOST_TEST(both.quick()->pem.empty());
    BOOST_TEST(both.complete()->pem == root + " mine");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_used_is_named) {
    const image etc;
    etc.put("certs/4f316efb.0");
    const std::string absent = etc.at("absent");
    const std::string empty = etc.put("empty.pem", "no certificate here");
    const std::string key = etc.put("key.pem", "-----BEGIN PRIVATE KEY-----");
    for (const std::string &path : {absent, empty, key, etc.at("certs")}) {
        check_unusable(trust_store(chosen(path), etc.places()).quick(), path);
        check_unusable(trust_store(chosen({}, path), etc.places()).quick(), path);
    }
    check_unusable(trust_store(chosen({}, {}, absent), etc.places()).quick(), absent);
    const std::string bare = std::filesystem::path(etc.put("bare/file")).parent_path();
    check_unusable(trust_store(chosen({}, {}, bare), etc.places()).quick(),
                   "no root certificates found in " + bare);
}

BOOST_AUTO_TEST_CASE(an_image_without_roots_says_so) {
    const image etc;
    check_unusable(trust_store(chosen({}), etc.places()).quick(),
                   "no root certificates found in " + etc.at("certs") + " or any other usual place");
}

BOOST_AUTO_TEST_CASE(the_second_step_is_taken_for_an_unknown_issuer_alone) {
    const image etc;
    etc.put("certs/4f316efb.0");
    etc.put("bundle.pem");
    silent_trace notes;
    for (const errc code : {errc::certificate_untrusted, errc::certificate_name_mismatch, errc::timed_out}) {
        two_step_trust both(trust_store(chosen({}), etc.places()));
        int runs = 0;
        const auto got = both.post({}, true, notes, [&](const trust_roots &) -> result<http_reply> {
            ++runs;
            return failure{.code = code};
        });
        BOOST_CHECK(got.error().code == code);
        BOOST_TEST(runs == (code == errc::certificate_untrusted ? 2 : 1));
    }
}

BOOST_AUTO_TEST_SUITE_END()
