#include "tests/fakes/json_web_token.hpp"
#include "token-cache/assertion/assertion_command.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace azure_wi {
namespace {

result<assertion> read(const std::string &command) {
    const system_clock time;
    silent_trace log;
    return assertion_command(command, time, log).read(time.now() + std::chrono::seconds{30});
}

} // namespace

BOOST_AUTO_TEST_SUITE(assertion_command_)

BOOST_AUTO_TEST_CASE(what_the_program_prints_is_the_assertion) {
    const std::string jwt = service_account_token(4'000'000'000);
    BOOST_TEST(read("echo " + jwt).value().jwt.reveal() == jwt);
}

BOOST_AUTO_TEST_CASE(output_that_is_no_assertion_is_refused_and_not_repeated) {
    const auto got = read("echo canary");
    BOOST_TEST((got.error().code == errc::assertion_malformed));
    BOOST_TEST(got.error().about == "the output of echo, set by --token-command (AZURE_WI_TOKEN_COMMAND)");
    BOOST_TEST((read("true").error().code == errc::assertion_empty));
    BOOST_TEST((read("echo " + service_account_token(1)).error().code == errc::assertion_expired));
}

BOOST_AUTO_TEST_CASE(a_failing_program_is_named_with_the_setting) {
    const auto got = read("sh -c 'exit 2' canary");
    BOOST_TEST((got.error().code == errc::assertion_command_failed));
    BOOST_TEST(got.error().about ==
               "sh ended with status 2, set by --token-command (AZURE_WI_TOKEN_COMMAND)");
}

BOOST_AUTO_TEST_CASE(a_malformed_command_is_an_invalid_setting) {
    BOOST_TEST((read("'").error().code == errc::invalid_setting));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
