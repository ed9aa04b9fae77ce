// docs/errors.md is where people land who search for a message: what can be printed stands there, and nothing
// else does.

#include "token-cache/aadsts.hpp"
#include "token-cache/explain.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace azure_wi {

namespace {

std::string file(const std::string &path) {
    std::ifstream stream(AZURE_WI_SOURCE_DIR "/" + path);
    BOOST_REQUIRE_MESSAGE(stream, path + " can be read");
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The first group of every match.
std::set<std::string> all(const std::string &text, const std::string &pattern) {
    const std::regex wanted(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), wanted), end; match != end; ++match)
        found.insert((*match)[1]);
    return found;
}

/// The places that are filled in stand in italics.
std::string as_documented(std::string text) {
    for (const char *name : {"client", "tenant", "authority"}) {
        const std::string place = std::string("{") + name + "}";
        if (const auto at = text.find(place); at != std::string::npos)
            text.replace(at, place.size(), std::string("*") + name + "*");
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(errors_document)

BOOST_AUTO_TEST_CASE(every_error_stands_in_it_with_its_message) {
    const std::string document = file("docs/errors.md");
    std::smatch match;
    std::string source = file("token-cache/errc.hpp");
    int errors = 0;
    for (const std::regex enumerator(R"(\n    ([a-z_]+) = (\d+),)");
         std::regex_search(source, match, enumerator); source = match.suffix()) {
        const auto code = static_cast<errc>(std::stoi(match[2]));
        const std::string row =
            "| " + explain({.code = code}, nullptr).error + " | `" + match[1].str() + "` |";
        BOOST_TEST(document.find(row) != std::string::npos, "missing: " << row);
        ++errors;
    }
    BOOST_TEST(errors > 30);
}

BOOST_AUTO_TEST_CASE(every_error_of_it_is_one) {
    BOOST_TEST(all(file("docs/errors.md"), R"(\| `([a-z_]+)` \|)") ==
                   all(file("token-cache/errc.hpp"), R"(\n    ([a-z_]+) = \d+,)"),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_number_of_entra_stands_in_it_with_its_message_and_no_other_does) {
    const std::string document = file("docs/errors.md");
    const auto documented = all(document, R"(\n\| (\d+) \|)");
    BOOST_TEST(documented == all(file("token-cache/aadsts.cpp"), R"(aadsts_entry\{\s*(\d+),)"),
               boost::test_tools::per_element());
    for (const std::string &number : documented) {
        const aadsts_entry *known = find_aadsts(std::stoi(number));
        BOOST_TEST_REQUIRE(known != nullptr, number);
        const std::string row = "| " + number + " | " + as_documented(std::string(known->cause)) + " |";
        BOOST_TEST(document.find(row) != std::string::npos, "missing: " << row);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
