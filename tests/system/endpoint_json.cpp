// The rows of endpoint.tsv about the token's life and about JSON's grammar.

#include "tests/system/endpoint_row.hpp"

#include <cstddef>

using namespace azure_wi::tests;
using azure_wi::world::reply;

namespace {

// `value` is JSON.
reply with_life(const std::string &value) {
    return reply::json(200, token_body_with("\"expires_in\":" + value));
}

std::string utf16(std::string_view text, bool little) {
    std::string coded = little ? "\xff\xfe" : "\xfe\xff";
    for (const char c : text)
        coded += little ? std::string{c, '\0'} : std::string{'\0', c};
    return coded;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json)

BOOST_FIXTURE_TEST_CASE(exp_zero, endpoint_row) {
    always("number", with_life("0"));
    always("string", with_life(R"("0")"));
}

BOOST_FIXTURE_TEST_CASE(exp_neg, endpoint_row) {
    always("number", with_life("-1"));
    always("string", with_life(R"("-1")"));
}

BOOST_FIXTURE_TEST_CASE(exp_huge, endpoint_row) {
    always("number", with_life("9223372036854775807"));
    always("string", with_life(R"("9223372036854775807")"));
}

BOOST_FIXTURE_TEST_CASE(exp_overflow, endpoint_row) {
    always("number", with_life("18446744073709551616"));
    always("string", with_life(R"("18446744073709551616")"));
}

BOOST_FIXTURE_TEST_CASE(exp_float, endpoint_row) {
    always("float", with_life("3599.5"));
}

BOOST_FIXTURE_TEST_CASE(exp_floatint, endpoint_row) {
    always("point", with_life("3599.0"));
    always("exponent", with_life("36e2"));
}

BOOST_FIXTURE_TEST_CASE(exp_str_junk, endpoint_row) {
    for (const char *text : {"3599 seconds", "", " 3599", "3599 ", "+3599", "3599\\n"})
        always(text, with_life("\"" + std::string(text) + "\""));
}

BOOST_FIXTURE_TEST_CASE(exp_str_hex, endpoint_row) {
    always("hex", with_life(R"("0xE0F")"));
}
BOOST_FIXTURE_TEST_CASE(exp_null, endpoint_row) {
    always("null", with_life("null"));
}

// Every prefix is an error in the unit tests; here those at which something begins or ends, and a sample.
BOOST_FIXTURE_TEST_CASE(json_trunc, endpoint_row) {
    const std::string body = token_body();
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, body.find(':'), body.find(','), body.find("3599"),
          body.find("3599") + 2, body.rfind(':'), body.find("eyJ") + 4, body.size() - 2, body.size() - 1})
        always("cut at " + std::to_string(size), reply::json(200, body.substr(0, size)));
}

BOOST_FIXTURE_TEST_CASE(json_two, endpoint_row) {
    always("twice the same", reply::json(200, token_body() + token_body()));
    always("a line apart", reply::json(200, token_body() + "\n{}"));
    always("something behind", reply::json(200, token_body() + "x"));
    always("a member twice", reply::json(200, token_body_with(R"("expires_in":1,"expires_in":3599)")));
}

BOOST_FIXTURE_TEST_CASE(json_array, endpoint_row) {
    always("array", reply::json(200, "[" + token_body() + "]"));
    always("string", reply::json(200, R"("eyJ.A.B")"));
}

BOOST_FIXTURE_TEST_CASE(json_empty, endpoint_row) {
    always("empty", reply::json(200, ""));
}

BOOST_FIXTURE_TEST_CASE(json_deep, endpoint_row) {
    const std::size_t depth = 100000;
    always("alone", reply::json(200, std::string(depth, '[') + std::string(depth, ']')));
    always("in a member",
           reply::json(200, token_body_with("\"expires_in\":3599,\"x\":" + std::string(depth, '[') +
                                            std::string(depth, ']'))));
    always("33 levels", reply::json(200, token_body_with("\"expires_in\":3599,\"x\":" + std::string(32, '[') +
                                                         std::string(32, ']'))));
}

BOOST_FIXTURE_TEST_CASE(json_bom, endpoint_row) {
    always("BOM", reply::json(200, "\xef\xbb\xbf" + token_body()));
}

BOOST_FIXTURE_TEST_CASE(json_utf16, endpoint_row) {
    always("little", reply::json(200, utf16(token_body(), true)));
    always("big", reply::json(200, utf16(token_body(), false)));
    always("little, without a mark", reply::json(200, utf16(token_body(), true).substr(2)));
}

BOOST_FIXTURE_TEST_CASE(json_comment, endpoint_row) {
    always("block", reply::json(200, "/* hello */" + token_body()));
    always("line", reply::json(200, token_body() + "// hello"));
    always("trailing comma", reply::json(200, token_body_with(R"("expires_in":3599,)")));
}

BOOST_FIXTURE_TEST_CASE(json_nan, endpoint_row) {
    for (const char *value : {"NaN", "Infinity", "-Infinity"})
        always(value, with_life(value));
}

BOOST_AUTO_TEST_SUITE_END()
