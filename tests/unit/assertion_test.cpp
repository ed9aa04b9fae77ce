#include "tests/fakes/json_web_token.hpp"
#include "token-cache/assertion/assertion.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace azure_wi {
namespace {

constexpr std::int64_t now = 1'700'000'000;

result<assertion> read(std::string_view text) {
    return read_assertion(secret::copy_of(text), now);
}

errc code_of(std::string_view text) {
    const auto got = read(text);
    return got ? errc{} : got.error().code;
}

} // namespace

BOOST_AUTO_TEST_SUITE(assertion_)

BOOST_AUTO_TEST_CASE(a_projected_token_gives_its_claims) {
    const std::string jwt = service_account_token(now + 3600);
    const auto got = read(jwt);
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->jwt.reveal() == jwt);
    BOOST_TEST(got->claims.issuer == "https://oidc.example/");
    BOOST_TEST(got->claims.subject == "system:serviceaccount:ns:sa");
    BOOST_TEST(got->claims.audience == "api://AzureADTokenExchange");
    BOOST_TEST(got->claims.expiry.value_or(0) == now + 3600);
}

BOOST_AUTO_TEST_CASE(one_line_end_is_trimmed_and_nothing_else) {
    const std::string jwt = service_account_token(now + 3600);
    for (const char *end : {"", "\n", "\r\n"})
        BOOST_TEST(read(jwt + end).value().jwt.reveal() == jwt);
    for (const char *end : {"\n\n", "\r", " ", "\t", " \n", "\r\n\n", "="})
        BOOST_TEST((code_of(jwt + end) == errc::assertion_malformed));
    BOOST_TEST((code_of("\n" + jwt) == errc::assertion_malformed));
    BOOST_TEST((code_of(jwt + std::string(1, '\0')) == errc::assertion_malformed));
}

BOOST_AUTO_TEST_CASE(nothing_or_one_line_end_is_empty) {
    for (const char *text : {"", "\n", "\r\n"})
        BOOST_TEST((code_of(text) == errc::assertion_empty));
}

BOOST_AUTO_TEST_CASE(what_has_not_the_shape_of_a_signed_token_is_malformed) {
    const std::string header = base64url(R"({"alg":"RS256"})");
    for (const std::string &text :
         {std::string("root:x:0:0:root:/root:/bin/bash"), std::string("."), std::string(".."),
          std::string("a.b.c"), header + "." + header, header + "." + header + ".", header + ".." + header,
          "." + header + "." + header, header + "." + header + "." + header + "." + header,
          header + "." + header + ".a b", header + "." + header + ".abcde", header + "." + header + ".YQ==",
          json_web_token("[]", "{}"), json_web_token(R"({"alg":1})", "{}"), json_web_token("{}", "{}"),
          json_web_token(R"({"alg":"x"})", "[]"), json_web_token(R"({"alg":"x"})", "{"),
          json_web_token(R"({"alg":"x"})", R"({"iss":"a","iss":"b"})")})
        BOOST_TEST((code_of(text) == errc::assertion_malformed), text);
}

BOOST_AUTO_TEST_CASE(more_than_64_kib_is_too_large) {
    BOOST_TEST((code_of(std::string(65537, 'a')) == errc::assertion_too_large));
}

BOOST_AUTO_TEST_CASE(an_expired_token_is_told_with_its_claims_and_the_time) {
    BOOST_TEST((code_of(service_account_token(now)) == errc::assertion_expired));
    const auto got = read(service_account_token(784111777));
    BOOST_REQUIRE(got.has_error());
    BOOST_TEST((got.error().code == errc::assertion_expired));
    BOOST_TEST(got.error().about == "1994-11-06 08:49:37Z");
    BOOST_TEST(got.error().claims.subject == "system:serviceaccount:ns:sa");
}

BOOST_AUTO_TEST_CASE(claims_that_are_absent_or_of_another_kind_are_empty) {
    const auto got = read(json_web_token(R"({"alg":"x"})", R"({"iss":5,"sub":null,"aud":[1],"exp":"soon"})"));
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->claims.issuer.empty());
    BOOST_TEST(got->claims.subject.empty());
    BOOST_TEST(got->claims.audience.empty());
    BOOST_TEST(!got->claims.expiry.has_value());
}

BOOST_AUTO_TEST_CASE(expiries_with_a_fraction_or_beyond_every_date_do_not_overflow) {
    const auto expiry = [](const char *exp) {
        return read(json_web_token(R"({"alg":"x"})", std::string(R"({"exp":)") + exp + "}"))
            .value()
            .claims.expiry;
    };
    BOOST_TEST(expiry("1700000001.5").value() == 1700000001);
    BOOST_TEST(expiry("99999999999999999999999").value() == 1000000000000000);
    BOOST_TEST(!expiry("1e999").has_value());
}

BOOST_AUTO_TEST_CASE(claims_are_made_printable_and_short) {
    const auto got = read(json_web_token(R"({"alg":"x"})", R"({"iss":"\u001b[2J\r\n\u00e9","sub":")" +
                                                               std::string(5000, 's') + R"(","aud":"one"})"));
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->claims.issuer == "?[2J????");
    BOOST_TEST(got->claims.subject.size() == 256U);
    BOOST_TEST(got->claims.audience == "one");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
