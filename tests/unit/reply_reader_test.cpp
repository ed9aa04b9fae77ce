#include "token-cache/network/reply_reader.hpp"
#include "token-cache/network/transfer_fault.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace azure_wi;

namespace {

reply_reader after_head(const std::string &fields) {
    reply_reader reader;
    BOOST_TEST(reader.take_header_line("HTTP/1.1 200 OK\r\n"));
    if (!fields.empty())
        BOOST_TEST(reader.take_header_line(fields + "\r\n"));
    BOOST_TEST(reader.take_header_line("\r\n"));
    return reader;
}

} // namespace

BOOST_AUTO_TEST_SUITE(reply)

BOOST_AUTO_TEST_CASE(chunks_may_be_cut_anywhere) {
    const std::string wire = "3;name=value\r\nabc\r\n0A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
    for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
        reply_reader reader = after_head("Transfer-Encoding: Chunked");
        BOOST_TEST(reader.take_body(wire.substr(0, cut)));
        BOOST_TEST(reader.whole() == (cut == wire.size()));
        BOOST_TEST(reader.take_body(wire.substr(cut)));
        BOOST_TEST(reader.whole());
        BOOST_TEST(reader.take().body.reveal() == "abc0123456789");
    }
}

BOOST_AUTO_TEST_CASE(malformed_chunks) {
    for (const char *wire : {"\r\n", "g\r\n", "-1\r\n", "0x1\r\n", "1\na\n0\n\n", "1\r\nab\r\n", "1\r\na\n",
                             "1\r\na\r0", "000000001\r\n", "FFFFFFFFFFFFFFFF1\r\n", "40001\r\n", "1 \n"}) {
        reply_reader reader = after_head("Transfer-Encoding: chunked");
        BOOST_TEST(!reader.take_body(wire), wire);
        BOOST_TEST(reader.broken());
    }
}

BOOST_AUTO_TEST_CASE(malformed_header_lines) {
    for (const char *line :
         {"no colon\r\n", ": no name\r\n", "Name : blank\r\n", " folded\r\n", "\tfolded\r\n", "A: b\n",
          "A: b\rc\r\n", "A: \x7f\r\n", "A\xc3\xa4: b\r\n", "Content-Length: 1,1\r\n", "Content-Length:\r\n",
          "Content-Length: 262145\r\n", "HTTP/1.1 200 OK\r\n"}) {
        reply_reader reader;
        BOOST_TEST(reader.take_header_line("HTTP/1.1 200 OK\r\n"));
        BOOST_TEST(!reader.take_header_line(line), line);
    }
    for (const char *line :
         {"HTTP/1.1 200OK\r\n", "HTTP/1.1 20\r\n", "HTTP/1.1 2000\r\n", "HTTP/1.1  200\r\n",
          "HTTP/1.2 200 OK\r\n", "HTTP/2 200\r\n", "HTTP/1.1 600 No\r\n", "ICY 200 OK\r\n"})
        BOOST_TEST(!reply_reader().take_header_line(line), line);
}

BOOST_AUTO_TEST_CASE(values_lose_the_blanks_around_them) {
    reply_reader reader = after_head("cOnTeNt-TyPe: \t application/json \t");
    BOOST_TEST(reader.take().content_type == "application/json");
}

BOOST_AUTO_TEST_CASE(how_a_body_ends) {
    BOOST_TEST(after_head("").ends_with_connection());
    BOOST_TEST(!after_head("Content-Length: 0").ends_with_connection());
    BOOST_TEST(after_head("Content-Length: 0").whole());
    BOOST_TEST(!after_head("Content-Length: 1").whole());
    BOOST_TEST(!reply_reader().whole());
    reply_reader none;
    BOOST_TEST(none.take_header_line("HTTP/1.1 204 No Content\r\n"));
    BOOST_TEST(none.whole());
    BOOST_TEST(!none.ends_with_connection());
}

BOOST_AUTO_TEST_CASE(a_proxys_name_shows_no_password) {
    BOOST_TEST(proxy_name("http://user:secret@proxy.example:3128/") == "proxy.example:3128");
    BOOST_TEST(proxy_name("user:se/cr@et@proxy.example:3128") == "proxy.example:3128");
    BOOST_TEST(proxy_name("proxy.example\x1b[31m:1") == "proxy.example?[31m:1");
}

BOOST_AUTO_TEST_CASE(a_destination_has_its_port) {
    BOOST_TEST(destination_of("https://login.microsoftonline.com/t/oauth2")->host ==
               "login.microsoftonline.com:443");
    BOOST_TEST(destination_of("http://127.0.0.1/")->host == "127.0.0.1:80");
    BOOST_TEST(destination_of("https://[::1]:8443/")->host == "[::1]:8443");
    BOOST_TEST(destination_of("https://[::1]/")->host == "[::1]:443");
    BOOST_TEST(!destination_of("ftp://host/").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
