// A token in memory is not to be had: no core, and no look into the process by others of the same user.

#include "tests/system/canary.hpp"
#include "tests/system/each_git.hpp"
#include "tests/system/live_process.hpp"

#include <csignal>
#include <iostream>
#include <memory>
#include <stdexcept>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace azure_wi::tests {

BOOST_AUTO_TEST_SUITE(canary_memory)

namespace {

// Copies that an unprivileged user can run, and what they need; the same user looks at them. Root may look at
// anything, so where the tests run as root, both are somebody else.
class same_user : public fixture {
public:
    same_user() {
        for (const auto &program : {face(), online()})
            std::filesystem::copy_file(program, scratch() / program.filename());
        write_file(scratch() / "assertion", read_file(all().build_token().file()));
        std::filesystem::create_directory(place());
        std::filesystem::permissions(scratch(), std::filesystem::perms(0755));
        if (::geteuid() == 0) {
            as_user_ = {"setpriv",        "--reuid=65534",   "--regid=65534",
                        "--clear-groups", "--inh-caps=-all", "--"};
            for (const auto &theirs : {place(), cache()})
                if (::chown(theirs.c_str(), 65534, 65534) != 0)
                    throw std::runtime_error("chown");
        }
    }

    std::filesystem::path place() const { return scratch() / "place"; }

    std::vector<std::string> as_user(const std::vector<std::string> &command) const {
        std::vector<std::string> all = as_user_;
        all.insert(all.end(), command.begin(), command.end());
        return all;
    }

    std::vector<std::string> environment(const std::string &cache_dir) {
        return all().child_environment({{"AZURE_FEDERATED_TOKEN_FILE", (scratch() / "assertion").string()},
                                        {"AZURE_WI_CACHE_DIR", cache_dir},
                                        {"XDG_RUNTIME_DIR", ""},
                                        {"HOME", place().string()}});
    }

    std::string helper_file() const { return (scratch() / face().filename()).string(); }

    // Stopped in the middle of answering from the cache.
    std::unique_ptr<live_process> answering(const std::vector<std::string> &command) {
        world::command first{
            .arguments = command, .environment = environment(cache().string()), .directory = place()};
        first.input = plain_request();
        BOOST_REQUIRE(!read_credential(world::run(first).out).token().empty());
        auto process = std::make_unique<live_process>(command, first.environment, plain_request(), place());
        BOOST_REQUIRE(process->wait_until_asleep());
        return process;
    }

    // Stopped in the middle of the exchange.
    std::unique_ptr<live_process> exchanging(const std::vector<std::string> &command) {
        entra().hold();
        auto process = std::make_unique<live_process>(command, environment("none"), plain_request(), place());
        BOOST_REQUIRE(entra().wait_for_requests(1, std::chrono::seconds(20)));
        return process;
    }

    bool can_read(pid_t pid, const char *what) {
        return all()
                   .run(as_user({"dd", "if=/proc/" + std::to_string(pid) + "/" + what, "bs=1", "count=1",
                                 "status=none"}))
                   .status == 0;
    }

    void check_closed(const live_process &process) {
        BOOST_TEST(!can_read(process.pid(), "environ"));
        BOOST_TEST(!can_read(process.pid(), "maps"));
        const auto memory = all().run(as_user(
            {"dd", "if=/proc/" + std::to_string(process.pid()) + "/mem", "bs=1", "count=1", "status=none"}));
        BOOST_TEST(memory.err.find("Permission denied") != std::string::npos, memory.err);
    }

private:
    std::vector<std::string> as_user_;
};

// Raises the soft limit for what is started from here on.
struct cores_allowed {
    cores_allowed() {
        ::getrlimit(RLIMIT_CORE, &before);
        ::rlimit raised = before;
        raised.rlim_cur = raised.rlim_max;
        ::setrlimit(RLIMIT_CORE, &raised);
    }
    ~cores_allowed() { ::setrlimit(RLIMIT_CORE, &before); }
    ::rlimit before{};
};

bool core_in(const std::filesystem::path &directory) {
    for (const auto &entry : std::filesystem::directory_iterator(directory))
        if (entry.path().filename().string().starts_with("core"))
            return true;
    return false;
}

// Whether a core would be written here at all.
bool cores_possible(same_user &it) {
    live_process plain(it.as_user({"cat"}), it.environment("none"), "x", it.place());
    if (!plain.wait_until_asleep())
        return false;
    const bool dumped = WCOREDUMP(plain.end_by(SIGABRT));
    std::filesystem::remove_all(it.place() / "core");
    for (const auto &entry : std::filesystem::directory_iterator(it.place()))
        std::filesystem::remove_all(entry.path());
    if (!dumped)
        std::cout << "not staged: this machine writes no core for anybody (ulimit -Hc, core_pattern)\n";
    return dumped;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(an_answering_helper_leaves_no_core, same_user) {
    const cores_allowed allowed;
    static_cast<void>(cores_possible(*this));
    const auto process = answering(as_user({helper_file(), "get"}));
    const int status = process->end_by(SIGABRT);
    BOOST_TEST(WIFSIGNALED(status));
    BOOST_TEST(!WCOREDUMP(status));
    BOOST_TEST(!core_in(place()));
}

BOOST_FIXTURE_TEST_CASE(an_exchanging_helper_leaves_no_core, same_user) {
    const cores_allowed allowed;
    static_cast<void>(cores_possible(*this));
    const auto process = exchanging(as_user({helper_file(), "get"}));
    const int status = process->end_by(SIGABRT);
    BOOST_TEST(WIFSIGNALED(status));
    BOOST_TEST(!WCOREDUMP(status));
    BOOST_TEST(!core_in(place()));
}

BOOST_FIXTURE_TEST_CASE(the_same_user_can_look_into_an_ordinary_program, same_user) {
    live_process plain(as_user({"cat"}), environment("none"), "x", place());
    BOOST_REQUIRE(plain.wait_until_asleep());
    BOOST_TEST(can_read(plain.pid(), "environ"));
    BOOST_TEST(can_read(plain.pid(), "maps"));
}

BOOST_FIXTURE_TEST_CASE(an_answering_helper_is_closed_to_its_own_user, same_user) {
    const auto process = answering(as_user({helper_file(), "get"}));
    check_closed(*process);
}

BOOST_FIXTURE_TEST_CASE(an_exchanging_helper_is_closed_to_its_own_user, same_user) {
    const auto process = exchanging(as_user({helper_file(), "get"}));
    check_closed(*process);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
