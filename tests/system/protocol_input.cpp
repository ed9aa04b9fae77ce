// How a request arrives and how it ends; descriptors that are closed.

#include "tests/system/fixture.hpp"
#include "tests/system/outcome.hpp"
#include "tests/system/protocol_conversation.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

using namespace azure_wi::tests;
using azure_wi::world::process_result;
using namespace std::chrono_literals;

namespace {

struct input : fixture {
    std::string token = read_credential(get().out).token();

    // The face with descriptors closed by a shell, as cron or a careless parent starts it.
    process_result with_closed(const std::string &redirections, const std::string &request,
                               const variables &extra = {}) {
        variables everything{{"AZURE_WI_CACHE_DIR", cache().string()}};
        for (const auto &[name, value] : extra)
            everything[name] = value;
        return all().run({"sh", "-c", "exec \"$0\" get " + redirections, face().string()}, everything,
                         request);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(protocol_input, input)

BOOST_AUTO_TEST_CASE(a_request_ends_with_the_input) {
    conversation talk(*this, {"get"});
    BOOST_TEST(talk.say(plain_request()));
    talk.hang_up();
    BOOST_TEST(read_credential(talk.ending().out).token() == token);
}

BOOST_AUTO_TEST_CASE(a_blank_line_is_answered_at_once_though_stdin_stays_open) {
    const auto start = std::chrono::steady_clock::now();
    conversation talk(*this, {"get"});
    BOOST_TEST(talk.say(plain_request() + "\n"));
    BOOST_TEST(read_credential(talk.ending().out).token() == token);
    BOOST_TEST((std::chrono::steady_clock::now() - start < 9s));
}

BOOST_AUTO_TEST_CASE(a_request_may_come_byte_by_byte) {
    conversation talk(*this, {"get"});
    for (const char byte : capable_request() + "\n")
        BOOST_REQUIRE(talk.say({&byte, 1}));
    const credential answer = read_credential(talk.ending().out);
    BOOST_TEST(answer.token() == token);
    BOOST_TEST(answer["authtype"] == "Bearer");
}

BOOST_AUTO_TEST_CASE(a_request_may_come_in_thousands_of_writes) {
    conversation talk(*this, {"get"});
    BOOST_TEST(talk.say(plain_request()));
    for (int i = 0; i < 5000; ++i)
        BOOST_REQUIRE(talk.say("wwwauth[]=Negotiate\n"));
    BOOST_TEST(talk.say("\n"));
    BOOST_TEST(read_credential(talk.ending().out).token() == token);
}

// It stops reading there, and does not wait for the end of what is no request.
BOOST_AUTO_TEST_CASE(what_is_too_large_is_refused_while_it_comes) {
    const auto start = std::chrono::steady_clock::now();
    for (const std::string &piece :
         {std::string(4096, 'A'), plain_request() + std::string(61, 'x') + "=1\n"}) {
        conversation talk(*this, {"get"});
        int said = 0;
        while (said < 100'000 && talk.say(piece))
            ++said;
        const process_result got = talk.ending();
        BOOST_TEST(said < 100'000);
        BOOST_TEST(got.status == 1);
        BOOST_TEST(got.out == "");
    }
    BOOST_TEST((std::chrono::steady_clock::now() - start < 9s));
}

// Takes the deadline's 10 s, once for all of them.
BOOST_AUTO_TEST_CASE(what_never_ends_is_given_up_after_the_deadline) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::unique_ptr<conversation>> talks;
    for (const char *verb : {"get", "erase"}) {
        for (const std::string &beginning : {std::string(), plain_request(), plain_request() + "path=x"}) {
            talks.push_back(std::make_unique<conversation>(*this, std::vector<std::string>{verb}));
            if (!beginning.empty())
                BOOST_TEST(talks.back()->say(beginning));
        }
    }
    for (const auto &talk : talks) {
        const process_result got = talk->ending();
        BOOST_TEST(got.status == 1);
        BOOST_TEST(got.out == "");
        BOOST_TEST(got.err == "git-credential-azure-wi: the request on stdin did not end within 10 s\n");
    }
    BOOST_TEST((std::chrono::steady_clock::now() - start >= 10s));
}

BOOST_AUTO_TEST_CASE(store_and_unknown_verbs_do_not_read_at_all) {
    const auto start = std::chrono::steady_clock::now();
    for (const char *verb : {"store", "frobnicate", "capability", "version", "help"}) {
        conversation talk(*this, {verb});
        BOOST_TEST(talk.ending().status == 0, verb);
    }
    BOOST_TEST((std::chrono::steady_clock::now() - start < 9s));
}

BOOST_AUTO_TEST_CASE(closed_descriptors_are_dev_null) {
    for (const char *closed : {"<&-", "<&- >&-", "<&- >&- 2>&-"}) {
        const process_result got = with_closed(closed, "");
        BOOST_TEST(got.status == 1, closed);
        BOOST_TEST(got.out == "");
    }
    BOOST_TEST(read_credential(with_closed("2>&-", plain_request()).out).token() == token);
    BOOST_TEST(with_closed(">&-", plain_request()).status == 0);
}

// Descriptor 1 must not become the record, the lock, or the connection.
BOOST_AUTO_TEST_CASE(a_token_fetched_with_stdout_closed_is_kept_and_spilt_nowhere) {
    std::filesystem::remove_all(cache());
    for (const char *closed : {">&-", ">&- 2>&-"}) {
        const process_result got = with_closed(closed, plain_request());
        BOOST_TEST(got.out == "");
        BOOST_TEST(got.err == "");
    }
    BOOST_TEST(entra().exchanges() == 2U);
    BOOST_TEST(!read_credential(get().out).token().empty());
    BOOST_TEST(entra().exchanges() == 2U);
}

BOOST_AUTO_TEST_CASE(a_trace_that_nobody_reads_holds_up_nothing) {
    const std::string fifo = (scratch() / "trace").string();
    BOOST_REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    const azure_wi::world::file_descriptor reader(::open(fifo.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    BOOST_REQUIRE(static_cast<bool>(reader));
    const std::string filler(4096, 'x');
    while (::write(reader.get(), filler.data(), filler.size()) > 0) {
    }
    BOOST_REQUIRE(errno == EAGAIN);
    const process_result got =
        all().run({"timeout", "-s", "KILL", "20", face().string(), "get"},
                  {{"AZURE_WI_CACHE_DIR", cache().string()}, {"AZURE_WI_TRACE", fifo}}, plain_request());
    BOOST_TEST(got.status == 0);
    BOOST_TEST(read_credential(got.out).token() == token);
    BOOST_TEST(entra().exchanges() == 1U);
}

BOOST_AUTO_TEST_CASE(a_failure_with_stderr_closed_is_still_a_failure) {
    const process_result got = with_closed("2>&-", plain_request(), {{"AZURE_CLIENT_ID", ""}});
    BOOST_TEST(got.status == 0);
    BOOST_TEST(got.out == "quit=1\n");
}

BOOST_AUTO_TEST_SUITE_END()
