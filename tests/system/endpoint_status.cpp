// The rows of endpoint.tsv about errors, statuses, media types and codings.

#include "tests/system/endpoint_row.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

using namespace azure_wi::tests;
using azure_wi::world::header_list;
using azure_wi::world::recorded_request;
using azure_wi::world::reply;

namespace {

std::string error_body(std::string_view error, std::string_view description) {
    std::string body = R"({"error":")";
    body.append(error).append(R"(","error_description":")").append(description);
    return body +
           R"(","error_codes":[7000215],"trace_id":"WORDS-OF-THE-SERVER","timestamp":"WORDS-OF-THE-SERVER"})";
}

// One stored block, so that no library is needed.
std::string gzip(std::string_view plain) {
    std::uint32_t sum = 0xffffffffU;
    for (const char c : plain) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum >> 1U) ^ (0xedb88320U & (0U - (sum & 1U)));
    }
    const auto number = [](std::uint32_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i)
            text += static_cast<char>(value >> (8 * i) & 0xffU);
        return text;
    };
    const auto size = static_cast<std::uint32_t>(plain.size());
    return std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11) + number(size, 2) + number(~size, 2) +
           std::string(plain) + number(~sum, 4) + number(size, 4);
}

constexpr std::string_view portal = "<html><body>WORDS-OF-THE-SERVER: please sign in</body></html>";

} // namespace

BOOST_AUTO_TEST_SUITE(status)

BOOST_FIXTURE_TEST_CASE(err_200, endpoint_row) {
    always("error", reply::json(200, error_body("invalid_client", "WORDS-OF-THE-SERVER")));
    always("null", reply::json(200, R"({"error":null})"));
}

BOOST_FIXTURE_TEST_CASE(err_and_token, endpoint_row) {
    const std::string both = token_body_with(R"("expires_in":3599,"error":"invalid_client")");
    always("200", reply::json(200, both));
    always("400", reply::json(400, both));
}

BOOST_FIXTURE_TEST_CASE(err_400_700024, endpoint_row) {
    always("700024", reply::error(700024));
}

BOOST_FIXTURE_TEST_CASE(err_401_7000215, endpoint_row) {
    const outcome seen = always("7000215", reply::error(7000215));
    BOOST_CHECK_MESSAGE(contains(seen.error(), "AADSTS7000215"), seen.raw.err);
}

BOOST_FIXTURE_TEST_CASE(err_desc_secret, endpoint_row) {
    for (const char *place : {"error_description", "trace_id", "correlation_id", "timestamp", "error"})
        always(place, reply::from([place](const recorded_request &asked) {
                   const std::string echo = R"("AADSTS7000215: WORDS-OF-THE-SERVER )" + asked.body + '"';
                   std::string body = "{";
                   if (std::string_view(place) != "error")
                       body += R"("error":"invalid_client",)";
                   return reply::json(401, body + '"' + place + "\":" + echo + "}");
               }));
}

BOOST_FIXTURE_TEST_CASE(err_desc_ctl, endpoint_row) {
    always("escaped",
           reply::json(401, error_body("invalid_client",
                                       "AADSTS7000215: \\u001b[31m\\r\\u0007 WORDS-OF-THE-SERVER")));
    always("raw", reply::json(401, error_body("invalid_client",
                                              "AADSTS7000215: \x1b[31m\r\x07 WORDS-OF-THE-SERVER")));
    always("number in front of them",
           reply::json(401, error_body("invalid_client", "AADSTS7000215\\u001b]0;x\\u0007")));
    always("1 MB", reply::json(401, error_body("invalid_client",
                                               "AADSTS7000215: \\u001b" + std::string(1'000'000, '*'))));
}

BOOST_FIXTURE_TEST_CASE(err_html_500, endpoint_row) {
    always("stack trace", reply::from([](const recorded_request &asked) {
               return reply::http(500, {{"Content-Type", "text/html"}},
                                  std::string(portal) + "<pre>at Token() " + asked.body + "</pre>");
           }));
}

BOOST_FIXTURE_TEST_CASE(st_204, endpoint_row) {
    always("204", reply::http(204));
}

BOOST_FIXTURE_TEST_CASE(st_3xx_other, endpoint_row) {
    for (const int status : {301, 302, 303, 307, 308})
        always(std::to_string(status), reply::redirect(status, "https://evil.com/tenant/oauth2/v2.0/token"));
    always("302 with a token",
           reply::http(302, {{"Location", "https://evil.com/"}, {"Content-Type", "application/json"}},
                       token_body()));
    always("300 with a token", reply::http(300, {{"Content-Type", "application/json"}}, token_body()));
    BOOST_CHECK_EQUAL(all().foreign_door().accepted(), 0U);
    BOOST_CHECK_EQUAL(all().plain_foreign_door().accepted(), 0U);
}

BOOST_FIXTURE_TEST_CASE(st_3xx_same, endpoint_row) {
    always("other path", reply::redirect(307, "/common/oauth2/v2.0/token"));
    always("the whole URL",
           reply::redirect(307, "https://login.microsoftonline.com/common/oauth2/v2.0/token"));
}

BOOST_FIXTURE_TEST_CASE(st_3xx_loop, endpoint_row) {
    always("itself",
           reply::from([](const recorded_request &asked) { return reply::redirect(302, asked.target); }));
}

BOOST_FIXTURE_TEST_CASE(st_refresh, endpoint_row) {
    const header_list away{{"Refresh", "0; url=https://evil.com/"}, {"Location", "https://evil.com/"}};
    header_list page = away;
    page.emplace_back("Content-Type", "text/html");
    always("a page", reply::http(200, page, std::string(portal)));
    always("no page", reply::http(200, page, ""));
    always("no type", reply::http(200, away, std::string(portal)));
    BOOST_CHECK_EQUAL(all().foreign_door().accepted(), 0U);
}

BOOST_FIXTURE_TEST_CASE(st_407, endpoint_row) {
    all().proxy().require_credentials("user", "secret");
    const auto at_proxy = [this](const outcome &) { return all().proxy().request_count(); };
    const outcome refused = play("of CONNECT", [] {},
                                 {.extra = {{"HTTPS_PROXY", "http://other:Gurkensalat@proxy.test:3128"}},
                                  .count = at_proxy,
                                  .secrets = {"Gurkensalat", "b3RoZXI6R3Vya2Vuc2FsYXQ="}});
    BOOST_CHECK_MESSAGE(contains(refused.error(), "proxy.test:3128") && contains(refused.error(), "proxy"),
                        refused.raw.err);
    const outcome seen =
        always("of the endpoint", reply::http(407, {{"Proxy-Authenticate", "Basic"}}, "WORDS-OF-THE-SERVER"));
    BOOST_CHECK_MESSAGE(contains(seen.error(), "proxy"), seen.raw.err);
}

BOOST_FIXTURE_TEST_CASE(st_408, endpoint_row) {
    always("408", reply::http(408));
}

BOOST_FIXTURE_TEST_CASE(st_503, endpoint_row) {
    first("once", reply::http(503, {{"Content-Type", "text/html"}}, std::string(portal)));
    first("as JSON", reply::error(90033));
}

BOOST_FIXTURE_TEST_CASE(ct_html, endpoint_row) {
    always("portal", reply::http(200, {{"Content-Type", "text/html"}}, std::string(portal)));
    always("a token inside", reply::http(200, {{"Content-Type", "text/html"}}, token_body()));
}

BOOST_FIXTURE_TEST_CASE(ct_jsonish, endpoint_row) {
    for (const char *type : {"text/json", "application/jsonp", "application/problem+json",
                             "application/json2", "xapplication/json", "application/json, text/html"})
        always(type, reply::http(200, {{"Content-Type", type}}, token_body()));
    always("none", reply::http(200, {}, token_body()));
}

BOOST_FIXTURE_TEST_CASE(enc_gzip, endpoint_row) {
    for (const char *coding : {"gzip", "deflate", "br", "identity, gzip"}) {
        const header_list coded{{"Content-Type", "application/json"}, {"Content-Encoding", coding}};
        always(coding + std::string(", compressed"), reply::http(200, coded, gzip(token_body())));
        always(coding + std::string(" in name only"), reply::http(200, coded, token_body()));
    }
    for (const auto &asked : entra().requests())
        BOOST_CHECK_EQUAL(asked.header_count("accept-encoding"), 0U);
}

BOOST_FIXTURE_TEST_CASE(enc_te_gzip, endpoint_row) {
    const std::string type = "Content-Type: application/json\r\n";
    std::array<char, 16> size{};
    const std::string packed = gzip(token_body());
    std::snprintf(size.data(), size.size(), "%zx", packed.size());
    const std::string chunks = std::string(size.data()) + "\r\n" + packed + "\r\n0\r\n\r\n";
    always("in one line", reply::raw(response(type + "Transfer-Encoding: gzip, chunked\r\n", chunks)));
    always("in two lines",
           reply::raw(response(type + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunks)));
    always("without chunks", reply::raw(response(type + "Transfer-Encoding: gzip\r\n", packed)));
}

BOOST_AUTO_TEST_SUITE_END()
