#include "token-cache/assertion/split_command.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace azure_wi {
namespace {

using words = std::vector<std::string>;

bool refused(std::string_view command) {
    const auto got = split_command(command);
    return got.has_error() && got.error().code == errc::invalid_setting;
}

} // namespace

BOOST_AUTO_TEST_SUITE(split_command_)

BOOST_AUTO_TEST_CASE(blanks_separate_arguments) {
    BOOST_TEST(
        (split_command("  kubectl create\ttoken\nx  ").value() == words{"kubectl", "create", "token", "x"}));
}

BOOST_AUTO_TEST_CASE(quotes_keep_blanks_and_join_what_touches) {
    BOOST_TEST((split_command(R"(a 'b c' "d e" f'g'"h" '')").value() == words{"a", "b c", "d e", "fgh", ""}));
    BOOST_TEST((split_command(R"(a "it's" 'say "x"')").value() == words{"a", "it's", "say \"x\""}));
}

BOOST_AUTO_TEST_CASE(a_backslash_keeps_the_next_character) {
    BOOST_TEST((split_command(R"(a b\ c \'d \\)").value() == words{"a", "b c", "'d", "\\"}));
    BOOST_TEST((split_command(R"(a "q\"\\\n" 'r\')").value() == words{"a", "q\"\\\\n", "r\\"}));
}

BOOST_AUTO_TEST_CASE(nothing_that_a_shell_would_expand_means_anything) {
    BOOST_TEST((split_command("a $HOME * `x` ;|&>").value() == words{"a", "$HOME", "*", "`x`", ";|&>"}));
}

BOOST_AUTO_TEST_CASE(open_quotes_last_backslashes_nuls_and_no_program_are_refused) {
    for (const char *command : {"", "  ", "a 'b", "a \"b", "a \"b\\\"", "a\\", "''", "'' x"})
        BOOST_TEST(refused(command), command);
    BOOST_TEST(refused(std::string_view("a\0b", 3)));
}

BOOST_AUTO_TEST_CASE(a_message_names_the_setting_and_not_the_command) {
    BOOST_TEST(split_command("canary '").error().about ==
               "--token-command (AZURE_WI_TOKEN_COMMAND): a quote is not closed");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
