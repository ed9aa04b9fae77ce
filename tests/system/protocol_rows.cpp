// Every row of cases/protocol.tsv, through the real face.

#include "tests/harness/case_table.hpp"
#include "tests/system/fixture.hpp"
#include "tests/system/outcome.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

using namespace azure_wi::tests;
using azure_wi::world::process_result;

namespace {

struct table : fixture {
    process_result run(const case_row &row, std::vector<std::string> options, const std::string &input) {
        const std::string cfg = row.directive("cfg");
        variables extra;
        if (cfg.starts_with("allow="))
            extra["AZURE_WI_ALLOW_HOSTS"] = cfg.substr(6);
        const std::string op = row.directive("op");
        options.push_back(op.empty() ? "get" : op);
        return helper(std::move(options), input, extra);
    }

    // Fills the cache, and returns the token that stands in it.
    std::string warm() {
        const process_result got = get();
        BOOST_REQUIRE_EQUAL(got.status, 0);
        const std::string token = read_credential(got.out).token();
        BOOST_REQUIRE(!token.empty());
        return token;
    }
    std::string cached() { return read_credential(get().out).token(); }
};

// What git writes for the row, with the cached token where it says so.
std::string input_of(const case_row &row, const std::string &token) {
    std::string input = row["stdin"];
    if (const std::size_t at = input.find("CACHED"); at != std::string::npos)
        input.replace(at, 6, token);
    return input;
}

// A piece of the input, long enough not to be an English word of ours by chance.
bool echoes(std::string_view text, std::string_view input) {
    constexpr std::string_view separators("=\n\r\t\0", 5);
    while (!input.empty()) {
        const std::size_t end = std::min(input.find_first_of(separators), input.size());
        const std::string_view piece = input.substr(0, end);
        const bool is_key = piece == "protocol" || piece == "username" || piece == "password";
        if (piece.size() >= 5 && !is_key && contains(text, piece))
            return true;
        input.remove_prefix(std::min(end + 1, input.size()));
    }
    return false;
}

void check_error(const process_result &got, const case_row &row) {
    BOOST_TEST(got.status != 0);
    BOOST_TEST(got.out == "");
    BOOST_TEST(got.err.starts_with("git-credential-azure-wi: "));
    BOOST_TEST(std::ranges::count(got.err, '\n') == 1);
    BOOST_TEST(got.err.ends_with('\n'));
    BOOST_TEST(got.err.size() < 200U);
    BOOST_TEST(!echoes(got.err, row["stdin"]), got.err);
}

void check_silence(const process_result &got) {
    BOOST_TEST(got.status == 0);
    BOOST_TEST(got.out == "");
    BOOST_TEST(got.err == "");
}

void check_token(const process_result &got, const case_row &row, const std::string &token) {
    const credential answer = read_credential(got.out);
    BOOST_TEST(got.status == 0);
    BOOST_TEST(got.err == "");
    BOOST_TEST(answer.token() == token);
    const bool capable = contains(row["stdin"], "capability[]=authtype\n");
    BOOST_TEST(answer["authtype"] == (capable ? "Bearer" : ""));
    BOOST_TEST(answer["username"] == (capable ? "" : "azure-wi"));
    BOOST_TEST(answer["password_expiry_utc"].size() == 10U);
    // A helper may override where git goes; ours never does.
    for (const char *place : {"protocol", "host", "path", "url"})
        BOOST_TEST(!answer.fields.contains(place), place);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(protocol_rows, table)

BOOST_AUTO_TEST_CASE(every_row_is_answered_as_it_says_by_a_helper_with_a_token) {
    std::string token = warm();
    std::uint64_t exchanges = 1;
    const std::vector<case_row> rows = read_cases(cases("protocol.tsv"));
    BOOST_TEST(rows.size() > 180U);
    for (const case_row &row : rows) {
        BOOST_TEST_CONTEXT(row["name"]) {
            const process_result got = run(row, {}, input_of(row, token));
            BOOST_TEST(!got.timed_out);
            if (row["expected"] == "error")
                check_error(got, row);
            else if (row["expected"] == "token")
                check_token(got, row, token);
            else if (row["expected"] == "no-token")
                check_silence(got);
            else
                BOOST_ERROR("the row expects what no test knows: " << row["expected"]);
            if (row["name"] == "op_erase_match") {
                BOOST_TEST(cached() != token);
                token = cached();
                ++exchanges;
            }
            BOOST_TEST(cached() == token); // nothing but that has touched it
            BOOST_TEST(entra().exchanges() == exchanges);
        }
    }
    BOOST_TEST(exchanges == 2U);
    BOOST_TEST(!std::filesystem::exists("/tmp/pwned"));
}

BOOST_AUTO_TEST_CASE(tokens_are_fetched_for_rows_of_ours_and_for_no_other) {
    const std::vector<std::string_view> some{
        "ok_dev",       "ok_authtype",   "ok_vs",        "ok_path_shell", "allow_exact",
        "allow_loop4",  "host_sfx_evil", "port_8443",    "delim_at_evil", "proto_http",
        "allow_suffix", "lf_dup_host",   "second_block", "unterminated",  "crlf_blank"};
    std::uint64_t expected = 0;
    for (const case_row &row : read_cases(cases("protocol.tsv"))) {
        if (std::ranges::find(some, row["name"]) == some.end())
            continue;
        BOOST_TEST_CONTEXT(row["name"]) {
            const process_result got = run(row, {"--cache-dir=none"}, row["stdin"]);
            const bool wanted = row["expected"] == "token";
            expected += wanted ? 1 : 0;
            BOOST_TEST(entra().exchanges() == expected);
            BOOST_TEST(read_credential(got.out).token().empty() == !wanted);
            if (wanted)
                check_token(got, row, read_credential(got.out).token());
        }
    }
    BOOST_TEST(expected == 6U);
}

BOOST_AUTO_TEST_SUITE_END()
