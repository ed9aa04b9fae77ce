// packaging/demo, run as a newcomer runs it; only the building is done already.

#include "tests/system/each_git.hpp"
#include "tests/system/fixture.hpp"
#include "tests/system/without_namespaces.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>

namespace azure_wi::tests {

namespace {

const std::filesystem::path root = AZURE_WI_SOURCE_DIR;

std::string path_of_programs() {
    const char *path = std::getenv("PATH");
    return path == nullptr ? "/usr/bin:/bin" : path;
}

world::command demo(const std::vector<std::string> &options = {},
                    const std::string &path = path_of_programs()) {
    world::command what{.arguments = {(root / "packaging" / "demo").string(), "--built", AZURE_WI_BUILD_DIR},
                        .environment = {"PATH=" + path, "HOME=/nonexistent", "TERM=xterm"},
                        .limit = std::chrono::seconds{120}};
    what.arguments.insert(what.arguments.end(), options.begin(), options.end());
    return what;
}

bool says(const std::string &text, const std::string &part) {
    return text.find(part) != std::string::npos;
}

void check_transcript(const world::process_result &shown) {
    BOOST_TEST_CONTEXT(shown.out << shown.err) {
        BOOST_TEST(shown.status == 0);
        for (const char *line :
             {"issuer    https://oidc.prod-aks.azure.test/5a1e/",
              "subject   system:serviceaccount:default:build", "audience  api://AzureADTokenExchange",
              "$ git config --global credential.https://dev.azure.com.helper azure-wi",
              "$ git clone https://dev.azure.com/contoso/project/_git/repo", "trace: token kept in the cache",
              "trace: answered from the cache", "HEAD -> main",
              " git commands, 2 token exchanges, no secret configured, no prompt."})
            BOOST_TEST(says(shown.out, line), line);
        // A JSON object in base64url begins so: neither the assertion nor a token is shown.
        BOOST_TEST(!says(shown.out, "eyJ"));
        BOOST_TEST(!says(shown.out + shown.err, "\x1b"), "colour where there is no terminal");
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(demo_transcript)

BOOST_AUTO_TEST_CASE(the_demo_shows_the_main_job_at_the_true_names) {
    const auto shown = world::run(demo());
    check_transcript(shown);
    BOOST_TEST(says(shown.out, "at their true names on port 443"));
    BOOST_TEST(!says(shown.out, "CONNECT"));
}

BOOST_AUTO_TEST_CASE(the_demo_works_where_namespaces_are_refused_and_says_which_way_it_took) {
    // This process has the names in its own /etc/hosts, and nobody listens there: only the proxy leads
    // anywhere.
    const auto shown = run_without_namespaces(demo());
    check_transcript(shown);
    BOOST_TEST(says(shown.out, "a CONNECT proxy of the demo leads from their true names to high ports"));
    BOOST_TEST(says(shown.out, "The proxy opened "));
    BOOST_TEST(!says(shown.out, "The proxy opened 0 "));
}

BOOST_AUTO_TEST_CASE(the_demo_fails_where_namespaces_are_wanted_and_refused) {
    const auto shown = run_without_namespaces(demo({"--mode", "private"}));
    BOOST_TEST(shown.status != 0);
    BOOST_TEST(says(shown.err, "refused"));
    BOOST_TEST(!says(shown.out, "git clone"));
}

BOOST_AUTO_TEST_CASE(a_git_with_state_heals_the_refused_token_inside_the_command,
                     *boost::unit_test::precondition(new_git_is_there)) {
    const auto shown = world::run(demo({}, new_git().parent_path().string() + ':' + path_of_programs()));
    check_transcript(shown);
    BOOST_TEST(says(shown.out, "The same command healed it"));
    BOOST_TEST(says(shown.out, "4 git commands, 2 token exchanges"));
}

BOOST_AUTO_TEST_CASE(keep_leaves_the_user_in_a_shell_of_that_world) {
    auto what = demo({"--keep"});
    what.input = "git ls-remote \"$WORLD_REPOSITORY\" HEAD\nexit 7\n";
    const auto shown = world::run(what);
    BOOST_TEST(shown.status == 7);
    BOOST_TEST(says(shown.out, "\tHEAD\n"));
    BOOST_TEST(says(shown.err, "trace: answered from the cache"));
}

BOOST_AUTO_TEST_CASE(a_step_that_fails_ends_the_demo) {
    fixture here;
    here.entra().always(world::reply::error(700213));
    const auto shown =
        here.all().run({(root / "packaging" / "demo-steps").string(), face().parent_path().string()});
    BOOST_TEST(shown.status != 0);
    BOOST_TEST(says(shown.out, "git-credential-azure-wi: hint: "));
    BOOST_TEST(says(shown.err, "packaging/demo: stopped here"));
    BOOST_TEST(!says(shown.out, "no secret configured"));
}

BOOST_AUTO_TEST_CASE(the_demo_has_colour_on_a_terminal_unless_no_color_is_set) {
    auto what = demo();
    std::string line;
    for (const std::string &word : what.arguments)
        line += "'" + word + "' ";
    what.arguments = {"script", "-qec", line, "/dev/null"};
    BOOST_TEST(says(world::run(what).out, "\x1b[1m"));
    what.environment.push_back("NO_COLOR=1");
    const auto plain = world::run(what);
    BOOST_TEST(plain.status == 0);
    BOOST_TEST(!says(plain.out, "\x1b[1m"));
}

BOOST_AUTO_TEST_CASE(a_wrong_option_is_told_and_nothing_is_done) {
    const auto shown = world::run(demo({"--kept"}));
    BOOST_TEST(shown.status == 2);
    BOOST_TEST(says(shown.err, "unknown option --kept"));
    BOOST_TEST(shown.out == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
