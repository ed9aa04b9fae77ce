// The rows of endpoint.tsv about the bytes of HTTP/1.1: lengths, chunks, header lines.

#include "tests/system/endpoint_row.hpp"

#include <cstddef>

using namespace azure_wi::tests;
using azure_wi::world::reply;
namespace step = azure_wi::world::step;

namespace {

const std::string json_type = "Content-Type: application/json\r\n";

std::string with_length(const std::string &length) {
    return json_type + "Content-Length: " + length + "\r\n";
}

std::string with_right_length() {
    return with_length(std::to_string(token_body().size()));
}

std::string one_chunk(const std::string &extension = {}) {
    char size[8];
    std::snprintf(size, sizeof size, "%zx", token_body().size());
    return size + extension + "\r\n" + token_body() + "\r\n";
}

reply with_status(const std::string &line) {
    return reply::raw(line + "\r\n" + with_right_length() + "\r\n" + token_body());
}

} // namespace

BOOST_AUTO_TEST_SUITE(framing)

BOOST_FIXTURE_TEST_CASE(st_999, endpoint_row) {
    for (const char *line :
         {"HTTP/1.1 999 What", "HTTP/1.1 099 What", "HTTP/1.1 abc What", "HTTP/1.1 2000 OK", "HTTP/1.1 20 OK",
          "HTTP/3.1 200 OK", "HTTP/1.1  200 OK", "HTTP 200 OK"})
        always(line, with_status(line));
}

BOOST_FIXTURE_TEST_CASE(sz_10g, endpoint_row) {
    const std::string head = response(with_length("10737418240"), "");
    always("a body without end",
           reply::raw({step::send{head}, step::send_until_closed{std::string(65536, ' ')}}));
    // Were it not refused from the header, it would take until the deadline.
    const outcome seen = always("no body", reply::raw({step::send{head}, step::hang{}}));
    BOOST_CHECK_MESSAGE(seen.took < std::chrono::seconds(10), seen.took.count() << " ms");
    always("without a length", reply::raw({step::send{response(json_type, "")},
                                           step::send_until_closed{std::string(65536, ' ')}}));
    always("in chunks",
           reply::raw({step::send{response(json_type + "Transfer-Encoding: chunked\r\n", "")},
                       step::send_until_closed{"10000\r\n" + std::string(65536, ' ') + "\r\n"}}));
}

BOOST_FIXTURE_TEST_CASE(sz_cl_short, endpoint_row) {
    const auto more = std::to_string(token_body().size() + 1);
    always("one byte", reply::raw(response(with_length(more), token_body())));
    always("without a TLS goodbye",
           reply::raw({step::send{response(with_length(more), token_body())}, step::close_without_notify{}}));
    always("no last chunk", reply::raw(response(json_type + "Transfer-Encoding: chunked\r\n", one_chunk())));
}

BOOST_FIXTURE_TEST_CASE(sz_cl_long, endpoint_row) {
    always("one byte", reply::raw(json_response(token_body()) + "x"));
    always("another response", reply::raw(json_response(token_body()) + json_response(token_body("other"))));
    always("a flood", reply::raw({step::send{json_response(token_body())},
                                  step::send_until_closed{std::string(65536, 'x')}}));
}

BOOST_FIXTURE_TEST_CASE(sz_cl_te, endpoint_row) {
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    const std::string body = one_chunk() + "0\r\n\r\n";
    always("length first", reply::raw(response(with_length(std::to_string(body.size())) + chunked, body)));
    always("chunked first", reply::raw(response(chunked + with_length(std::to_string(body.size())), body)));
    always("length 0", reply::raw(response(with_length("0") + chunked, body)));
    always("two lengths", reply::raw(response(with_right_length() + "Content-Length: 3\r\n", token_body())));
}

BOOST_FIXTURE_TEST_CASE(sz_cl_neg, endpoint_row) {
    for (const char *length : {"-1", "+5", "0x10", "99999999999999999999", "5 5", "5,5", ""})
        always(length, reply::raw(response(with_length(length), token_body())));
    always("a plus before the right one",
           reply::raw(response(with_length("+" + std::to_string(token_body().size())), token_body())));
}

BOOST_FIXTURE_TEST_CASE(sz_chunk_ext, endpoint_row) {
    const std::string head = response(json_type + "Transfer-Encoding: chunked\r\n", "");
    const std::size_t much = std::size_t{64} * 1024;
    always("one extension", reply::raw(head + one_chunk(";x=" + std::string(much, 'x')) + "0\r\n\r\n"));
    std::string many;
    for (const char c : token_body())
        many += "1;" + std::string(1024, 'x') + "\r\n" + c + "\r\n";
    always("many", reply::raw(head + many + "0\r\n\r\n"));
    // libcurl itself takes no more than 4 KiB of them, and says then that it could not receive.
    always("trailers", reply::raw(head + one_chunk() + "0\r\nX: " + std::string(much, 'x') + "\r\n\r\n"),
           {.retry = "once"});
    always("an extension without end",
           reply::raw({step::send{head + "1;"}, step::send_until_closed{std::string(65536, 'x')}}));
}

BOOST_FIXTURE_TEST_CASE(hd_big, endpoint_row) {
    const std::size_t much = std::size_t{1024} * 1024;
    always("one line",
           reply::raw({step::send{"HTTP/1.1 200 OK\r\nX: " + std::string(much, 'x')}, step::hang{}}));
    std::string many;
    while (many.size() < much)
        many += "X-Header: " + std::string(90, 'x') + "\r\n";
    always("many lines", reply::raw({step::send{"HTTP/1.1 200 OK\r\n" + many}, step::hang{}}));
    always("for ever", reply::raw({step::send{"HTTP/1.1 200 OK\r\n"}, step::send_until_closed{"X: y\r\n"}}));
}

BOOST_FIXTURE_TEST_CASE(hd_obs, endpoint_row) {
    always("fold", reply::raw(response(with_right_length() + "X: a\r\n b\r\n", token_body())));
    always("folded type",
           reply::raw(response("Content-Type: text/html\r\n application/json\r\nContent-Length: " +
                                   std::to_string(token_body().size()) + "\r\n",
                               token_body())));
    always("bare LF", reply::raw(response(with_right_length() + "X: a\nY: b\r\n", token_body())));
    always("bare LF everywhere",
           reply::raw("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: " +
                      std::to_string(token_body().size()) + "\n\n" + token_body()));
    always("bare CR", reply::raw(response(with_right_length() + "X: a\rY: b\r\n", token_body())));
    always("NUL", reply::raw(response(with_right_length() + std::string("X: a\0b\r\n", 8), token_body())));
    always("a blank before the colon", reply::raw(response(with_right_length() + "X : a\r\n", token_body())));
    always("no colon", reply::raw(response(with_right_length() + "X\r\n", token_body())));
}

BOOST_FIXTURE_TEST_CASE(hd_1xx, endpoint_row) {
    for (const char *line : {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n"})
        always(line, reply::raw({step::send_until_closed{line}}));
    std::string nine;
    for (int i = 0; i < 9; ++i)
        nine += "HTTP/1.1 103 Early Hints\r\n\r\n";
    always("nine", reply::raw(nine + json_response(token_body())));
    always("101", reply::raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" +
                             json_response(token_body())));
}

BOOST_FIXTURE_TEST_CASE(hd_20, endpoint_row) {
    const std::string settings("\0\0\0\4\0\0\0\0\0", 9);
    always("preface", reply::raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings));
    always("SETTINGS", reply::raw(settings));
    always("status line", with_status("HTTP/2 200"));
    always("status line 2.0", with_status("HTTP/2.0 200 OK"));
}

BOOST_FIXTURE_TEST_CASE(hd_setcookie, endpoint_row) {
    const auto cookie = reply::raw(json_response(
        token_body(),
        "Set-Cookie: buid=WORDS-OF-THE-SERVER; Domain=.microsoftonline.com; Path=/; Secure\r\n"));
    always("cookie", cookie);
    play("within one process",
         [&] {
             entra().next(reply::http(503, {{"Set-Cookie", "x=1"}}));
             entra().always(cookie);
         },
         {.count = [this](const outcome &) { return entra().request_count() - 1; }});
    for (const auto &asked : entra().requests())
        BOOST_CHECK_EQUAL(asked.header_count("cookie"), 0U);
}

BOOST_AUTO_TEST_SUITE_END()
