#include "helper/command_line.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace azure_wi;
using namespace azure_wi::helper;

namespace {

// Every variable that is read, unset, or set as a test wants it; given back at the end.
class environment {
public:
    environment() {
        for (const setting_name &name : setting_names) {
            if (!name.variable.empty())
                set(std::string(name.variable), nullptr);
        }
        for (const char *name : {"AZURE_WI_TRACE", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "HOME"})
            set(name, nullptr);
    }
    ~environment() {
        for (const auto &[name, value] : before_)
            value.empty() ? ::unsetenv(name.c_str()) : ::setenv(name.c_str(), value.c_str(), 1);
    }
    environment(const environment &) = delete;
    environment &operator=(const environment &) = delete;

    void set(const std::string &name, const char *value) {
        const char *old = std::getenv(name.c_str());
        before_.try_emplace(name, old == nullptr ? "" : old);
        value == nullptr ? ::unsetenv(name.c_str()) : ::setenv(name.c_str(), value, 1);
    }

private:
    std::map<std::string, std::string> before_;
};

struct fixture {
    command_line read(std::vector<std::string> words) {
        words_ = std::move(words);
        words_.insert(words_.begin(), "git-credential-azure-wi");
        std::vector<char *> argv;
        for (std::string &word : words_)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        return read_command_line(static_cast<int>(words_.size()), argv.data());
    }
    static std::string handed_over(const command_line &line) {
        std::string all;
        for (const char *word : line.options)
            all += std::string(word) + ' ';
        return all;
    }

    environment variables;

private:
    std::vector<std::string> words_; // the options of what was read point into these
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(command_line_, fixture)

BOOST_AUTO_TEST_CASE(has_the_verb_last_as_git_appends_it) {
    const command_line line = read({"--client-id", "ID", "--auth=basic", "-v", "get"});
    BOOST_TEST(line.error == "");
    BOOST_TEST(line.verb == "get");
    BOOST_TEST(line.settings.get(setting::client_id) == "ID");
    BOOST_TEST(line.settings.get(setting::auth) == "basic");
    BOOST_TEST(line.verbosity == 1);
    BOOST_TEST(handed_over(line) == "--client-id ID --auth=basic -v ");
}

BOOST_AUTO_TEST_CASE(takes_every_setting_by_its_option) {
    for (std::size_t i = 0; i < setting_count; ++i) {
        if (setting_names[i].option.empty())
            continue;
        const std::string option = "--" + std::string(setting_names[i].option);
        for (const command_line &line : {read({option, "value", "get"}), read({option + "=value", "get"})}) {
            BOOST_TEST(line.error == "", option);
            BOOST_TEST(line.settings.get(static_cast<setting>(i)) == "value", option);
            BOOST_TEST(line.verb == "get");
        }
    }
}

BOOST_AUTO_TEST_CASE(adds_up_lists_and_takes_the_last_of_the_rest) {
    const command_line line = read(
        {"--org=a", "--org", "b", "--allow-host=https://x.example", "--auth=basic", "--auth=auto", "get"});
    BOOST_TEST(line.settings.get(setting::org) == "a,b");
    BOOST_TEST(line.settings.get(setting::allow_host) == "https://x.example");
    BOOST_TEST(line.settings.get(setting::auth) == "auto");
}

// --org="$UNSET" would otherwise let every organisation pass.
BOOST_AUTO_TEST_CASE(that_names_no_organisation_is_wrong) {
    BOOST_TEST(read({"--org", "", "get"}).error == "--org needs a name");
    BOOST_TEST(read({"--org=", "get"}).error == "--org needs a name");
    BOOST_TEST(read({"--org=contoso", "--org=", "get"}).error == "--org needs a name");
}

BOOST_AUTO_TEST_CASE(beats_the_environment_which_beats_nothing) {
    variables.set("AZURE_CLIENT_ID", "from-environment");
    variables.set("AZURE_TENANT_ID", "");
    variables.set("AZURE_WI_AUTH", "basic");
    const command_line line = read({"--client-id=from-option", "--auth=", "get"});
    BOOST_TEST(line.settings.get(setting::client_id) == "from-option");
    BOOST_TEST(!line.settings.has(setting::tenant_id));
    BOOST_TEST(line.settings.get(setting::auth) == "basic");
}

BOOST_AUTO_TEST_CASE(keeps_an_equals_sign_of_a_value) {
    BOOST_TEST(read({"--token-command=tool --aud=x", "get"}).settings.get(setting::token_command) ==
               "tool --aud=x");
}

BOOST_AUTO_TEST_CASE(takes_a_value_that_looks_like_an_option) {
    const command_line line = read({"--token-command", "-v", "get"});
    BOOST_TEST(line.settings.get(setting::token_command) == "-v");
    BOOST_TEST(line.verbosity == 0);
}

BOOST_AUTO_TEST_CASE(says_what_git_is_told_on_failure) {
    BOOST_TEST((read({"get"}).failing == on_failure::quit));
    BOOST_TEST((read({"--on-failure=quit", "get"}).failing == on_failure::quit));
    BOOST_TEST((read({"--on-failure", "next", "get"}).failing == on_failure::next));
    BOOST_TEST(read({"--on-failure=maybe", "get"}).error == "--on-failure takes quit or next");
}

BOOST_AUTO_TEST_CASE(that_is_wrong_is_told_without_repeating_it) {
    for (const std::string_view word : {"--client-idd=secret", "--secret", "-x", "-vvv", "--",
                                        "---client-id=secret", "-client-id=secret"}) {
        const command_line line = read({std::string(word), "get"});
        BOOST_TEST(line.error == "unknown option", word);
    }
    BOOST_TEST(read({"--client-id"}).error == "--client-id needs a value");
    BOOST_TEST(read({"--lock-fd=x", "exchange"}).error == "--lock-fd takes a number");
    BOOST_TEST(read({"--form=x", "exchange"}).error == "--form takes the name of an answer");
}

BOOST_AUTO_TEST_CASE(knows_help_and_version_as_options_too) {
    BOOST_TEST(read({"-h"}).verb == "help");
    BOOST_TEST(read({"--help"}).verb == "help");
    BOOST_TEST(read({"--version"}).verb == "version");
    BOOST_TEST(read({}).verb == "");
}

BOOST_AUTO_TEST_CASE(counts_verbosity_and_takes_the_greater_of_option_and_variable) {
    BOOST_TEST(read({"get"}).verbosity == 0);
    BOOST_TEST(read({"-v", "-v", "get"}).verbosity == 2);
    BOOST_TEST(read({"-vv", "get"}).verbosity == 2);
    variables.set("AZURE_WI_TRACE", "1");
    BOOST_TEST(read({"get"}).verbosity == 1);
    BOOST_TEST(read({"-vv", "get"}).verbosity == 2);
    variables.set("AZURE_WI_TRACE", "/trace/file");
    BOOST_TEST(read({"get"}).verbosity == 2);
    BOOST_TEST(read({"get"}).trace_file == "/trace/file");
    variables.set("AZURE_WI_TRACE", "yes");
    BOOST_TEST(read({"get"}).verbosity == 0);
}

BOOST_AUTO_TEST_CASE(passes_form_and_lock_between_the_executables) {
    const command_line line = read({"--client-id=ID", "exchange", "--form=bearer-with-state", "--lock-fd=7"});
    BOOST_TEST(line.error == "");
    BOOST_TEST(line.verb == "exchange");
    BOOST_TEST((line.form == answer_form::bearer_with_state));
    BOOST_TEST(line.lock_fd == 7);
    BOOST_TEST(read({"get"}).lock_fd == -1);
}

BOOST_AUTO_TEST_CASE(finds_the_places_for_a_cache_in_the_environment) {
    variables.set("XDG_RUNTIME_DIR", "/run/user/1");
    variables.set("HOME", "/home/user");
    const cache_places places = cache_places_of(read({"--cache-dir=/cache", "get"}).settings);
    BOOST_TEST(places.given == "/cache");
    BOOST_TEST(places.runtime_dir == "/run/user/1");
    BOOST_TEST(places.cache_home == "");
    BOOST_TEST(places.home == "/home/user");
}

BOOST_AUTO_TEST_SUITE_END()
