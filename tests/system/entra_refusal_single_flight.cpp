// One exchange for any number of helpers, also where the one that makes it comes to grief.

#include "tests/system/entra_refusal_asker.hpp"

#include <csignal>
#include <functional>
#include <future>
#include <set>

#include <sys/types.h>

using namespace azure_wi::tests;
using namespace std::chrono_literals;
using azure_wi::world::reply;
namespace world = azure_wi::world;

namespace {

class flight : public asker {
public:
    // Starts so many helpers while Entra holds its answer; `meanwhile` runs when one asks and the others
    // wait.
    std::vector<outcome> start(
        int count, const std::function<void()> &meanwhile = [] {}) {
        entra().hold();
        const auto before = entra().request_count();
        auto all_of_them =
            std::async(std::launch::async, [&] { return many_helpers(*this, count, {"get"}); });
        const bool asked = entra().wait_for_requests(before + 1, 20s);
        const bool waiting = wait_for_waiters(static_cast<std::size_t>(count - 1));
        meanwhile();
        entra().release();
        BOOST_CHECK(asked && waiting);
        return all_of_them.get().answers();
    }

    std::set<std::string> tokens_of(const std::vector<outcome> &answers) {
        std::set<std::string> tokens;
        for (const auto &each : answers)
            tokens.insert(token_of(each));
        return tokens;
    }

    // A helper that has sent its request and waits for the answer; its number and its end.
    struct holder {
        ::pid_t pid = 0;
        std::future<world::process_result> end;
    };
    holder start_holder(const std::string &timeout) {
        const auto pid_file = scratch() / "holder";
        holder made;
        made.end = std::async(std::launch::async, [this, pid_file, timeout] {
            return all().run({"sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", pid_file.string(), face().string(),
                              "--timeout=" + timeout, "get"},
                             {{"AZURE_WI_CACHE_DIR", cache().string()}}, plain_request());
        });
        BOOST_REQUIRE(entra().wait_for_requests(1, 20s));
        made.pid = std::stoi(read_whole(pid_file));
        return made;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(single_flight, flight)

BOOST_AUTO_TEST_CASE(twenty_helpers_on_a_cold_cache_make_one_exchange) {
    const auto answers = start(20);
    BOOST_CHECK_EQUAL(answers.size(), 20U);
    BOOST_CHECK_EQUAL(entra().request_count(), 1U);
    const auto tokens = tokens_of(answers);
    BOOST_CHECK_EQUAL(tokens.size(), 1U);
    BOOST_CHECK(!tokens.contains(""));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_shared_by_all_who_waited) {
    entra().next(reply::error(700213));
    for (const auto &each : start(10)) {
        check_failed(each);
        BOOST_CHECK_MESSAGE(contains(each.error(), "AADSTS700213"), each.error());
    }
    BOOST_CHECK_EQUAL(entra().request_count(), 1U);
}

BOOST_AUTO_TEST_CASE(a_stopped_holder_costs_one_more_exchange) {
    entra().hold();
    holder stopped = start_holder("3s");
    BOOST_REQUIRE_EQUAL(::kill(stopped.pid, SIGSTOP), 0);
    entra().release();
    const many_helpers others(*this, 8, {"--timeout=20s", "get"});
    const auto tokens = tokens_of(others.answers());
    BOOST_CHECK_EQUAL(tokens.size(), 1U);
    BOOST_CHECK(!tokens.contains(""));
    BOOST_CHECK_EQUAL(entra().request_count(), 2U);
    ::kill(stopped.pid, SIGKILL);
    BOOST_CHECK_EQUAL(stopped.end.get().out, "");
}

// As a parent leaves it that waits for its own alarms with sigwait(3): a mask outlives execve(2).
BOOST_AUTO_TEST_CASE(a_waiter_with_sigalrm_blocked_outlasts_a_stopped_holder) {
    entra().hold();
    holder stopped = start_holder("3s");
    BOOST_REQUIRE_EQUAL(::kill(stopped.pid, SIGSTOP), 0);
    entra().release();
    const world::process_result got = all().run({"timeout", "-s", "KILL", "30", "env", "--block-signal=ALRM",
                                                 face().string(), "--timeout=20s", "get"},
                                                {{"AZURE_WI_CACHE_DIR", cache().string()}}, plain_request());
    BOOST_CHECK_EQUAL(got.status, 0);
    BOOST_CHECK_MESSAGE(!read_credential(got.out).token().empty(), got.err);
    BOOST_CHECK_EQUAL(entra().request_count(), 2U);
    ::kill(stopped.pid, SIGKILL);
    BOOST_CHECK_EQUAL(stopped.end.get().out, "");
}

BOOST_AUTO_TEST_CASE(a_killed_holder_costs_one_more_exchange_and_no_time) {
    entra().hold();
    holder killed = start_holder("30s");
    BOOST_REQUIRE_EQUAL(::kill(killed.pid, SIGKILL), 0);
    BOOST_CHECK_EQUAL(killed.end.get().status, 128 + SIGKILL);
    entra().release();
    const auto began = std::chrono::steady_clock::now();
    const many_helpers others(*this, 8, {"get"});
    BOOST_CHECK(std::chrono::steady_clock::now() - began < 20s);
    BOOST_CHECK_EQUAL(tokens_of(others.answers()).size(), 1U);
    BOOST_CHECK_EQUAL(entra().request_count(), 2U);
}

BOOST_AUTO_TEST_CASE(a_token_too_short_lived_to_keep_serves_those_who_waited) {
    entra().set_lifetime({.expires_in = 120s});
    const auto tokens = tokens_of(start(5));
    BOOST_CHECK_EQUAL(tokens.size(), 1U);
    BOOST_CHECK(!tokens.contains(""));
    BOOST_CHECK_EQUAL(entra().exchanges(), 1U);
    BOOST_CHECK(!tokens.contains(token_of(ask())));
    BOOST_CHECK_EQUAL(entra().exchanges(), 2U);
}

BOOST_AUTO_TEST_CASE(a_token_of_unknown_life_is_kept_a_while_and_says_nothing_of_its_end) {
    entra().set_lifetime({.omit_expires_in = true});
    const outcome given = ask();
    const credential first = read_credential(given.raw.out);
    BOOST_REQUIRE_MESSAGE(!first.token().empty(), given.raw.err);
    BOOST_CHECK(!first.fields.contains("password_expiry_utc"));
    const outcome again = ask();
    BOOST_CHECK_EQUAL(again.raw.out, given.raw.out);
    BOOST_CHECK_EQUAL(entra().exchanges(), 1U);
    const auto record = find_record(cache(), token_magic);
    BOOST_REQUIRE(record.has_value());
    BOOST_CHECK_EQUAL(number_at(*record, 52) - number_at(*record, 36), 300); // its end and its beginning
}

BOOST_AUTO_TEST_SUITE_END()
