#include "tests/harness/case_table.hpp"
#include "token-cache/settings/remote.hpp"
#include "token-cache/settings/url.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace azure_wi;

namespace {

// Whether a token may go to `url`: what a library that is given whole URLs decides by these two.
bool covered(const std::string &url, const std::string &allow) {
    raw_settings raw;
    raw.set(setting::allow_host, allow);
    const result<remote_rules> rules = remote_rules::read(raw);
    BOOST_REQUIRE(rules.has_value());
    const std::optional<url_parts> parts = split_url(url);
    return parts && rules->covers_host(parts->scheme, parts->host);
}

} // namespace

BOOST_AUTO_TEST_SUITE(url)

BOOST_AUTO_TEST_CASE(decides_every_row_of_the_table) {
    const auto rows = tests::read_cases(std::string(AZURE_WI_CASES) + "/url.tsv");
    BOOST_TEST(rows.size() >= 36U);
    for (const tests::case_row &row : rows) {
        const std::string cfg = row.directive("cfg");
        const std::string allow = cfg.starts_with("allow=") ? cfg.substr(6) : "";
        BOOST_TEST(covered(row["url"], allow) == (row["expected"] == "token"), row["name"]);
    }
}

BOOST_AUTO_TEST_CASE(is_split_and_nothing_of_it_is_changed) {
    const auto parts = split_url("https://Org:p%40w@Dev.Azure.COM:443/a%20b/@c?q#f");
    BOOST_REQUIRE(parts.has_value());
    BOOST_TEST(parts->scheme == "https");
    BOOST_TEST(parts->userinfo == "Org:p%40w");
    BOOST_TEST(parts->host == "Dev.Azure.COM:443");
    BOOST_TEST(parts->path == "/a%20b/@c?q#f");
}

BOOST_AUTO_TEST_CASE(without_user_or_path_has_empty_parts) {
    const auto parts = split_url("http://[::1]:8080");
    BOOST_REQUIRE(parts.has_value());
    BOOST_TEST(parts->scheme == "http");
    BOOST_TEST(parts->userinfo == "");
    BOOST_TEST(parts->host == "[::1]:8080");
    BOOST_TEST(parts->path == "");
}

BOOST_AUTO_TEST_CASE(that_two_parsers_could_read_differently_is_not_split) {
    for (const std::string_view text :
         {"https://", "https:///p", "https://user@/p", "https://a@b@c/", "https://a b/", "https://a\\b/",
          "https://a?/", "https://a#/", "https://a\t/", "https://a/\x7f", "https://a/\n", "Https://a/",
          "https//a/"})
        BOOST_TEST(!split_url(text), text);
    BOOST_TEST(!split_url(std::string_view("https://a\0b/", 12)));
}

BOOST_AUTO_TEST_CASE(has_a_port_behind_the_last_bracket) {
    BOOST_TEST(port_of("name:443") == "443");
    BOOST_TEST(name_of("name:443") == "name");
    BOOST_TEST(port_of("name") == "");
    BOOST_TEST(name_of("name") == "name");
    BOOST_TEST(port_of("[::1]:8080") == "8080");
    BOOST_TEST(name_of("[::1]:8080") == "[::1]");
    BOOST_TEST(port_of("[::1]") == "");
    BOOST_TEST(name_of("[::1]") == "[::1]");
    BOOST_TEST(name_of("name:") == "name");
}

BOOST_AUTO_TEST_SUITE_END()
