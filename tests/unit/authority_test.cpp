#include "token-cache/settings/authority.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

using namespace azure_wi;

BOOST_AUTO_TEST_SUITE(authority)

BOOST_AUTO_TEST_CASE(that_entra_runs_is_taken_without_its_trailing_slash) {
    const auto reads = [](std::string_view text, std::string_view expected) {
        const auto read = read_authority(text, "");
        BOOST_TEST(read.has_value(), text);
        if (read)
            BOOST_TEST(*read == expected);
    };
    reads("", "https://login.microsoftonline.com");
    reads("https://login.microsoftonline.com/", "https://login.microsoftonline.com");
    reads("https://LOGIN.microsoftonline.com:443", "https://login.microsoftonline.com");
    reads("https://login.microsoftonline.us/", "https://login.microsoftonline.us");
    reads("https://login.partner.microsoftonline.cn/", "https://login.partner.microsoftonline.cn");
    reads("https://login.chinacloudapi.cn/", "https://login.chinacloudapi.cn");
    reads("https://login.windows.net", "https://login.windows.net");
    reads("https://sts.windows.net/", "https://sts.windows.net");
}

BOOST_AUTO_TEST_CASE(of_a_stranger_is_refused) {
    for (const std::string_view text :
         {"https://login.evil.com/", "https://login.microsoftonline.com.evil.com",
          "https://evil-login.microsoftonline.com", "https://login.microsoftonline.com:8443",
          "https://127.0.0.1", "http://127.0.0.1"}) {
        const auto read = read_authority(text, "");
        BOOST_REQUIRE(!read.has_value());
        BOOST_TEST((read.error().code == errc::authority_not_allowed), text);
        BOOST_TEST(read.error().about == "--authority-host (AZURE_AUTHORITY_HOST)");
    }
}

BOOST_AUTO_TEST_CASE(that_is_no_origin_is_invalid) {
    for (const std::string_view text :
         {"login.microsoftonline.com", "http://login.microsoftonline.com",
          "https://login.microsoftonline.com/tenant", "https://user@login.microsoftonline.com",
          "https://login.microsoftonline.com?x", "https://"}) {
        const auto read = read_authority(text, "");
        BOOST_REQUIRE(!read.has_value());
        BOOST_TEST((read.error().code == errc::invalid_setting), text);
    }
}

BOOST_AUTO_TEST_CASE(of_the_administrators_list_is_taken) {
    const std::string_view allowed = "https://login.corp.example/, https://127.0.0.1:8443";
    BOOST_TEST(read_authority("https://Login.Corp.example", allowed).has_value());
    BOOST_TEST(read_authority("https://127.0.0.1:8443/", allowed).has_value());
    BOOST_TEST(!read_authority("https://login.corp.example:444", allowed).has_value());
    BOOST_TEST(read_authority("https://login.microsoftonline.com", allowed).has_value());
}

BOOST_AUTO_TEST_CASE(list_with_a_faulty_entry_names_the_list) {
    const auto read = read_authority("https://login.corp.example", "login.corp.example");
    BOOST_REQUIRE(!read.has_value());
    BOOST_TEST((read.error().code == errc::invalid_setting));
    BOOST_TEST(read.error().about == "--allow-authority (AZURE_WI_ALLOW_AUTHORITIES)");
}

BOOST_AUTO_TEST_SUITE_END()
