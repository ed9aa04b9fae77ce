#include "token-cache/exchange/json_members.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

namespace azure_wi {
namespace {

constexpr std::array<std::string_view, 2> names{"a", "b"};

json_members read(std::string_view text) {
    return read_json_members(text, names);
}
bool malformed(std::string_view text) {
    return read(text).outcome == json_outcome::malformed;
}
bool complete(std::string_view text) {
    return read(text).outcome == json_outcome::complete;
}

std::string nested(std::size_t depth) {
    return R"({"x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_members_)

BOOST_AUTO_TEST_CASE(the_members_asked_for_come_with_kind_and_text) {
    const auto members = read(R"( {"x":{"a":1},"a":"t\u0065xt\n","b":18446744073709551616} )");
    BOOST_REQUIRE(members.outcome == json_outcome::complete);
    BOOST_TEST((members.values[0].kind == json_kind::string));
    BOOST_TEST(members.values[0].text.reveal() == "text\n");
    BOOST_TEST((members.values[1].kind == json_kind::number));
    BOOST_TEST(members.values[1].text.reveal() == "18446744073709551616");
}

BOOST_AUTO_TEST_CASE(numbers_come_as_they_are_spelled) {
    for (const char *number : {"0", "-1", "3599.0", "3599.5", "1e3", "9223372036854775807", "1E-2"})
        BOOST_TEST(read(std::string(R"({"a":)") + number + "}").values[0].text.reveal() == number);
}

BOOST_AUTO_TEST_CASE(an_array_gives_its_first_element) {
    const auto strings = read(R"({"a":["x","y"],"b":[70021,5]})");
    BOOST_TEST((strings.values[0].kind == json_kind::array));
    BOOST_TEST((strings.values[0].element == json_kind::string));
    BOOST_TEST(strings.values[0].text.reveal() == "x");
    BOOST_TEST(strings.values[1].text.reveal() == "70021");

    const auto others = read(R"({"a":[["x"],"y"],"b":[{"a":"x"},"y"]})");
    BOOST_REQUIRE(others.outcome == json_outcome::complete);
    BOOST_TEST((others.values[0].element == json_kind::array));
    BOOST_TEST(others.values[0].text.empty());
    BOOST_TEST((others.values[1].element == json_kind::object));
    BOOST_TEST(others.values[1].text.empty());
}

BOOST_AUTO_TEST_CASE(members_of_inner_objects_are_not_ours) {
    const auto members = read(R"({"x":{"a":"inner"},"y":[{"a":"inner"}]})");
    BOOST_TEST((members.values[0].kind == json_kind::absent));
}

BOOST_AUTO_TEST_CASE(a_member_that_we_look_for_twice_is_malformed_and_any_other_is_not) {
    BOOST_TEST(malformed(R"({"a":1,"a":1})"));
    BOOST_TEST(malformed(R"({"a":1,"\u0061":2})"));
    BOOST_TEST(malformed(R"({"a":null,"b":1,"a":{}})"));
    BOOST_TEST(complete(R"({"x":1,"x":1})"));
}

BOOST_AUTO_TEST_CASE(a_longer_key_that_begins_like_ours_is_another) {
    const auto members = read("{\"a\\u0000\":1,\"" + std::string(500, 'a') + "\":1}");
    BOOST_REQUIRE(members.outcome == json_outcome::complete);
    BOOST_TEST((members.values[0].kind == json_kind::absent));
}

BOOST_AUTO_TEST_CASE(every_beginning_of_a_document_is_incomplete) {
    const std::string whole = R"({"a":"\u0041\n\u00e9","b":[1.5e3,true,false,null,{"c":-0}]})";
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST((read(whole.substr(0, size)).outcome == json_outcome::incomplete), whole.substr(0, size));
    BOOST_TEST(complete(whole));
}

BOOST_AUTO_TEST_CASE(what_is_not_one_strict_json_object_is_malformed) {
    for (const char *text : {"{}{}", "{} x", "[]", "[1]", "1", "\"a\"", "null", "true", "{'a':1}",
                             "{\"a\":1,}", "{\"a\":NaN}", "{/**/}", "{\"a\":01}", "{\"a\":+1}",
                             "\xef\xbb\xbf{}", "{\"a\":\"\n\"}", "{\"a\":\"\xff\"}", "{a:1}"})
        BOOST_TEST(malformed(text), text);
    BOOST_TEST(malformed(std::string_view("{\0}\0", 4)));
}

BOOST_AUTO_TEST_CASE(the_depth_is_capped_at_32) {
    BOOST_TEST(complete(nested(32)));
    BOOST_TEST(malformed(nested(33)));
    BOOST_TEST(malformed(nested(100000)));
    BOOST_TEST(malformed(std::string(100000, '[')));
}

BOOST_AUTO_TEST_CASE(the_members_are_capped_at_256_in_all) {
    const auto with = [](int count) {
        std::string text = R"({"o":{)";
        for (int i = 1; i < count; ++i)
            text += (i > 1 ? ",\"m" : "\"m") + std::to_string(i) + "\":0";
        return text + "}}";
    };
    BOOST_TEST(complete(with(256)));
    BOOST_TEST(malformed(with(257)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
