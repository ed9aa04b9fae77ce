// Where the root certificate of the authority may stand.

#include "tests/system/network_asker.hpp"

#include <filesystem>
#include <fstream>

using namespace azure_wi::tests;
using azure_wi::world::certificate_authority;
using azure_wi::world::directory_name;
using azure_wi::world::trust;

namespace {

class trusting : public traveller {
public:
    trusting() { all().trust_authority(trust::none); }

    std::string ca_file() { return all().ca_file().string(); }
    // A file with a root that vouches for nothing here.
    std::string stranger_file() {
        static const certificate_authority stranger("a stranger");
        const auto file = scratch() / "stranger.pem";
        std::ofstream(file) << stranger.pem();
        return file.string();
    }
    std::string directory_with(const std::string &pem) {
        const auto directory = scratch() / ("hashed-" + directory_name(pem));
        std::filesystem::create_directory(directory);
        std::ofstream(directory / directory_name(pem)) << pem;
        return directory.string();
    }
    void check_untrusted(const variables &extra = {}, const std::vector<std::string> &arguments = {}) {
        check_fails(
            {"no trusted root vouches", "login.microsoftonline.com:443", "--ca-file (AZURE_WI_CA_FILE)"},
            extra, arguments);
        BOOST_CHECK_EQUAL(entra().request_count(), 0U);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(roots, trusting)

BOOST_AUTO_TEST_CASE(a_root_only_in_the_hashed_directory_is_trusted) {
    all().trust_authority(trust::directory);
    check_arrives();
}

BOOST_AUTO_TEST_CASE(a_root_only_in_the_bundle_is_trusted) {
    all().trust_authority(trust::bundle);
    check_arrives();
    BOOST_CHECK_EQUAL(entra().request_count(), 1U); // the first look at the certificate is no request
}

BOOST_AUTO_TEST_CASE(a_root_only_in_the_ca_file_is_trusted) {
    check_arrives({{"AZURE_WI_CA_FILE", ca_file()}});
    check_arrives({}, {"--ca-file=" + ca_file()});
}

BOOST_AUTO_TEST_CASE(the_ca_file_adds_to_the_systems_roots) {
    for (const trust where : {trust::directory, trust::bundle}) {
        all().trust_authority(where);
        check_arrives({{"AZURE_WI_CA_FILE", stranger_file()}});
    }
}

BOOST_AUTO_TEST_CASE(a_root_that_is_nowhere_is_told) {
    check_untrusted();
    check_untrusted({}, {"--ca-file=" + stranger_file()});
}

BOOST_AUTO_TEST_CASE(ssl_cert_file_and_dir_replace_the_systems_roots) {
    check_arrives({{"SSL_CERT_FILE", ca_file()}});
    check_arrives({{"SSL_CERT_DIR", directory_with(all().authority().pem())}});
    check_arrives({{"SSL_CERT_DIR", "/nowhere:" + directory_with(all().authority().pem())}});
    check_arrives(
        {{"SSL_CERT_FILE", stranger_file()}, {"SSL_CERT_DIR", directory_with(all().authority().pem())}});
    check_arrives({{"SSL_CERT_FILE", stranger_file()}, {"AZURE_WI_CA_FILE", ca_file()}});
}

BOOST_AUTO_TEST_CASE(what_they_replace_is_trusted_no_more) {
    all().trust_authority(trust::both);
    check_untrusted({{"SSL_CERT_FILE", stranger_file()}});
    check_untrusted({{"SSL_CERT_DIR", directory_with(certificate_authority("another").pem())}});
}

BOOST_AUTO_TEST_CASE(a_certificate_file_that_cannot_be_used_is_named) {
    std::ofstream(scratch() / "no.pem") << "no certificate\n";
    const std::string useless = (scratch() / "no.pem").string();
    all().trust_authority(trust::both);
    for (const std::string &path : {useless, std::string("/nowhere/ca.pem")}) {
        check_fails({path}, {{"AZURE_WI_CA_FILE", path}});
        check_fails({path}, {{"SSL_CERT_FILE", path}});
    }
    check_fails({"/nowhere"}, {{"SSL_CERT_DIR", "/nowhere"}});
    BOOST_CHECK_EQUAL(all().entra_door().accepted(), 0U);
}

BOOST_AUTO_TEST_CASE(a_machine_without_any_roots_is_told_so) {
    for (const auto &entry : std::filesystem::directory_iterator("/etc/ssl/certs")) // the world's own
        std::filesystem::remove_all(entry.path());
    check_fails({"no root certificates found", "/etc/ssl/certs", "install ca-certificates"});
    BOOST_CHECK_EQUAL(all().entra_door().accepted(), 0U);
    check_arrives({{"AZURE_WI_CA_FILE", ca_file()}});
}

BOOST_AUTO_TEST_SUITE_END()
