#include "helper/credential_request.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

using namespace azure_wi::helper;
using fault = request_fault;

namespace {

const std::string plain = "protocol=https\nhost=dev.azure.com\n";

credential_request read(std::string_view bytes) {
    auto got = read_request(bytes);
    BOOST_REQUIRE(std::holds_alternative<credential_request>(got));
    return std::get<credential_request>(got);
}

bool fails(std::string_view bytes, fault expected) {
    const auto got = read_request(bytes);
    const auto *found = std::get_if<request_fault>(&got);
    return found != nullptr && *found == expected;
}

} // namespace

BOOST_AUTO_TEST_SUITE(credential_request_)

BOOST_AUTO_TEST_CASE(is_read_as_git_writes_it) {
    const std::string bytes =
        "capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=Dev.Azure.COM:443\n"
        "path=org/My Proj/_git/r=1\nusername=org\npassword=pw\nauthtype=Bearer\ncredential=cr\n"
        "wwwauth[]=Basic realm=\"x\"\nstate[]=a:1\nstate[]=b:2\n";
    const credential_request request = read(bytes);
    BOOST_TEST(request.protocol == "https");
    BOOST_TEST(request.host == "Dev.Azure.COM:443");
    BOOST_TEST(request.path == "org/My Proj/_git/r=1");
    BOOST_TEST(request.password == "pw");
    BOOST_TEST(request.credential == "cr");
    BOOST_TEST(request.authtype == "Bearer");
    BOOST_TEST(request.offers_authtype);
    BOOST_TEST(request.offers_state);
    BOOST_REQUIRE(request.states.size() == 2U);
    BOOST_TEST(request.states[0] == "a:1");
    BOOST_TEST(request.states[1] == "b:2");
}

BOOST_AUTO_TEST_CASE(ends_by_a_blank_line_or_with_the_input) {
    BOOST_TEST(read(plain).host == "dev.azure.com");
    BOOST_TEST(read(plain + "\n").host == "dev.azure.com");
    BOOST_TEST(read(plain + "\nhost=evil.com\nurl=x\n=\nno sign").host == "dev.azure.com");
    BOOST_TEST(!read(plain).offers_authtype);
    BOOST_TEST(!read(plain).offers_state);
}

BOOST_AUTO_TEST_CASE(is_cleared_of_a_list_by_an_empty_value) {
    const std::string bytes = plain + "capability[]=authtype\ncapability[]=state\nstate[]=a\n"
                                      "capability[]=\nstate[]=\ncapability[]=state\nstate[]=b\n";
    const credential_request request = read(bytes);
    BOOST_TEST(!request.offers_authtype);
    BOOST_TEST(request.offers_state);
    BOOST_REQUIRE(request.states.size() == 1U);
    BOOST_TEST(request.states[0] == "b");
}

BOOST_AUTO_TEST_CASE(may_hold_what_we_do_not_know) {
    BOOST_TEST(read(plain + "future=1\nfuture=2\nx[]=\nwwwauth[]=a\nwwwauth[]=b\n").host == "dev.azure.com");
    BOOST_TEST(read(plain + "password=\x01\x02\n").password == "\x01\x02");
    BOOST_TEST(read("protocol=\nhost=\n").host.empty()); // present; that they are empty is another's matter
}

BOOST_AUTO_TEST_CASE(with_a_single_valued_attribute_twice_is_none) {
    for (const std::string_view key :
         {"protocol", "host", "path", "username", "password", "authtype", "credential", "ephemeral",
          "continue", "password_expiry_utc", "oauth_refresh_token", "quit"}) {
        const std::string line = std::string(key) + "=same\n";
        BOOST_TEST(fails("protocol=https\nhost=h\n" + line + line, fault::duplicate_key), key);
    }
}

BOOST_AUTO_TEST_CASE(with_a_forbidden_byte_is_none) {
    for (const std::string_view byte : {std::string_view("\0", 1), std::string_view("\r")}) {
        for (const std::string &part :
             {plain + "x=a", "x" + std::string(byte) + "=a\n" + plain, plain + "\n"})
            BOOST_TEST(fails(part + std::string(byte) + "\n", fault::forbidden_byte));
    }
    for (const std::string_view key : {"path", "username"}) {
        for (const std::string_view byte : {"\t", "\x7f", "\x1c", "\x0b", "\x1b"})
            BOOST_TEST(
                fails(plain + std::string(key) + "=a" + std::string(byte) + "b\n", fault::forbidden_byte));
    }
    BOOST_TEST(fails("protocol=https\t\nhost=h\n", fault::forbidden_byte));
    BOOST_TEST(fails("protocol=https\nhost=h\x7f\n", fault::forbidden_byte));
}

BOOST_AUTO_TEST_CASE(that_is_malformed_is_none) {
    BOOST_TEST(fails(plain + "line\n", fault::no_equals_sign));
    BOOST_TEST(fails(plain + "=x\n", fault::empty_key));
    BOOST_TEST(fails(plain + "url=https://dev.azure.com\n", fault::url_attribute));
    BOOST_TEST(fails("protocol=https\nhost=dev.azure.com", fault::unterminated_line));
    for (const std::string_view text :
         {"", "\n", "\nprotocol=https\nhost=h\n", "protocol=https\n", "host=h\n", "Protocol=https\nHost=h\n",
          "protocol[]=https\nhost[]=h\n", "host =h\nprotocol=https\n"})
        BOOST_TEST(fails(text, fault::incomplete_request), text);
}

BOOST_AUTO_TEST_CASE(has_lines_of_65535_bytes_at_most) {
    const auto line = [](std::size_t size) { return "x=" + std::string(size - 3, 'a') + "\n"; };
    BOOST_TEST(read(plain + line(65535)).host == "dev.azure.com");
    BOOST_TEST(fails(plain + line(65536), fault::line_too_long));
    BOOST_TEST(fails(std::string(65536, 'A'), fault::line_too_long));
}

BOOST_AUTO_TEST_CASE(has_1_MiB_at_most) {
    std::string bytes = plain;
    while (bytes.size() < max_request_size)
        bytes += "k=v\n";
    bytes.resize(max_request_size - 4);
    while (!bytes.ends_with('\n'))
        bytes.pop_back();
    BOOST_TEST(read(bytes).host == "dev.azure.com");
    bytes.append(max_request_size, '\n');
    BOOST_TEST(fails(bytes, fault::too_large));
}

BOOST_AUTO_TEST_CASE(fault_is_described_in_one_line_of_ours) {
    for (int i = 0; i <= static_cast<int>(fault::incomplete_request); ++i) {
        const std::string_view text = describe(static_cast<fault>(i));
        BOOST_TEST(!text.empty());
        BOOST_TEST(text.find('\n') == std::string_view::npos);
        BOOST_TEST(!text.ends_with('.'));
    }
}

BOOST_AUTO_TEST_SUITE_END()
