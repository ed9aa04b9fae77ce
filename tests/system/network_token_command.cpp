// A command in place of the token file.

#include "tests/system/many_helpers.hpp"
#include "tests/system/network_asker.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/types.h>

using namespace azure_wi::tests;
using namespace std::chrono_literals;

namespace {

class commanding : public traveller {
public:
    variables by(const std::string &command) {
        return {{"AZURE_WI_TOKEN_COMMAND", command}, {"AZURE_FEDERATED_TOKEN_FILE", ""}};
    }

    std::string token_file() { return all().build_token().file().string(); }

    // A program of that name in scratch().
    std::string program(const std::string &name, const std::string &lines) {
        const auto file = scratch() / name;
        std::ofstream(file) << "#!/bin/sh\n" << lines;
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        return file.string();
    }

    void check_stays_here(const std::vector<std::string> &words, const std::string &command) {
        check_fails(words, by(command), {"--timeout=3s"});
        BOOST_CHECK_EQUAL(all().entra_door().accepted(), 0U);
    }
};

// Also true of a zombie that init is about to reap.
bool gone(::pid_t pid) {
    if (::kill(pid, 0) != 0)
        return errno == ESRCH;
    const std::string status = read_whole("/proc/" + std::to_string(pid) + "/stat");
    return contains(status, ") Z ") || status.empty();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(token_command, commanding)

BOOST_AUTO_TEST_CASE(what_it_prints_is_the_assertion) {
    check_arrives(by("cat " + token_file()));
    BOOST_CHECK_EQUAL(entra().last_request().form.at("client_assertion"), read_whole(token_file()));
    check_arrives({{"AZURE_FEDERATED_TOKEN_FILE", ""}}, {"--token-command=cat " + token_file()});
    check_arrives(
        {{"AZURE_WI_TOKEN_COMMAND", "cat " + token_file()}}); // it beats the file that the webhook sets
}

BOOST_AUTO_TEST_CASE(it_is_split_by_quotes_and_no_shell_sees_it) {
    const std::string seen = (scratch() / "seen").string();
    const std::string tool =
        program("my tool", "printf '[%s]' \"$@\" >" + seen + "; cat " + token_file() + "\n");
    check_arrives(by("'" + tool + "' \"a b\" 'c \"d' e\\ f $HOME * `id` ; | > \"\" x\"y\"z"));
    BOOST_CHECK_EQUAL(read_whole(seen), "[a b][c \"d][e f][$HOME][*][`id`][;][|][>][][xyz]");
    BOOST_CHECK_EQUAL(entra().request_count(), 1U);
}

BOOST_AUTO_TEST_CASE(one_that_fails_is_told_with_its_status) {
    check_stays_here({"ended with status 3", "AZURE_WI_TOKEN_COMMAND"},
                     program("fails", "cat " + token_file() + "; exit 3\n"));
    check_stays_here({"signal 9"}, program("dies", "kill -9 $$\n"));
    check_stays_here({"cannot be run"}, "/nowhere/to/be/found");
    check_stays_here({"AZURE_WI_TOKEN_COMMAND"}, "'no end");
}

BOOST_AUTO_TEST_CASE(one_that_prints_too_much_is_stopped) {
    check_stays_here({"more than 65536 bytes"}, "cat /dev/zero");
    check_stays_here({"more than 65536 bytes"}, "head -c 65537 /dev/zero");
}

BOOST_AUTO_TEST_CASE(one_that_hangs_is_killed_at_the_deadline_with_its_children) {
    const std::string pids = (scratch() / "pids").string();
    const std::string tool =
        program("hangs", "echo $$ >" + pids + "; sleep 1000 & echo $! >>" + pids + "; wait\n");
    const auto began = std::chrono::steady_clock::now();
    check_fails({"took too long"}, by(tool), {"--timeout=1s"});
    BOOST_CHECK(std::chrono::steady_clock::now() - began < 5s);
    std::ifstream file(pids);
    int count = 0;
    for (::pid_t pid = 0; file >> pid; ++count)
        BOOST_CHECK_MESSAGE(wait_until([pid] { return gone(pid); }),
                            "left behind: " << read_whole("/proc/" + std::to_string(pid) + "/stat"));
    BOOST_CHECK_EQUAL(count, 2);
}

BOOST_AUTO_TEST_CASE(what_is_no_token_never_leaves_the_machine) {
    check_stays_here({"is not a JSON web token"}, "echo hello");
    check_stays_here({"is not a JSON web token"}, "cat /etc/passwd");
    check_stays_here({"is empty"}, "true");
    const outcome seen =
        check_fails({"is not a JSON web token"}, by("echo Gurkensalat.Gurkensalat.Gurkensalat"), {"-vv"});
    BOOST_CHECK_MESSAGE(!contains(seen.raw.err, "Gurkensalat"), seen.raw.err);
}

BOOST_AUTO_TEST_CASE(its_arguments_are_told_to_nobody) {
    const outcome seen = check_fails({"ended with status 1"}, by("false --password Gurkensalat"), {"-vv"});
    BOOST_CHECK_MESSAGE(!contains(seen.raw.err, "Gurkensalat"), seen.raw.err);
}

BOOST_AUTO_TEST_CASE(two_commands_are_two_identities_to_the_cache) {
    const outcome one = ask(by("cat " + token_file()));
    const outcome other = ask(by("cat  " + token_file()));
    BOOST_CHECK(!read_credential(one.raw.out).token().empty());
    BOOST_CHECK_NE(one.raw.out, other.raw.out);
    BOOST_CHECK_NE(ask().raw.out, one.raw.out);
    BOOST_CHECK_EQUAL(ask(by("cat " + token_file())).raw.out, one.raw.out);
    BOOST_CHECK_EQUAL(entra().exchanges(), 3U);
}

BOOST_AUTO_TEST_SUITE_END()
