// What README.md, the man page and the help page say of the program, held against the program.

#include "tests/system/fixture.hpp"
#include "token-cache/settings/setting_names.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

namespace azure_wi::tests {

namespace {

using names = std::set<std::string>;

const std::filesystem::path root = AZURE_WI_SOURCE_DIR;

std::string content(const std::filesystem::path &file) {
    std::ifstream stream(root / file);
    BOOST_REQUIRE_MESSAGE(stream, file.string() + " can be read");
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string readme() {
    return content("README.md");
}
std::string manual() {
    return content("docs/git-credential-azure-wi.1");
}

std::string help() {
    fixture here;
    return here.helper({"help"}, "").out;
}

// The text from `heading` to the next heading of its level.
std::string section(const std::string &text, const std::string &heading) {
    const auto begin = text.find("\n## " + heading + "\n");
    BOOST_REQUIRE_MESSAGE(begin != std::string::npos, "there is a section " + heading);
    return text.substr(begin, text.find("\n## ", begin + 1) - begin);
}

// What stands between the fences of each block that holds `mark`.
std::string block_with(const std::string &text, const std::string &mark) {
    const auto inside = text.find(mark);
    BOOST_REQUIRE(inside != std::string::npos);
    const auto begin = text.find('\n', text.rfind("```", inside)) + 1;
    return text.substr(begin, text.find("```", inside) - begin);
}

// The first group of every match.
names all(const std::string &text, const std::string &pattern) {
    const std::regex wanted(pattern);
    names found;
    for (std::sregex_iterator match(text.begin(), text.end(), wanted), end; match != end; ++match)
        found.insert((*match)[1]);
    return found;
}

names without(names from, const names &taken) {
    for (const std::string &name : taken)
        from.erase(name);
    return from;
}

names known_options() {
    names known{"on-failure"};
    for (const setting_name &name : setting_names)
        known.emplace(name.option);
    known.erase("");
    return known;
}

names known_variables() {
    names known{"AZURE_WI_TRACE", "HTTPS_PROXY", "NO_PROXY"};
    for (const setting_name &name : setting_names)
        known.emplace(name.variable);
    known.erase("");
    return known;
}

const char *const any_variable = R"(\b(AZURE_[A-Z_]*[A-Z]|SSL_CERT_[A-Z]+|HTTPS_PROXY|NO_PROXY)\b)";
const names binding_siblings{"AZURE_KUBERNETES_SNI_NAME", "AZURE_KUBERNETES_CA_FILE",
                             "AZURE_KUBERNETES_CA_DATA"};

// Times, sizes and forms differ from run to run and from git to git.
std::string without_numbers(const std::string &text) {
    return std::regex_replace(std::regex_replace(text, std::regex("[0-9]+"), "N"), std::regex(" as [a-z-]+,"),
                              " as FORM,");
}

std::string path_with_helper() {
    const char *path = std::getenv("PATH");
    return face().parent_path().string() + ':' + (path == nullptr ? "/usr/bin:/bin" : path);
}

} // namespace

BOOST_AUTO_TEST_SUITE(demo_documents)

BOOST_AUTO_TEST_CASE(every_option_stands_in_the_help_the_manual_and_the_readme_and_no_other_does) {
    const auto each = boost::test_tools::per_element();
    BOOST_TEST(without(all(help(), R"(--([a-z][a-z-]+))"), {"global"}) == known_options(), each);
    BOOST_TEST(without(all(manual(), R"(\.It Fl -([a-z][a-z-]+))"), {}) == known_options(), each);
    BOOST_TEST(all(section(readme(), "Settings"), R"(\n\| `--([a-z-]+)`)") == known_options(), each);
}

BOOST_AUTO_TEST_CASE(no_text_speaks_of_an_option_that_is_none) {
    // Options of git, cmake, az and of the demo that the texts quote.
    const names others{"global",
                       "add",
                       "replace-all",
                       "preset",
                       "build",
                       "install",
                       "prefix",
                       "keep",
                       "online",
                       "name",
                       "resource-group",
                       "help",
                       "mode",
                       "query",
                       "output",
                       "issuer",
                       "subject",
                       "audiences",
                       "version",
                       "option",
                       "identity-name",
                       "enable-oidc-issuer",
                       "enable-workload-identity",
                       "git-config"};
    for (const char *file :
         {"README.md", "docs/errors.md", "docs/security.md", "docs/cache-format.md", "docs/architecture.md"})
        for (const std::string &option : without(all(content(file), R"(--([a-z][a-z-]+))"), others))
            BOOST_TEST(known_options().contains(option), file << " speaks of --" << option);
    for (const std::string &option : without(all(manual(), R"(Fl -([a-z][a-z-]+))"), others))
        BOOST_TEST(known_options().contains(option), "the manual speaks of --" << option);
}

BOOST_AUTO_TEST_CASE(every_variable_stands_in_the_help_the_manual_and_the_readme_and_no_other_does) {
    const auto each = boost::test_tools::per_element();
    BOOST_TEST(all(help(), any_variable) == without(known_variables(), binding_siblings), each);
    BOOST_TEST(all(manual(), any_variable) == known_variables(), each);
    BOOST_TEST(all(section(readme(), "Settings"), any_variable) == known_variables(), each);
}

BOOST_AUTO_TEST_CASE(the_pod_of_the_readme_clones) {
    const std::string pod = block_with(readme(), "kind: Pod");
    BOOST_TEST(std::ranges::count(pod, '\n') <= 15);

    fixture here;
    fixture::variables extra{{"PATH", path_with_helper()}};
    const std::regex variable(R"re(\{name: (GIT_CONFIG_[A-Z0-9_]+), value: "?([^"}]+)"?\})re");
    for (std::sregex_iterator match(pod.begin(), pod.end(), variable), end; match != end; ++match)
        extra[(*match)[1]] = (*match)[2];
    BOOST_TEST(extra.size() == 4U);
    std::smatch url;
    BOOST_REQUIRE(std::regex_search(pod, url, std::regex(R"(command: \[git, clone, ([^\]]+)\])")));
    const auto cloned = here.all().run({"git", "clone", url[1]}, extra);
    BOOST_TEST(cloned.status == 0, cloned.err);
    BOOST_TEST(here.entra().exchanges() == 1U);
}

BOOST_AUTO_TEST_CASE(the_transcript_of_the_readme_is_what_is_printed) {
    fixture here;
    const fixture::variables extra{
        {"AZURE_WI_TRACE", "1"}, {"AZURE_WI_CACHE_DIR", ""}, {"XDG_RUNTIME_DIR", ""}};
    std::string shown;
    std::istringstream lines(block_with(readme(), "$ git clone"));
    std::string wanted;
    for (std::string line; std::getline(lines, line);) {
        wanted += line + '\n';
        if (!line.starts_with("$ git "))
            continue;
        std::istringstream words(line.substr(6));
        const std::vector<std::string> arguments{std::istream_iterator<std::string>(words), {}};
        shown += line + '\n' + here.git(arguments, extra).err;
    }
    BOOST_TEST(without_numbers(shown) == without_numbers(wanted));
}

BOOST_AUTO_TEST_CASE(the_configuration_for_several_identities_gives_each_organisation_its_own) {
    fixture here;
    fixture::variables extra{{"PATH", path_with_helper()}};
    std::string script = block_with(section(readme(), "Install"), "CLIENT-ID-2");
    for (const auto &[place, id] : {std::pair{"CLIENT-ID-1", world::build_client_id},
                                    std::pair{"CLIENT-ID-2", world::deploy_client_id}})
        script = std::regex_replace(script, std::regex(place), id);
    BOOST_REQUIRE(here.all().run({"sh", "-ec", script}, extra).status == 0);

    const std::string build = here.all().environment().at("AZURE_FEDERATED_TOKEN_FILE");
    const std::string deploy = here.all().deploy_environment().at("AZURE_FEDERATED_TOKEN_FILE");
    extra["AZURE_CLIENT_ID"] = "";
    for (const auto &[org, file] : {std::pair{"contoso", build}, std::pair{"fabrikam", deploy}}) {
        extra["AZURE_FEDERATED_TOKEN_FILE"] = file;
        const auto listed = here.all().run(
            {"git", "ls-remote", std::string("https://dev.azure.com/") + org + "/project/_git/repo"}, extra);
        BOOST_TEST(listed.status == 0, org << ": " << listed.err);
    }
}

BOOST_AUTO_TEST_CASE(every_link_between_the_documents_leads_somewhere) {
    for (const char *file :
         {"README.md", "docs/errors.md", "docs/security.md", "docs/cache-format.md", "docs/architecture.md"})
        for (const std::string &link : all(content(file), R"(\]\(([^)#:]+)\))"))
            BOOST_TEST(exists((root / file).parent_path() / link), file << " links to " << link);
}

BOOST_AUTO_TEST_CASE(every_source_of_the_product_has_its_line_in_the_architecture) {
    names sources;
    for (const char *folder : {"token-cache", "helper"})
        for (const auto &entry : std::filesystem::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
                sources.insert(entry.path().stem().string());
    const std::string text = content("docs/architecture.md");
    const std::string product =
        text.substr(text.find("### token-cache/"), text.find("### The rest") - text.find("### token-cache/"));
    BOOST_TEST(all(product, R"(\n\| `([a-z0-9_]+)(?:\.hpp)?` \|)") == sources,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_manual_renders_without_warnings) {
    fixture here;
    const auto rendered = here.all().run(
        {"sh", "-c", "command -v man >/dev/null || exit 77; exec man --warnings --local-file \"$0\"",
         (root / "docs/git-credential-azure-wi.1").string()},
        {{"MANWIDTH", "80"}, {"LC_ALL", "C.UTF-8"}});
    if (rendered.status == 77) {
        BOOST_TEST_MESSAGE(
            "skipped: the_manual_renders_without_warnings: no man here (packaging/dependencies --lint)");
        return;
    }
    BOOST_TEST(rendered.status == 0);
    BOOST_TEST(rendered.err == "");
    for (const char *heading : {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "FILES",
                                "EXIT STATUS", "EXAMPLES", "SECURITY", "SEE ALSO"})
        BOOST_TEST(rendered.out.find(std::string("\n") + heading + '\n') != std::string::npos, heading);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
