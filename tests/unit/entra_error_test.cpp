#include "token-cache/exchange/entra_error.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

namespace azure_wi {
namespace {

failure read(std::string_view json) {
    static constexpr std::array<std::string_view, 6> names{"error",    "error_description", "error_codes",
                                                           "trace_id", "correlation_id",    "timestamp"};
    const auto members = read_json_members(json, names);
    BOOST_REQUIRE((members.outcome == json_outcome::complete));
    const auto &v = members.values;
    return failure_of({v[0], v[1], v[2], v[3], v[4], v[5]});
}

} // namespace

BOOST_AUTO_TEST_SUITE(entra_error_)

BOOST_AUTO_TEST_CASE(the_number_in_a_description_is_found) {
    BOOST_TEST(find_aadsts_number("AADSTS70021: No matching federated identity record found.") == 70021);
    BOOST_TEST(find_aadsts_number("Error AADSTS7000215, and AADSTS1") == 7000215);
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_a_number_is_not) {
    for (const char *text : {"", "AADSTS", "AADSTS:", "AADSTSx1", "XAADSTS70021", "aadsts70021",
                             "AADSTS70021x", "AADSTS1234567890", "AADSTS0"})
        BOOST_TEST(find_aadsts_number(text) == 0, text);
    BOOST_TEST(find_aadsts_number("AADSTSx AADSTS12") == 12);
}

BOOST_AUTO_TEST_CASE(the_list_of_codes_is_believed_before_the_description) {
    BOOST_TEST(read(R"({"error":"x","error_codes":[700016,1],"error_description":"AADSTS5: x"})").aadsts ==
               700016);
    BOOST_TEST(read(R"({"error":"x","error_codes":["7"],"error_description":"AADSTS5: x"})").aadsts == 5);
    BOOST_TEST(read(R"({"error":"x","error_codes":[99999999999999999999]})").aadsts == 0);
    BOOST_TEST(read(R"({"error":"x","error_codes":[-5]})").aadsts == 0);
}

BOOST_AUTO_TEST_CASE(ids_are_kept_where_they_are_what_they_have_to_be) {
    const auto what = read(R"({"error":"invalid_client","trace_id":"0f7a1c6e-0000-4000-8000-00000000abCD",)"
                           R"("correlation_id":"11111111-2222-3333-4444-555555555555",)"
                           R"("timestamp":"2026-11-23 11:16:27Z"})");
    BOOST_TEST((what.code == errc::refused));
    BOOST_TEST(what.ids.trace == "0f7a1c6e-0000-4000-8000-00000000abCD");
    BOOST_TEST(what.ids.correlation == "11111111-2222-3333-4444-555555555555");
    BOOST_TEST(what.ids.timestamp == "2026-11-23 11:16:27Z");
}

BOOST_AUTO_TEST_CASE(ids_that_are_something_else_are_dropped) {
    const auto what = read(R"({"error":"x","trace_id":"\u001b[31m","correlation_id":"eyJ.eyJ.x",)"
                           R"("timestamp":"2026-11-23 11:16:27Z canary"})");
    BOOST_TEST(what.ids.trace.empty());
    BOOST_TEST(what.ids.correlation.empty());
    BOOST_TEST(what.ids.timestamp.empty());
}

BOOST_AUTO_TEST_CASE(entras_own_faults_are_no_refusals) {
    for (const char *json :
         {R"({"error":"x","error_codes":[90033]})", R"({"error":"temporarily_unavailable"})",
          R"({"error":"server_error"})", R"({"error":"x","error_description":"AADSTS90012"})"})
        BOOST_TEST((read(json).code == errc::server_fault), json);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
