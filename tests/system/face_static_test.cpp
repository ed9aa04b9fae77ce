// How the two executables are linked.

#include "tests/system/fixture.hpp"
#include "tests/system/unsanitized.hpp"

#include <boost/test/unit_test.hpp>

namespace azure_wi::tests {

BOOST_AUTO_TEST_SUITE(face_static, *boost::unit_test::precondition(unsanitized))

namespace {

std::string elf(fixture &it, const std::filesystem::path &program) {
    const auto read = it.all().run(
        {"readelf", "--wide", "--file-header", "--program-headers", "--dynamic", program.string()});
    BOOST_REQUIRE_MESSAGE(read.status == 0, read.err);
    return read.out;
}

bool has(const std::string &text, const std::string &what) {
    return text.find(what) != std::string::npos;
}

void check_hardening(const std::string &headers) {
    BOOST_TEST(has(headers, "DYN (Position-Independent Executable file)"));
    BOOST_TEST(has(headers, "GNU_RELRO"));
    BOOST_TEST(has(headers, "BIND_NOW"));
    BOOST_TEST(has(headers, "PIE"));
    BOOST_TEST(!has(headers, "(RPATH)"));
    BOOST_TEST(!has(headers, "(RUNPATH)"));
    BOOST_TEST(!has(headers, "(TEXTREL)"));
    const std::size_t stack = headers.find("GNU_STACK");
    BOOST_REQUIRE(stack != std::string::npos);
    const std::string line = headers.substr(stack, headers.find('\n', stack) - stack);
    BOOST_TEST(has(line, " RW "), line);
    BOOST_TEST(!has(line, "RWE"), line);
}

} // namespace

BOOST_FIXTURE_TEST_CASE(the_face_needs_no_library_and_no_loader, fixture) {
    const std::string headers = elf(*this, face());
    BOOST_TEST(!has(headers, "(NEEDED)"));
    BOOST_TEST(!has(headers, "INTERP"));
    check_hardening(headers);
    const auto listed = all().run({"ldd", face().string()});
    BOOST_TEST(has(listed.out + listed.err, "statically linked"));
}

BOOST_FIXTURE_TEST_CASE(the_other_part_is_hardened_too, fixture) {
    const std::string headers = elf(*this, online());
    BOOST_TEST(has(headers, "(NEEDED)"));
    check_hardening(headers);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
