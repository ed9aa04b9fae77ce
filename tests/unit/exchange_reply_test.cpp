#include "token-cache/exchange/exchange_reply.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace azure_wi {
namespace {

constexpr std::string_view assertion_jwt = "eyJ.sent.it";
constexpr std::int64_t now = 784111774;

http_reply reply(std::string_view body, int status = 200, std::string content_type = "application/json") {
    http_reply made;
    made.status = status;
    made.content_type = std::move(content_type);
    made.body = secret::copy_of(body);
    return made;
}

result<token_grant> read(const http_reply &from) {
    return read_exchange_reply(from, secret::copy_of(assertion_jwt), "our-id", now);
}
result<token_grant> read(std::string_view body) {
    return read(reply(body));
}

errc code_of(const http_reply &from) {
    const auto got = read(from);
    return got ? errc{} : got.error().code;
}
errc code_of(std::string_view body) {
    return code_of(reply(body));
}

std::string with_token(const std::string &json_value) {
    return R"({"token_type":"Bearer","expires_in":3599,"access_token":)" + json_value + "}";
}
std::string with_life(const std::string &json_value) {
    return R"({"token_type":"Bearer","access_token":"eyJ","expires_in":)" + json_value + "}";
}
std::string with_type(const std::string &json_value) {
    return R"({"access_token":"eyJ","expires_in":3599,"token_type":)" + json_value + "}";
}

const std::string good = with_token(R"("eyJ.A.B")");

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_reply)

BOOST_AUTO_TEST_CASE(a_token_comes_with_its_life) {
    const auto got = read(good);
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->value.reveal() == "eyJ.A.B");
    BOOST_TEST(got->expires_in.value() == 3599);
    BOOST_TEST(!got->refresh_in.has_value());
}

BOOST_AUTO_TEST_CASE(media_type_parameters_and_case_do_not_matter) {
    for (const char *type : {"application/json; charset=utf-8", "Application/JSON", "application/json ;x=y"})
        BOOST_TEST(read(reply(good, 200, type)).has_value(), type);
}

BOOST_AUTO_TEST_CASE(other_media_types_are_refused) {
    for (const char *type : {"text/html", "text/json", "application/jsonp", "application/json2",
                             "application/json, x", "application/problem+json", ""})
        BOOST_TEST((code_of(reply(good, 200, type)) == errc::reply_malformed), type);
}

BOOST_AUTO_TEST_CASE(a_coded_body_is_refused) {
    auto coded = reply(good);
    coded.content_encoding = "gzip";
    BOOST_TEST((code_of(coded) == errc::reply_malformed));
    coded.content_encoding = "identity";
    coded.transfer_encoding = "Chunked";
    BOOST_TEST(read(coded).has_value());
    coded.transfer_encoding = "gzip, chunked";
    BOOST_TEST((code_of(coded) == errc::reply_malformed));
}

BOOST_AUTO_TEST_CASE(unknown_members_are_skipped) {
    BOOST_TEST(read(R"({"foci":"1","x":{"access_token":["a"]},"ext_expires_in":1,"token_type":"bearer",)"
                    R"("access_token":"t"})")
                   .value()
                   .value.reveal() == "t");
}

BOOST_AUTO_TEST_CASE(tokens_up_to_32768_bytes_pass) {
    BOOST_TEST(read(with_token('"' + std::string(32768, 'a') + '"')).has_value());
    BOOST_TEST((code_of(with_token('"' + std::string(32769, 'a') + '"')) == errc::reply_malformed));
}

BOOST_AUTO_TEST_CASE(what_is_no_b64token_never_passes) {
    for (const char *token : {R"("eyJ\r\nhost=evil.com")", R"("a\nb")", R"("a b")", R"("\u00e9")", R"("")",
                              "null", R"(["eyJ"])", "5", "{}", R"("a\u0000")"})
        BOOST_TEST((code_of(with_token(token)) == errc::reply_malformed), token);
    BOOST_TEST((code_of(R"({"token_type":"Bearer","expires_in":3599})") == errc::reply_malformed));
}

BOOST_AUTO_TEST_CASE(our_own_assertion_is_no_token) {
    BOOST_TEST((code_of(with_token('"' + std::string(assertion_jwt) + '"')) == errc::reply_echoes_assertion));
}

BOOST_AUTO_TEST_CASE(the_type_must_be_bearer_in_any_case) {
    BOOST_TEST(read(with_type(R"("bEARER")")).has_value());
    for (const char *type : {R"("pop")", R"("Bearer\nusername=x")", "null", R"("")", R"(["Bearer"])"})
        BOOST_TEST((code_of(with_type(type)) == errc::reply_malformed), type);
    BOOST_TEST((code_of(R"({"access_token":"eyJ"})") == errc::reply_malformed));
}

BOOST_AUTO_TEST_CASE(a_life_is_a_positive_integer_or_its_digits) {
    BOOST_TEST(read(with_life("3599")).value().expires_in.value() == 3599);
    BOOST_TEST(read(with_life("\"3599\"")).value().expires_in.value() == 3599);
    for (const char *life : {"0", "-1", "3599.5", "3599.0", "1e3", "\"3599 seconds\"", "\"0xE0F\"", "\"\"",
                             "\"0\"", "\"-5\"", "\"+5\"", "null", "true", "[3599]", "{}"})
        BOOST_TEST((code_of(with_life(life)) == errc::reply_malformed), life);
}

BOOST_AUTO_TEST_CASE(a_life_beyond_a_day_is_a_day) {
    for (const char *life :
         {"86401", "9223372036854775807", "18446744073709551616", "\"99999999999999999999999\""})
        BOOST_TEST(read(with_life(life)).value().expires_in.value() == 86400, life);
}

BOOST_AUTO_TEST_CASE(an_unreadable_refresh_in_is_ignored) {
    const auto refresh = [](const std::string &value) {
        return read(R"({"token_type":"Bearer","access_token":"t","refresh_in":)" + value + "}")
            .value()
            .refresh_in;
    };
    BOOST_TEST(refresh("1800").value() == 1800);
    BOOST_TEST(refresh("\"1800\"").value() == 1800);
    for (const char *value : {"0", "-1", "null", "1.5", "\"soon\"", "{}"})
        BOOST_TEST(!refresh(value).has_value(), value);
}

BOOST_AUTO_TEST_CASE(a_life_that_is_not_told_is_unknown) {
    BOOST_TEST(!read(R"({"token_type":"Bearer","access_token":"t"})").value().expires_in.has_value());
}

BOOST_AUTO_TEST_CASE(every_cut_body_is_a_broken_connection) {
    for (std::size_t size = 0; size < good.size(); ++size)
        BOOST_TEST((code_of(good.substr(0, size)) == errc::connection_broken), good.substr(0, size));
    BOOST_TEST((code_of(reply("", 200, "")) == errc::connection_broken));
    BOOST_TEST((code_of(reply("", 200, "text/html")) == errc::reply_malformed));
}

BOOST_AUTO_TEST_CASE(what_is_not_one_json_object_is_malformed) {
    for (const std::string &body : {good + good, "[" + good + "]", "/**/" + good, "\xef\xbb\xbf" + good,
                                    with_life("NaN"), std::string(100000, '['), std::string("<html>")})
        BOOST_TEST((code_of(body) == errc::reply_malformed));
}

BOOST_AUTO_TEST_CASE(a_member_that_we_use_must_not_come_twice) {
    BOOST_TEST((code_of(R"({"access_token":"a","token_type":"Bearer","access_token":"b"})") ==
                errc::reply_malformed));
    BOOST_TEST((code_of(R"({"error":"a","error":"b"})") == errc::reply_malformed));
}

BOOST_AUTO_TEST_CASE(an_error_wins_over_status_200_and_contradicts_a_token) {
    BOOST_TEST((code_of(R"({"error":"invalid_client"})") == errc::refused));
    for (const char *error : {R"("x")", "null", R"("")", "5"})
        BOOST_TEST((code_of(R"({"token_type":"Bearer","access_token":"a","error":)" + std::string(error) +
                            "}") == errc::reply_malformed),
                   error);
}

BOOST_AUTO_TEST_CASE(a_refusal_brings_its_number_and_ids) {
    const auto got =
        read(reply(R"({"error":"invalid_client","error_description":"AADSTS700024: canary",)"
                   R"("error_codes":[700024],"trace_id":"11111111-2222-3333-4444-555555555555"})",
                   400));
    BOOST_REQUIRE(got.has_error());
    BOOST_TEST((got.error().code == errc::refused));
    BOOST_TEST(got.error().aadsts == 700024);
    BOOST_TEST(got.error().ids.trace == "11111111-2222-3333-4444-555555555555");
    BOOST_TEST(got.error().ids.request == "our-id");
    BOOST_TEST(got.error().about == "HTTP status 400");
}

BOOST_AUTO_TEST_CASE(a_refusal_has_any_status_of_the_client_class) {
    for (const int status : {400, 401, 403, 404})
        BOOST_TEST((code_of(reply(R"({"error":"x"})", status)) == errc::refused), status);
}

BOOST_AUTO_TEST_CASE(an_error_status_without_an_oauth_error_is_unexpected) {
    BOOST_TEST((code_of(reply("<html>", 400, "text/html")) == errc::reply_unexpected_status));
    BOOST_TEST((code_of(reply("{}", 401)) == errc::reply_unexpected_status));
    BOOST_TEST((code_of(reply("{", 400)) == errc::reply_unexpected_status));
    BOOST_TEST((code_of(reply("", 404, "")) == errc::reply_unexpected_status));
}

BOOST_AUTO_TEST_CASE(each_status_has_its_own_meaning) {
    for (const int status : {201, 204, 206})
        BOOST_TEST((code_of(reply(good, status)) == errc::reply_unexpected_status), status);
    for (const int status : {301, 302, 303, 304, 307, 308})
        BOOST_TEST((code_of(reply(good, status)) == errc::reply_redirected), status);
    for (const int status : {408, 500, 502, 503, 504})
        BOOST_TEST((code_of(reply("<html>", status, "text/html")) == errc::server_fault), status);
    for (const int status : {0, 99, 600, 999})
        BOOST_TEST((code_of(reply(good, status)) == errc::reply_malformed), status);
    BOOST_TEST((code_of(reply("", 407)) == errc::proxy_refused));
    BOOST_TEST((code_of(reply("Too Many Requests", 429, "text/plain")) == errc::throttled));
}

BOOST_AUTO_TEST_CASE(throttling_tells_how_long_to_wait_in_both_forms) {
    auto busy = reply("Too Many Requests", 429, "text/plain");
    busy.retry_after = "60";
    BOOST_TEST(read(busy).error().retry_after.value().count() == 60);
    busy.retry_after = "Sun, 06 Nov 1994 08:49:37 GMT";
    BOOST_TEST(read(busy).error().retry_after.value().count() == 3);
    busy.retry_after = "-1";
    BOOST_TEST(!read(busy).error().retry_after.has_value());
}

BOOST_AUTO_TEST_CASE(a_server_fault_keeps_the_numbers_of_its_body) {
    const auto got = read(reply(R"({"error":"invalid_client","error_codes":[70021]})", 503));
    BOOST_TEST((got.error().code == errc::server_fault));
    BOOST_TEST(got.error().aadsts == 70021);
    BOOST_TEST((code_of(reply(R"({"error":"x","error_codes":[90033]})", 400)) == errc::server_fault));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
