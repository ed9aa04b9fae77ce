#include "token-cache/settings/remote.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace azure_wi;
using organisation = remote_rules::organisation;

namespace {

remote_rules rules_of(std::string_view allow, std::string_view organisations = {}) {
    raw_settings raw;
    raw.set(setting::allow_host, allow);
    raw.set(setting::org, organisations);
    auto rules = remote_rules::read(raw);
    BOOST_REQUIRE(rules.has_value());
    return *rules;
}

} // namespace

BOOST_AUTO_TEST_SUITE(remote)

BOOST_AUTO_TEST_CASE(is_azure_repos_by_its_exact_names_alone) {
    for (const std::string_view host : {"dev.azure.com", "DEV.AZURE.COM", "dev.azure.com:443",
                                        "org.visualstudio.com", "Org-1.VisualStudio.com:443"})
        BOOST_TEST(is_azure_repos("https", host), host);
    for (const std::string_view host :
         {"", ":443", "azure.com", "dev.azure.com:444", "dev.azure.com:443:443", "dev.azure.com.",
          "visualstudio.com", ".visualstudio.com", "a.b.visualstudio.com", "www.visualstudio.com",
          "APP.visualstudio.com", "code.visualstudio.com", "marketplace.visualstudio.com",
          "my.visualstudio.com:443", "xn--org-a.visualstudio.com", "XN--a.visualstudio.com",
          "org_.visualstudio.com", "-.visualstudio.com"})
        BOOST_TEST(!is_azure_repos("https", host), host);
    for (const std::string_view protocol : {"http", "HTTPS", "Https", "https ", "", "httpss"})
        BOOST_TEST(!is_azure_repos(protocol, "dev.azure.com"), protocol);
}

BOOST_AUTO_TEST_CASE(of_the_administrators_list_is_compared_whole) {
    const remote_rules rules =
        rules_of("https://git.corp.example, https://other.example:8443,http://127.0.0.1:8080");
    BOOST_TEST(rules.covers_host("https", "git.corp.example"));
    BOOST_TEST(rules.covers_host("https", "GIT.corp.example:443"));
    BOOST_TEST(rules.covers_host("https", "other.example:8443"));
    BOOST_TEST(rules.covers_host("http", "127.0.0.1:8080"));
    BOOST_TEST(rules.covers_host("https", "dev.azure.com"));

    BOOST_TEST(!rules.covers_host("http", "git.corp.example"));
    BOOST_TEST(!rules.covers_host("https", "other.example"));
    BOOST_TEST(!rules.covers_host("https", "git.corp.example.evil.com"));
    BOOST_TEST(!rules.covers_host("https", "a.git.corp.example"));
    BOOST_TEST(!rules.covers_host("https", "127.0.0.1:8080"));
    BOOST_TEST(!rules.covers_host("http", "127.0.0.1"));
    BOOST_TEST(!rules.covers_host("http", "dev.azure.com"));
}

BOOST_AUTO_TEST_CASE(that_hides_an_entry_of_the_list_is_not_covered) {
    const remote_rules rules = rules_of("https://git.corp.example");
    for (const std::string_view host :
         {"git.corp.example/", "git.corp.example/x", "user@git.corp.example", "@git.corp.example",
          "git.corp.example?", "git.corp.example#", "evil.com@git.corp.example", " git.corp.example",
          "git.corp.example ", ""})
        BOOST_TEST(!rules.covers_host("https", host), host);
    BOOST_TEST(!rules.covers_host("", "https://git.corp.example"));
    BOOST_TEST(!rules.covers_host("https://git.corp.example/", ""));
}

BOOST_AUTO_TEST_CASE(list_with_a_faulty_entry_fails_and_does_not_repeat_it) {
    for (const std::string_view list : {"git.corp.example", "https://git.corp.example,http://plain.example",
                                        "https://*.corp.example", "https://user:pw@git.corp.example"}) {
        raw_settings raw;
        raw.set(setting::allow_host, list);
        const auto rules = remote_rules::read(raw);
        BOOST_REQUIRE(!rules.has_value());
        BOOST_TEST((rules.error().code == errc::invalid_setting));
        BOOST_TEST(rules.error().about == "--allow-host (AZURE_WI_ALLOW_HOSTS)");
    }
}

BOOST_AUTO_TEST_CASE(organisation_is_the_first_part_of_the_path) {
    const remote_rules rules = rules_of("", "contoso,Fabrikam");
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "contoso/p/_git/r") == organisation::covered));
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "CONTOSO") == organisation::covered));
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "fabrikam/") == organisation::covered));
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "contoso2/p") == organisation::not_covered));
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "evil/contoso") == organisation::not_covered));
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "/contoso") == organisation::not_covered));
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "contoso/../evil") == organisation::not_covered));
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "") == organisation::unknown));
}

BOOST_AUTO_TEST_CASE(organisation_is_the_label_of_a_legacy_host_whatever_the_path) {
    const remote_rules rules = rules_of("", "contoso");
    BOOST_TEST((rules.covers_organisation("Contoso.visualstudio.com", "") == organisation::covered));
    BOOST_TEST((rules.covers_organisation("contoso.visualstudio.com:443", "x/y") == organisation::covered));
    BOOST_TEST(
        (rules.covers_organisation("evil.visualstudio.com", "contoso/p") == organisation::not_covered));
}

BOOST_AUTO_TEST_CASE(organisation_is_any_where_none_is_named) {
    const remote_rules rules = rules_of("");
    BOOST_TEST((rules.covers_organisation("dev.azure.com", "") == organisation::covered));
}

BOOST_AUTO_TEST_CASE(list_is_split_at_commas_and_trimmed) {
    const auto parts = split_list(" a ,,b c, ");
    BOOST_REQUIRE(parts.size() == 2U);
    BOOST_TEST(parts[0] == "a");
    BOOST_TEST(parts[1] == "b c");
    BOOST_TEST(split_list("").empty());
    BOOST_TEST(split_list(",").empty());
}

BOOST_AUTO_TEST_SUITE_END()
