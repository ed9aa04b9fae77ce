// What is not `get` with an identity: the other verbs, a faulty command line, an organisation that is not
// named, no identity or half of one.

#include "tests/system/fixture.hpp"
#include "tests/system/outcome.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <vector>

using namespace azure_wi::tests;
using azure_wi::world::process_result;

namespace {

struct verbs : fixture {
    static void check_silence(const process_result &got) {
        BOOST_TEST(got.status == 0);
        BOOST_TEST(got.out == "");
        BOOST_TEST(got.err == "");
    }

    const variables no_identity{{"AZURE_FEDERATED_TOKEN_FILE", ""}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(protocol_verbs, verbs)

BOOST_AUTO_TEST_CASE(store_and_unknown_verbs_are_ignored_whatever_they_are_given) {
    for (const char *verb : {"store", "frobnicate", "get2"}) {
        for (const std::string &input :
             {std::string(), std::string("\0\r\n=", 4), std::string(2'000'000, 'x')})
            check_silence(helper({verb}, input));
    }
    BOOST_TEST(entra().request_count() == 0U);
    BOOST_TEST(std::filesystem::is_empty(cache()));
}

BOOST_AUTO_TEST_CASE(capability_is_answered_as_git_wants_it) {
    const process_result got = helper({"capability"}, "");
    BOOST_TEST(got.status == 0);
    BOOST_TEST(got.out == "version 0\ncapability authtype\ncapability state\n");
    BOOST_TEST(got.err == "");
}

BOOST_AUTO_TEST_CASE(help_and_version_are_answered_by_verb_and_by_option) {
    const process_result help = helper({"help"}, "");
    BOOST_TEST(help.status == 0);
    BOOST_TEST(contains(help.out, "usage: git credential-azure-wi"));
    BOOST_TEST(!contains(help.out, "--help")); // git turns that into a search for a man page
    BOOST_TEST(help.err == "");
    for (const char *option : {"-h", "--help"})
        BOOST_TEST(helper({option}, "").out == help.out);
    const process_result version = helper({"version"}, "");
    BOOST_TEST(version.status == 0);
    BOOST_TEST(version.out.starts_with("git-credential-azure-wi "));
    BOOST_TEST(helper({"--version"}, "").out == version.out);
}

BOOST_AUTO_TEST_CASE(a_faulty_command_line_is_told_without_repeating_it) {
    const auto check = [&](std::vector<std::string> words) {
        const process_result got = helper(words, plain_request());
        BOOST_TEST_CONTEXT((words.empty() ? "no word" : words.front())) {
            BOOST_TEST(got.status == 2);
            BOOST_TEST(got.out == "");
            const outcome seen = read_outcome(got);
            BOOST_TEST(seen.errors.size() == 1U);
            BOOST_TEST(seen.hint() == "hint: git credential-azure-wi help");
            BOOST_TEST(!contains(got.err, "hunter2"));
        }
    };
    check({});
    check({"-v"});
    check({"--pasword=hunter2", "get"});
    check({"--hunter2", "get"});
    check({"-hunter2", "get"});
    check({"-p=hunter2", "get"});
    check({"--on-failure=hunter2", "get"});
    check({"get", "--client-id"});
    check({"--org", "", "get"});
    check({"--org=", "get"});
    BOOST_TEST(entra().request_count() == 0U);
}

BOOST_AUTO_TEST_CASE(organisations_that_are_not_named_get_silence) {
    const std::string modern = plain_request();
    const std::string legacy = "protocol=https\nhost=contoso.visualstudio.com\n";
    BOOST_TEST(!read_credential(helper({"--org=contoso", "get"}, modern + "path=Contoso/p/_git/r\n").out)
                    .token()
                    .empty());
    BOOST_TEST(!read_credential(helper({"--org", "contoso", "get"}, legacy).out).token().empty());
    BOOST_TEST(!read_credential(helper({"--org=x", "--org=contoso", "get"}, legacy).out).token().empty());
    check_silence(helper({"--org=contoso", "get"}, modern + "path=fabrikam/p/_git/r\n"));
    check_silence(helper({"--org=contoso", "get"}, "protocol=https\nhost=fabrikam.visualstudio.com\n"));
    check_silence(helper({"--org=contoso", "get"}, "protocol=https\nhost=git.example.com\npath=contoso/p\n"));

    const outcome unknown = read_outcome(helper({"--org=contoso", "get"}, modern));
    BOOST_TEST(unknown.raw.status == 0);
    BOOST_TEST(unknown.raw.out == "");
    BOOST_TEST(unknown.errors.empty());
    BOOST_TEST(contains(unknown.hint(), "credential.https://dev.azure.com.useHttpPath true"));
}

BOOST_AUTO_TEST_CASE(without_an_identity_there_is_silence) {
    check_silence(get(no_identity));
    check_silence(
        get({{"AZURE_FEDERATED_TOKEN_FILE", ""}, {"AZURE_CLIENT_ID", ""}, {"AZURE_TENANT_ID", ""}}));
    check_silence(helper({"erase"}, plain_request() + "password=x\n", no_identity));
    BOOST_TEST(entra().request_count() == 0U);
}

BOOST_AUTO_TEST_CASE(without_an_identity_in_kubernetes_there_is_one_hint_for_hosts_of_ours) {
    variables pod = no_identity;
    pod["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
    const outcome seen = read_outcome(get(pod));
    BOOST_TEST(seen.raw.status == 0);
    BOOST_TEST(seen.raw.out == "");
    BOOST_TEST(seen.errors.empty());
    BOOST_TEST(seen.hints.size() == 1U);
    BOOST_TEST(contains(seen.hint(), "azure.workload.identity/use: \"true\""));

    check_silence(helper({"get"}, "protocol=https\nhost=git.example.com\n", pod));
    check_silence(helper({"erase"}, plain_request() + "password=x\n", pod));
    pod["KUBERNETES_SERVICE_HOST"] = "";
    check_silence(get(pod));
}

BOOST_AUTO_TEST_CASE(half_an_identity_is_an_error_that_names_what_is_missing) {
    for (const char *missing : {"AZURE_CLIENT_ID", "AZURE_TENANT_ID"}) {
        const outcome seen = read_outcome(get({{missing, ""}}));
        check_failed(seen);
        BOOST_TEST(contains(seen.raw.err, missing));

        const process_result next = helper({"--on-failure=next", "get"}, plain_request(), {{missing, ""}});
        BOOST_TEST(next.status == 1);
        BOOST_TEST(next.out == "");
        BOOST_TEST(next.err == seen.raw.err);

        check_silence(helper({"get"}, "protocol=https\nhost=git.example.com\n", {{missing, ""}}));
        check_silence(helper({"erase"}, plain_request() + "password=x\n", {{missing, ""}}));
    }
    BOOST_TEST(entra().request_count() == 0U);
}

BOOST_AUTO_TEST_CASE(a_faulty_list_of_hosts_fails_closed) {
    const variables faulty{{"AZURE_WI_ALLOW_HOSTS", "https://git.example.com,http://hunter2.example"}};
    check_failed(read_outcome(get(faulty)));
    const process_result other = helper({"get"}, "protocol=https\nhost=git.example.com\n", faulty);
    BOOST_TEST(other.status == 1);
    BOOST_TEST(other.out == "");
    BOOST_TEST(contains(other.err, "AZURE_WI_ALLOW_HOSTS"));
    BOOST_TEST(!contains(other.err, "hunter2"));
}

BOOST_AUTO_TEST_SUITE_END()
