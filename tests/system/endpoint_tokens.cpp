// The rows of endpoint.tsv about answers that hold a token, or something in its place.

#include "tests/system/endpoint_row.hpp"

#include <cstddef>

using namespace azure_wi::tests;
using azure_wi::world::recorded_request;
using azure_wi::world::reply;
namespace step = azure_wi::world::step;

namespace {

std::string one_byte_chunks(std::string_view body) {
    std::string coded;
    for (const char c : body)
        coded.append("1\r\n").append(1, c).append("\r\n");
    return coded + "0\r\n\r\n";
}

// `value` is JSON.
reply with_token(const std::string &value) {
    return reply::json(200, R"({"token_type":"Bearer","expires_in":3599,"access_token":)" + value + "}");
}

reply with_type(const std::string &member) {
    return reply::json(200, "{" + member + R"("expires_in":3599,"access_token":"eyJ.A.B"})");
}

} // namespace

BOOST_AUTO_TEST_SUITE(tokens)

BOOST_FIXTURE_TEST_CASE(ok, endpoint_row) {
    always("plain", reply::http(200, {{"Content-Type", "application/json"}}, token_body()));
    const recorded_request asked = entra().last_request();
    BOOST_CHECK_EQUAL(asked.form.at("client_assertion"), assertion());
    BOOST_CHECK_EQUAL(asked.header_count("authorization"), 0U);
}

BOOST_FIXTURE_TEST_CASE(ok_charset, endpoint_row) {
    for (const char *type : {"application/json; charset=utf-8", "Application/JSON;charset=UTF-8"})
        always(type, reply::http(200, {{"Content-Type", type}}, token_body()));
}

BOOST_FIXTURE_TEST_CASE(ok_extra, endpoint_row) {
    always(
        "many members",
        reply::json(200, token_body_with(R"("expires_in":3599,"ext_expires_in":3599,"refresh_in":1800,)"
                                         R"("foci":"1","nested":{"a":[{"access_token":"no"},null,1.5e3]})")));
}

BOOST_FIXTURE_TEST_CASE(ok_chunked, endpoint_row) {
    const std::string head = response("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", {});
    always("one write", reply::raw(head + one_byte_chunks(token_body())));
    always("one write per byte",
           reply::raw({step::send{head}, step::send_bytewise{one_byte_chunks(token_body())}}));
}

BOOST_FIXTURE_TEST_CASE(ok_100, endpoint_row) {
    std::string interim;
    for (int i = 1; i <= 8; ++i) {
        interim +=
            i % 2 == 1 ? "HTTP/1.1 100 Continue\r\n\r\n" : "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
        always(std::to_string(i), reply::raw(interim + json_response(token_body())));
    }
}

BOOST_FIXTURE_TEST_CASE(ok_bearer_lower, endpoint_row) {
    for (const char *type : {"bearer", "BEARER"})
        always(type, with_type(R"("token_type":")" + std::string(type) + R"(",)"));
}

BOOST_FIXTURE_TEST_CASE(ok_big_token, endpoint_row) {
    const std::string token = "eyJ" + std::string(std::size_t{12} * 1024 - 3, 'A');
    always("12 KiB", reply::json(200, token_body(token)), {.token = token});
}

BOOST_FIXTURE_TEST_CASE(ok_32k_token, endpoint_row) {
    const std::string token = "eyJ" + std::string(32768 - 3, 'A');
    always("32768 bytes", reply::json(200, token_body(token)), {.token = token});
    const std::string longer = token + "A";
    always("one more", reply::json(200, token_body(longer)), {.token = longer, .expected = "error"});
}

BOOST_FIXTURE_TEST_CASE(tok_crlf, endpoint_row) {
    always("CR LF", with_token(R"("eyJ\r\nhost=evil.com")"));
}

BOOST_FIXTURE_TEST_CASE(tok_lf, endpoint_row) {
    always("inside", with_token(R"("eyJ\nquit=0")"));
    always("at the end", with_token(R"("eyJ.A.B\n")"));
    always("escaped by number", with_token(R"("eyJ\u000aA")"));
    always("NUL", with_token(R"("eyJ\u0000A")"));
}

BOOST_FIXTURE_TEST_CASE(tok_space, endpoint_row) {
    always("inside", with_token(R"("eyJ A")"));
    always("in front", with_token(R"(" eyJA")"));
    always("behind", with_token(R"("eyJA ")"));
}

BOOST_FIXTURE_TEST_CASE(tok_utf8, endpoint_row) {
    always("escaped", with_token(R"("eyJ\u00e9")"));
    always("raw", with_token("\"eyJ\xc3\xa9\""));
}

BOOST_FIXTURE_TEST_CASE(tok_empty, endpoint_row) {
    always("empty", with_token(R"("")"));
}
BOOST_FIXTURE_TEST_CASE(tok_null, endpoint_row) {
    always("null", with_token("null"));
}
BOOST_FIXTURE_TEST_CASE(tok_array, endpoint_row) {
    always("array", with_token(R"(["eyJ"])"));
}

BOOST_FIXTURE_TEST_CASE(tok_missing, endpoint_row) {
    always("missing", reply::json(200, R"({"token_type":"Bearer","expires_in":3599})"));
}

BOOST_FIXTURE_TEST_CASE(tok_echo, endpoint_row) {
    always("echo", reply::from([](const recorded_request &asked) {
               return reply::json(200, token_body(asked.form.at("client_assertion")));
           }));
}

BOOST_FIXTURE_TEST_CASE(type_missing, endpoint_row) {
    always("missing", with_type(""));
    always("null", with_type(R"("token_type":null,)"));
}

BOOST_FIXTURE_TEST_CASE(type_pop, endpoint_row) {
    always("pop", with_type(R"("token_type":"pop",)"));
}

BOOST_FIXTURE_TEST_CASE(type_inject, endpoint_row) {
    always("line break", with_type(R"("token_type":"Bearer\nusername=x",)"));
    always("blank", with_type(R"("token_type":"Bearer ",)"));
}

BOOST_AUTO_TEST_SUITE_END()
