// With every trace on, neither the token nor the assertion is in any output, argument, environment or file
// but the cache.

#include "tests/system/canary.hpp"
#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

using world::default_repository;

BOOST_AUTO_TEST_SUITE(canary_output)

namespace {

// Everything that git can be made to say, to files of their own.
fixture::variables every_trace(const std::filesystem::path &where) {
    std::filesystem::create_directories(where);
    fixture::variables all{{"AZURE_WI_TRACE", "2"},
                           {"GIT_TRACE2_ENV_VARS", "AZURE_WI_TRACE,HOME,PATH"},

                           {"GIT_TRACE2_CONFIG_PARAMS", "credential.*,http.*"}};
    for (const char *name :
         {"GIT_TRACE", "GIT_TRACE_CURL", "GIT_TRACE_PACKET", "GIT_TRACE_PACKFILE", "GIT_TRACE_PERFORMANCE",
          "GIT_TRACE_SETUP", "GIT_TRACE_REFS", "GIT_TRACE_SHALLOW", "GIT_TRACE_FSMONITOR",
          "GIT_TRACE_PACK_ACCESS", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF"})
        all[name] = (where / name).string();
    return all;
}

void check(const canary &secrets, const std::string &what, std::string_view text) {
    const std::string found = secrets.find_in(text);
    BOOST_TEST(found.empty(), what << ": " << found);
}

// All of the machine that a program of ours could have written to: what is new in shared places, and all of
// its own.
class watched_places {
public:
    explicit watched_places(fixture &it) : it_(it), since_(std::filesystem::file_time_type::clock::now()) {}

    void check_with(const canary &secrets) const {
        check_below(secrets, it_.scratch(), {it_.cache()});
        check_below(secrets, it_.all().directory(), {it_.all().directory() / "tokens"});
        check_below(secrets, "/dev/shm", {});
        for (const char *shared : {"/tmp", "/var/tmp", "/run"})
            for (const auto &entry : std::filesystem::directory_iterator(shared))
                if (is_new_file(entry))
                    check(secrets, entry.path().string(), read_file(entry.path()));
    }

private:
    static void check_below(const canary &secrets, const std::filesystem::path &directory,
                            const std::vector<std::filesystem::path> &skip) {
        const std::string found = secrets.find_below(directory, skip);
        BOOST_TEST(found.empty(), found);
    }

    bool is_new_file(const std::filesystem::directory_entry &entry) const {
        std::error_code gone;
        const bool regular = entry.is_regular_file(gone);
        return regular && entry.last_write_time(gone) >= since_;
    }

    fixture &it_;
    std::filesystem::file_time_type since_;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_canary_finds_what_it_looks_for, fixture) {
    get();
    const std::string token = all().ledger().tokens().front();
    const canary secrets = canary_of(*this);
    const auto hidden = [&](const std::string &text) {
        return secrets.find_in("before " + text + " after").empty();
    };
    BOOST_TEST(!hidden(token));
    BOOST_TEST(!hidden(token.substr(100, 16)));
    BOOST_TEST(hidden(token.substr(100, 15)));
    BOOST_TEST(!hidden(read_file(all().build_token().file()).substr(300, 20)));
    write_file(scratch() / "base64", "user:" + token);
    const auto encoded = all().run({"base64", "-w0", (scratch() / "base64").string()}).out;
    BOOST_TEST(!hidden(encoded.substr(200, 16)));
    BOOST_TEST(!secrets.find_below(cache()).empty());
    BOOST_TEST(!secrets.find_below(scratch(), {cache()}).empty());
    std::filesystem::remove(scratch() / "base64");
    BOOST_TEST(secrets.find_below(scratch(), {cache()}).empty());
}

// With them, a capture of the network shows both assertion and token.
BOOST_FIXTURE_TEST_CASE(the_keys_of_a_connection_are_written_nowhere, fixture) {
    const std::filesystem::path keys = scratch() / "keys";
    BOOST_TEST(!read_credential(get({{"SSLKEYLOGFILE", keys.string()}}).out).token().empty());
    BOOST_TEST(entra().exchanges() == 1U);
    BOOST_TEST((!std::filesystem::exists(keys) || read_file(keys).find("CLIENT_") == std::string::npos));
}

BOOST_FIXTURE_TEST_CASE(the_helper_traces_no_secret, fixture) {
    const watched_places places(*this);
    const std::string trace = (scratch() / "trace").string();
    std::string said;
    for (const fixture::variables &how :
         {fixture::variables{{"AZURE_WI_TRACE", "2"}}, {{"AZURE_WI_TRACE", trace}}}) {
        for (const std::string &request : {plain_request(), capable_request()}) {
            said += helper({"-vv", "--cache-dir", "none", "get"}, request, how).err; // cold
            said += helper({"-vv", "get"}, request, how).err;
            const auto warm = helper({"-vv", "get"}, request, how);
            const std::string token = read_credential(warm.out).token();
            BOOST_REQUIRE(!token.empty());
            said += warm.err;
            const auto stored = helper({"-vv", "store"}, plain_request() + "password=" + token + "\n", how);
            const auto refused = helper(
                {"-vv", "get"},
                capable_request() + "authtype=Bearer\nstate[]=" + read_credential(warm.out)["state[]"] + "\n",
                how);
            const auto erased = helper({"-vv", "erase"}, plain_request() + "password=" + token + "\n", how);
            said += stored.out + stored.err + refused.err + erased.out + erased.err;
        }
    }
    BOOST_TEST(said.find("trace: ") != std::string::npos);
    BOOST_TEST(read_file(trace).find("POST to") != std::string::npos);
    const canary secrets = canary_of(*this);
    check(secrets, "stderr", said);
    places.check_with(secrets);
}

AZURE_WI_TEST_WITH_EACH_GIT(git_with_every_trace_on_shows_no_secret) {
    const watched_places places(*this);
    const auto traces = every_trace(scratch() / "traces");
    std::string said;
    const auto note = [&](const world::process_result &result) { said += result.out + result.err; };
    note(must({"clone", "-v", default_repository, tree().string()}, traces));
    commit(tree(), "large.bin", noise(1'200'000));
    note(must({"push", "-v"}, traces, tree()));
    repos().revoke_all();
    note(git({"fetch", "-v"}, traces, tree()));
    note(must({"fetch", "-v"}, traces, tree()));
    BOOST_TEST(said.find("git-credential-azure-wi: trace: ") != std::string::npos);
    BOOST_TEST(read_file(scratch() / "traces" / "GIT_TRACE_CURL").find("<redacted>") != std::string::npos);
    const canary secrets = canary_of(*this);
    check(secrets, "git's output", said);
    places.check_with(secrets);
}

// As a debugger sees it: each program that is started, with all its arguments and its whole environment.
AZURE_WI_TEST_WITH_EACH_GIT(no_program_is_started_with_a_secret) {
    const auto log = scratch() / "execve";
    auto command = git_command();
    command.insert(command.begin(), {"strace", "-f", "-A", "-e", "trace=execve,execveat", "-v", "-s", "65535",
                                     "-o", log.string()});
    set_git(command);
    must({"clone", "--quiet", default_repository, tree().string()}, {{"AZURE_WI_TRACE", "2"}});
    commit(tree(), "news.txt", "news\n");
    repos().revoke_all();
    static_cast<void>(git({"push"}, {}, tree()));
    must({"clone", "--quiet", default_repository, (scratch() / "again").string()});
    const std::string started = read_file(log);
    BOOST_TEST(started.find("git-credential-azure-wi") != std::string::npos);
    BOOST_TEST(started.find("AZURE_FEDERATED_TOKEN_FILE=") != std::string::npos);
    check(canary_of(*this), "argv or environment", started);
}

BOOST_FIXTURE_TEST_CASE(the_helper_starts_no_program_with_a_secret, fixture) {
    const auto log = scratch() / "execve";
    const auto cold = all().run({"strace", "-f", "-A", "-e", "trace=execve,execveat", "-v", "-s", "65535",
                                 "-o", log.string(), face().string(), "-vv", "get"},
                                {{"AZURE_WI_CACHE_DIR", cache().string()}}, capable_request());
    BOOST_TEST(!read_credential(cold.out).token().empty());
    const std::string started = read_file(log);
    BOOST_TEST(started.find("--online") != std::string::npos);
    check(canary_of(*this), "argv or environment", started);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
