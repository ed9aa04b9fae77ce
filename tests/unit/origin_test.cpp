#include "token-cache/settings/origin.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(origin)

BOOST_AUTO_TEST_CASE(is_spelled_in_lower_case_without_the_default_port) {
    const auto reads = [](std::string_view text, std::string_view expected) {
        BOOST_TEST(azure_wi::read_origin(text).value_or("none") == expected, text);
    };
    reads("https://git.corp.example", "https://git.corp.example");
    reads("https://GIT.Corp.example/", "https://git.corp.example");
    reads("https://git.corp.example:443", "https://git.corp.example");
    reads("https://git.corp.example:8443/", "https://git.corp.example:8443");
    reads("https://git.corp.example:80", "https://git.corp.example:80");
    reads("http://127.0.0.1:80", "http://127.0.0.1");
    reads("http://127.0.0.1:443", "http://127.0.0.1:443");
    reads("http://127.1.2.3:8080", "http://127.1.2.3:8080");
    reads("http://[::1]:8080", "http://[::1]:8080");
    reads("https://[2603:1030::A]", "https://[2603:1030::a]");
    reads("https://13.107.42.20", "https://13.107.42.20");
}

BOOST_AUTO_TEST_CASE(is_nothing_where_it_could_mean_more_or_less_than_one_server) {
    const std::vector<std::string> texts{
        "",
        "git.corp.example",
        "https://",
        "https:///",
        "HTTPS://git.corp.example",
        "ftp://git.corp.example",
        "https:git.corp.example",
        "https:/git.corp.example",
        "https://git.corp.example/path",
        "https://git.corp.example//",
        "https://git.corp.example?",
        "https://git.corp.example#",
        "https://user@git.corp.example",
        "https://@git.corp.example",
        "https://*.corp.example",
        "https://git..corp.example",
        "https://.corp.example",
        "https://git.corp.example.",
        "https://-git.corp.example",
        "https://git-.corp.example",
        "https://gi_t.corp.example",
        "https://g\xc3\xaft.corp.example",
        "https://" + std::string(64, 'a') + ".example",
        "https://git.corp.example:",
        "https://git.corp.example:0",
        "https://git.corp.example:0443",
        "https://git.corp.example:65536",
        "https://git.corp.example:+1",
        "https://git.corp.example:1:2",
        "https://[::1",
        "https://::1",
        "https://[::1]x",
        "https://[fe80::1%25eth0]",
        "http://git.corp.example",
        "http://localhost",
        "http://127.1",
        "http://127.0.0.1.example",
        "http://127.0.0.256",
        "http://127.0.0.01",
        "http://0x7f000001",
        "http://[::ffff:127.0.0.1]",
        "https://git.corp.example\n",
        " https://git.corp.example",
    };
    for (const std::string &text : texts)
        BOOST_TEST(!azure_wi::read_origin(text), text);
}

BOOST_AUTO_TEST_CASE(has_a_dns_name_of_at_most_253_bytes) {
    std::string longest;
    while (longest.size() < 250)
        longest += "a.";
    longest += "bcd";
    BOOST_TEST(longest.size() == 253U);
    BOOST_TEST(azure_wi::is_dns_name(longest));
    BOOST_TEST(!azure_wi::is_dns_name(longest + 'e'));
    BOOST_TEST(azure_wi::is_dns_name(std::string(63, 'a')));
    BOOST_TEST(!azure_wi::is_dns_name(""));
}

BOOST_AUTO_TEST_CASE(has_a_loopback_literal_only_where_no_other_machine_can_answer) {
    for (const std::string_view text : {"127.0.0.1", "127.255.255.255", "127.0.0.0", "[::1]"})
        BOOST_TEST(azure_wi::is_loopback_literal(text), text);
    for (const std::string_view text : {"", "127", "127.", "127.0.0", "127.0.0.", "127.0.0.1.", "127.0.0.1.2",
                                        "128.0.0.1", "127.0.0.-1", "127.0.0.1x", "::1", "[::2]", "localhost"})
        BOOST_TEST(!azure_wi::is_loopback_literal(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
