#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/memory_store.hpp"
#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/refresh_policy.hpp"
#include "token-cache/single_flight.hpp"
#include "token-cache/store/entry_names.hpp"
#include "token-cache/store/record.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

using namespace azure_wi;
using namespace std::chrono_literals;

namespace {

constexpr record_id first_id{1};
constexpr record_id second_id{2};

struct fixture {
    single_flight flight() {
        return {store, time, log, key, {.min_validity = 300s, .timeout = 30s}, token_file};
    }
    turn begin(const std::optional<record_id> &rejected = {}) { return flight().begin(rejected); }
    std::string looked(const std::optional<record_id> &rejected = {}) {
        const auto token = flight().look(rejected);
        return token ? std::string(token->value.reveal()) : "nothing";
    }

    void keep_token(std::string_view value, record_id id = first_id, std::int64_t life = 3600) {
        access_token token;
        token.value = secret::copy_of(value);
        token.id = id;
        plan_life(token, {.expires_in = life, .refresh_in = {}}, time.wall_seconds(), 0);
        BOOST_REQUIRE(store.save(token_entry(key), encode_token_record(key, token)));
    }
    void keep_refusal(record_id id, std::int64_t seconds) {
        const refusal refused{.id = id,
                              .refused_at = time.wall_seconds(),
                              .remember_until = time.wall_seconds() + seconds,
                              .token_file = mark_of(token_file),
                              .code = errc::refused,
                              .aadsts = 700213,
                              .text = {.error = "refused", .hint = {}}};
        BOOST_REQUIRE(store.save(refusal_entry(key), encode_refusal_record(key, refused)));
    }
    // Another process that is making the exchange.
    std::unique_ptr<flight_lock> somebody(const std::string &name,
                                          std::optional<std::chrono::seconds> for_another) {
        auto lock = store.open_lock(name);
        BOOST_REQUIRE((lock->acquire(time.now()) == flight_lock::outcome::acquired));
        if (for_another)
            lock->set_deadline(time.now() + *for_another);
        return lock;
    }

    static std::string token_of(const turn &got) {
        const auto *token = std::get_if<access_token>(&got);
        return token != nullptr ? std::string(token->value.reveal()) : "no token";
    }
    static bool leads(const turn &got) { return std::holds_alternative<lead>(got); }
    static bool leads_with_lock(const turn &got) { return leads(got) && std::get<lead>(got).lock != nullptr; }

    manual_clock time;
    tests::memory_store store{time};
    silent_trace log;
    scratch_directory place;
    std::string token_file = place.write("token", "assertion");
    cache_key key = make_cache_key({.authority = "https://login.microsoftonline.com",
                                    .tenant_id = "tenant",
                                    .client_id = "client",
                                    .scope = "scope",
                                    .token_file = token_file,
                                    .token_command = {},
                                    .binding = {}});
    instant start = time.now();
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(single_flight_, fixture)

BOOST_AUTO_TEST_CASE(looks_without_taking_a_lock) {
    BOOST_TEST(looked() == "nothing");
    keep_token("good");
    const auto holder = somebody(holder_lock(key), 30s);
    BOOST_TEST(looked() == "good");
    BOOST_TEST(looked(second_id) == "good");
    BOOST_TEST(looked(first_id) == "nothing");
    BOOST_TEST(token_of(begin()) == "good");
    BOOST_TEST((time.now() == start));
}

BOOST_AUTO_TEST_CASE(hands_out_no_token_with_less_life_than_asked) {
    keep_token("short", first_id, 299);
    BOOST_TEST(looked() == "nothing");
    BOOST_TEST(leads_with_lock(begin()));
    keep_token("long", second_id, 300);
    BOOST_TEST(looked() == "long");
    time.advance(1s);
    BOOST_TEST(looked() == "nothing");
}

BOOST_AUTO_TEST_CASE(lets_the_first_lead_with_the_lock_and_its_deadline) {
    const turn got = begin();
    BOOST_REQUIRE(leads_with_lock(got));
    BOOST_TEST(store.is_locked(holder_lock(key)));
    const auto deadline = std::get<lead>(got).lock->holder_deadline();
    BOOST_REQUIRE(deadline.has_value());
    BOOST_TEST((*deadline == start + 30s));
}

BOOST_AUTO_TEST_CASE(gives_those_who_waited_what_came_meanwhile_whatever_its_life) {
    auto holder = somebody(holder_lock(key), 30s);
    store.meanwhile([&] {
        time.advance(2s);
        keep_token("fresh", second_id, 20);
        holder->release();
    });
    BOOST_TEST(token_of(begin()) == "fresh");
    BOOST_TEST((time.now() == start + 2s));
    BOOST_TEST(!store.is_locked(holder_lock(key)));
    BOOST_TEST(leads(begin())); // who comes later gets no token of 20 s
}

BOOST_AUTO_TEST_CASE(gives_those_who_waited_the_refusal_that_came_meanwhile) {
    auto holder = somebody(holder_lock(key), 30s);
    store.meanwhile([&] {
        keep_refusal(second_id, 0);
        holder->release();
    });
    const turn got = begin();
    BOOST_REQUIRE(std::holds_alternative<refusal>(got));
    BOOST_TEST(std::get<refusal>(got).aadsts == 700213);
    BOOST_TEST(leads(begin())); // it was for those who waited alone
}

BOOST_AUTO_TEST_CASE(leads_where_the_holder_left_nothing) {
    auto holder = somebody(holder_lock(key), 30s);
    store.meanwhile([&] { holder->release(); });
    BOOST_TEST(leads_with_lock(begin()));
}

BOOST_AUTO_TEST_CASE(remembers_a_refusal_until_its_time_or_another_token_file) {
    keep_refusal(first_id, 10);
    BOOST_TEST(std::holds_alternative<refusal>(begin()));
    BOOST_TEST(!store.is_locked(holder_lock(key)));
    time.advance(10s);
    BOOST_TEST(leads_with_lock(begin()));
    keep_refusal(second_id, 10);
    BOOST_TEST(std::holds_alternative<refusal>(begin()));
    place.write("token", "another assertion");
    BOOST_TEST(leads_with_lock(begin()));
}

BOOST_AUTO_TEST_CASE(prefers_a_token_to_a_remembered_refusal) {
    keep_refusal(first_id, 10);
    keep_token("good");
    BOOST_TEST(token_of(begin()) == "good");
}

// A stopped holder costs two exchanges: its own, and that of one who takes over.
BOOST_AUTO_TEST_CASE(lets_one_take_over_from_a_holder_that_stopped) {
    const auto stopped = somebody(holder_lock(key), 5s);
    const turn successor = begin();
    BOOST_REQUIRE(leads_with_lock(successor));
    BOOST_TEST(store.is_locked(successor_lock(key)));
    BOOST_TEST((time.now() >= start + 5s));
    BOOST_TEST((time.now() <= start + 6s));

    store.meanwhile([&] {}); // the next one waits out the stopped holder's last grace
    store.meanwhile([&] {
        keep_token("of-the-successor", second_id);
        std::get<lead>(successor).lock->release();
    });
    BOOST_TEST(token_of(begin()) == "of-the-successor");
}

BOOST_AUTO_TEST_CASE(is_patient_for_one_exchange_and_no_longer) {
    const auto stopped = somebody(holder_lock(key), 600s);
    BOOST_TEST(leads_with_lock(begin()));
    BOOST_TEST((time.now() >= start + 30s));
    BOOST_TEST((time.now() <= start + 31s));
}

BOOST_AUTO_TEST_CASE(never_fails_for_want_of_a_lock) {
    const auto first = somebody(holder_lock(key), 600s);
    const auto second = somebody(successor_lock(key), 600s);
    BOOST_TEST(leads(begin()));
    store.refuse_locks();
    const turn got = begin();
    BOOST_TEST(leads(got));
    BOOST_TEST(!leads_with_lock(got));
}

BOOST_AUTO_TEST_CASE(drops_the_rejected_record_when_leading) {
    keep_token("refused");
    BOOST_TEST(leads_with_lock(begin(first_id)));
    BOOST_TEST(store.names().empty());
}

BOOST_AUTO_TEST_CASE(gives_the_newer_token_in_place_of_the_rejected_one) {
    keep_token("renewed", second_id);
    BOOST_TEST(token_of(begin(first_id)) == "renewed");

    keep_token("refused", first_id);
    auto holder = somebody(holder_lock(key), 30s);
    store.meanwhile([&] {
        keep_token("renewed-meanwhile", second_id);
        holder->release();
    });
    BOOST_TEST(token_of(begin(first_id)) == "renewed-meanwhile");
}

BOOST_AUTO_TEST_CASE(leads_in_spite_of_a_cache_that_cannot_be_written_to) {
    keep_token("refused");
    store.refuse_writes();
    BOOST_TEST(leads_with_lock(begin(first_id)));
}

BOOST_AUTO_TEST_CASE(rejects_the_token_that_was_refused_and_no_other) {
    keep_token("newer");
    flight().reject("stale");
    flight().reject("");
    flight().reject("newe");
    BOOST_TEST(looked() == "newer");
    flight().reject("newer");
    BOOST_TEST(looked() == "nothing");
    BOOST_TEST(!store.is_locked(holder_lock(key)));
}

BOOST_AUTO_TEST_CASE(rejects_nothing_while_a_newer_token_is_on_its_way) {
    keep_token("old");
    const auto holder = somebody(holder_lock(key), 30s);
    flight().reject("old");
    BOOST_TEST(looked() == "old");
    BOOST_TEST((time.now() == start));
}

// Nothing newer comes from it, and the refused token would be served until its end.
BOOST_AUTO_TEST_CASE(rejects_behind_a_holder_that_stopped) {
    keep_token("old");
    const auto stopped = somebody(holder_lock(key), 30s);
    time.advance(29s);
    flight().reject("old");
    BOOST_TEST(looked() == "old");
    time.advance(1s);
    flight().reject("another");
    BOOST_TEST(looked() == "old");
    flight().reject("old");
    BOOST_TEST(looked() == "nothing");
    BOOST_TEST(store.is_locked(holder_lock(key)));
    BOOST_TEST((time.now() == start + 30s));
}

BOOST_AUTO_TEST_CASE(takes_another_identitys_record_for_none) {
    keep_token("good");
    cache_key other = key;
    other.full += 'x'; // a collision: the same name, another identity
    single_flight theirs(store, time, log, other, {.min_validity = 300s, .timeout = 30s}, token_file);
    BOOST_TEST(!theirs.look());
    BOOST_TEST(leads(theirs.begin()));
}

BOOST_AUTO_TEST_SUITE_END()
