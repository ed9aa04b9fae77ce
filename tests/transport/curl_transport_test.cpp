#define BOOST_TEST_MODULE curl_transport
#include "tests/transport/answering_server.hpp"
#include "tests/world/certificate_authority.hpp"
#include "tests/world/connection.hpp"
#include "tests/world/reply.hpp"
#include "tests/world/request_reader.hpp"
#include "tests/world/tls_listener.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

// The rows of tests/cases/endpoint.tsv that the transport decides, by their names there.

using namespace azure_wi;
using namespace std::chrono_literals;
namespace step = world::step;

using tests::body;
using tests::check_failure;
using tests::json;
using tests::length;
using tests::ok;
using tests::server;
using tests::whole;

namespace {

std::string times(int count, const std::string &text) {
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

std::string bytewise_chunks(const std::string &content) {
    std::string all;
    for (const char c : content)
        (((all += "1\r\n") += c) += "\r\n");
    return all + "0\r\n\r\n";
}

struct row {
    const char *name;
    world::reply::steps steps;
    errc expected{}; ///< none: the whole body
};

const row rows[] = {
    {"ok", {step::send{whole}}},
    {"ok_chunked",
     {step::send_bytewise{ok + json + "Transfer-Encoding: chunked\r\n\r\n" + bytewise_chunks(body)}}},
    {"ok_100", {step::send{times(8, "HTTP/1.1 100 Continue\r\n\r\n") + whole}}},
    {"ok without length, with close_notify", {step::send{ok + json + "\r\n" + body}, step::close{}}},
    {"tls_nocn",
     {step::send{ok + json + "\r\n" + body}, step::close_without_notify{}},
     errc::connection_broken},
    {"st_999", {step::send{"HTTP/1.1 999 OK\r\n" + length + "\r\n" + body}}, errc::reply_malformed},
    {"st_999 below", {step::send{"HTTP/1.1 099 OK\r\n" + length + "\r\n" + body}}, errc::reply_malformed},
    {"st_999 letters", {step::send{"HTTP/1.1 abc OK\r\n" + length + "\r\n" + body}}, errc::reply_malformed},
    {"enc_te_gzip",
     {step::send{ok + "Transfer-Encoding: gzip, chunked\r\n\r\n" + bytewise_chunks(body)}},
     errc::reply_malformed},
    {"sz_10g", {step::send{ok + "Content-Length: 10737418240\r\n\r\n"}, step::hang{}}, errc::reply_malformed},
    {"sz, unannounced",
     {step::send{ok + "\r\n"}, step::send_until_closed{std::string(4096, ' ')}},
     errc::reply_malformed},
    {"sz, chunked",
     {step::send{ok + "Transfer-Encoding: chunked\r\n\r\n"},
      step::send_until_closed{"1000\r\n" + std::string(4096, ' ') + "\r\n"}},
     errc::reply_malformed},
    {"sz_cl_short",
     {step::send{ok + "Content-Length: 1000\r\n\r\n" + body}, step::close{}},
     errc::connection_broken},
    {"sz_cl_long", {step::send{whole + "HTTP/1.1 500 Smuggled\r\n\r\n"}}},
    {"sz_cl_te",
     {step::send{ok + length + "Transfer-Encoding: chunked\r\n\r\n" + bytewise_chunks(body)}},
     errc::reply_malformed},
    {"sz_cl_te, other order",
     {step::send{ok + "Transfer-Encoding: chunked\r\n" + length + "\r\n" + bytewise_chunks(body)}},
     errc::reply_malformed},
    {"sz_cl_neg", {step::send{ok + "Content-Length: -1\r\n\r\n" + body}}, errc::reply_malformed},
    {"sz_cl_neg, plus", {step::send{ok + "Content-Length: +5\r\n\r\n" + body}}, errc::reply_malformed},
    {"sz_cl_neg, hex", {step::send{ok + "Content-Length: 0x10\r\n\r\n" + body}}, errc::reply_malformed},
    {"sz_cl_neg, huge",
     {step::send{ok + "Content-Length: 99999999999999999999\r\n\r\n" + body}},
     errc::reply_malformed},
    {"sz_cl twice", {step::send{ok + length + length + "\r\n" + body}}, errc::reply_malformed},
    {"sz_chunk_ext",
     {step::send{ok + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(65536, 'x') +
                 "\r\n{\r\n0\r\n\r\n"}},
     errc::reply_malformed},
    {"sz_chunk_ext, trailers",
     {step::send{ok + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n" + times(4096, "X: 0123456789\r\n") +
                 "\r\n"}},
     errc::reply_malformed},
    {"chunks cut",
     {step::send{ok + "Transfer-Encoding: chunked\r\n\r\n10\r\n01234567"}, step::close{}},
     errc::connection_broken},
    {"hd_big", {step::send{ok}, step::send_until_closed{"X-Filler: 0123456789\r\n"}}, errc::reply_malformed},
    {"hd_big, one line",
     {step::send{ok + "X-Filler: "}, step::send_until_closed{std::string(1000, 'x')}},
     errc::reply_malformed},
    {"hd_obs, fold", {step::send{ok + length + "X-Folded: a\r\n b\r\n\r\n" + body}}, errc::reply_malformed},
    {"hd_obs, bare LF", {step::send{ok + "X-Line: a\n" + length + "\r\n" + body}}, errc::reply_malformed},
    {"hd_obs, bare CR",
     {step::send{ok + "X-Line: a\rb\r\n" + length + "\r\n" + body}},
     errc::reply_malformed},
    {"hd_obs, NUL",
     {step::send{ok + "X-Line: a" + std::string(1, '\0') + "\r\n" + length + "\r\n" + body}},
     errc::reply_malformed},
    {"hd_1xx", {step::send_until_closed{"HTTP/1.1 103 Early Hints\r\n\r\n"}}, errc::reply_malformed},
    {"hd_1xx, 101", {step::send{"HTTP/1.1 101 Switching Protocols\r\n\r\n" + whole}}, errc::reply_malformed},
    {"hd_20", {step::send{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}}, errc::reply_malformed},
    {"hd_20, SETTINGS",
     {step::send{std::string("\0\0\6\4\0\0\0\0\0\0\3\0\0\0\144", 15)}, step::close{}},
     errc::reply_malformed},
    {"hd_20, status line", {step::send{"HTTP/2 200 \r\n" + length + "\r\n" + body}}, errc::reply_malformed},
    {"two content types", {step::send{ok + json + json + length + "\r\n" + body}}, errc::reply_malformed},
    {"net_rst after request", {step::reset{}}, errc::connection_broken},
    {"net_rst mid-header", {step::send{ok + "Conte"}, step::reset{}}, errc::connection_broken},
    {"net_rst mid-body", {step::send{ok + length + "\r\n{"}, step::reset{}}, errc::connection_broken},
    {"no answer at all", {step::close{}}, errc::connection_broken},
};

} // namespace

BOOST_AUTO_TEST_CASE(rows_of_the_table) {
    for (const row &one : rows) {
        BOOST_TEST_CONTEXT(one.name) {
            server far(one.steps);
            const auto got = far.post();
            if (one.expected != errc{}) {
                check_failure(got, one.expected);
                continue;
            }
            BOOST_CHECK_MESSAGE(got, "no reply");
            if (got)
                BOOST_TEST(got->body.reveal() == body);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_request_is_one_plain_post) {
    server far({step::send{whole}});
    BOOST_TEST(far.post().has_value());
    const auto seen = far.seen();
    BOOST_REQUIRE(seen.size() == 1U);
    BOOST_TEST(seen[0].method == "POST");
    BOOST_TEST(seen[0].version == "HTTP/1.1");
    BOOST_TEST(seen[0].body == "grant_type=client_credentials");
    BOOST_TEST(seen[0].application_protocol == "http/1.1");
    for (const char *absent : {"Expect", "Accept-Encoding", "Cookie", "Authorization", "User-Agent"})
        BOOST_TEST(seen[0].header_count(absent) == 0U, absent);
}

BOOST_AUTO_TEST_CASE(redirects_are_handed_up_and_not_followed) { // st_3xx_*, st_refresh
    server elsewhere({step::send{whole}});
    server far(
        {step::send{"HTTP/1.1 307 Away\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n"}});
    const auto got = far.post();
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->status == 307);
    BOOST_TEST(elsewhere.listener().accepted() == 0U);
    BOOST_TEST(far.seen().size() == 1U);
}

BOOST_AUTO_TEST_CASE(content_codings_are_told_and_not_undone) { // enc_gzip
    server far({step::send{ok + json + "Content-Encoding: gzip\r\n" + length + "\r\n" + body}});
    const auto got = far.post();
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->content_encoding == "gzip");
    BOOST_TEST(got->body.reveal() == body);
}

BOOST_AUTO_TEST_CASE(a_body_of_exactly_the_limit_passes) {
    const std::string large(256 * 1024, ' ');
    server far({step::send{ok + "Content-Length: 262144\r\n\r\n" + large}});
    const auto got = far.post();
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->body.size() == large.size());
}

BOOST_AUTO_TEST_CASE(a_dribble_ends_at_the_deadline) { // slow_body
    server far({step::send{ok + length + "\r\n"}, step::send_bytewise{body, 1s}});
    const auto began = std::chrono::steady_clock::now();
    check_failure(far.post(300ms), errc::timed_out);
    BOOST_TEST((std::chrono::steady_clock::now() - began < 1s));
}

BOOST_AUTO_TEST_CASE(
    a_silent_handshake_ends_at_the_deadline) { // slow_tls, as far as a short deadline sees it
    server far({}, server::local_names(), {.identity = {}, .manner = world::handshake::silent});
    const auto got = far.post(200ms);
    check_failure(got, errc::timed_out);
    BOOST_TEST(got.error().about.find("TLS handshake") != std::string::npos, got.error().about);
}

BOOST_AUTO_TEST_CASE(nobody_listens) { // net_refused
    server far({});
    far.listener().stop();
    const auto got = far.post();
    check_failure(got, errc::connection_failed);
    BOOST_TEST(far.url().find(got.error().about.substr(0, got.error().about.find(' '))) != std::string::npos);
    BOOST_TEST(got.error().about.find("refused") != std::string::npos, got.error().about);
}

BOOST_AUTO_TEST_CASE(a_connection_that_falls_into_the_void) {
    const world::black_hole hole(world::endpoint{});
    system_clock time;
    silent_trace notes;
    curl_transport transport({}, {}, time, notes);
    http_request request;
    request.url = "http://127.0.0.1:" + std::to_string(hole.address().port) + "/";
    check_failure(transport.post(request, time.now() + 100ms), errc::timed_out);
}

BOOST_AUTO_TEST_CASE(cancel_ends_a_post_from_another_thread) {
    server far({step::hang{}});
    system_clock time;
    silent_trace notes;
    curl_transport transport({}, {}, time, notes);
    auto posted =
        std::async(std::launch::async, [&] { return transport.post(far.request(), time.now() + 1min); });
    BOOST_TEST(far.listener().wait_for_connections(1));
    transport.cancel();
    check_failure(posted.get(), errc::cancelled);
    check_failure(transport.post(far.request(), time.now() + 1min), errc::cancelled);
}
