#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/store/file_lock.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace azure_wi;
using namespace std::chrono_literals;
using outcome = flight_lock::outcome;

namespace {

struct fixture {
    std::unique_ptr<file_lock> open(flock_wait wait = &flock_by_polling) const {
        unique_fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        BOOST_REQUIRE(file);
        return std::make_unique<file_lock>(std::move(file), wait);
    }
    instant now() const { return time.now(); }
    bool is_free() const { return open()->acquire(now()) == outcome::acquired; }

    scratch_directory place;
    std::string path = place.write("a.lock", "");
    system_clock time;
};

int never_granted(int, instant) {
    return ETIMEDOUT;
}
int no_locks_here(int, instant) {
    return ENOLCK;
}

} // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(azure_wi::flight_lock::outcome)

BOOST_FIXTURE_TEST_SUITE(file_lock_, fixture)

BOOST_AUTO_TEST_CASE(is_held_by_one_at_a_time) {
    const auto holder = open();
    const auto other = open();
    BOOST_TEST((holder->acquire(now()) == outcome::acquired));
    BOOST_TEST((other->acquire(now()) == outcome::busy));
    holder->release();
    BOOST_TEST((other->acquire(now()) == outcome::acquired));
}

BOOST_AUTO_TEST_CASE(ends_with_its_object) {
    {
        const auto holder = open();
        BOOST_TEST((holder->acquire(now()) == outcome::acquired));
        BOOST_TEST(!is_free());
    }
    BOOST_TEST(is_free());
}

BOOST_AUTO_TEST_CASE(is_waited_for_until_it_is_released) {
    const auto holder = open();
    BOOST_TEST((holder->acquire(now()) == outcome::acquired));
    outcome got = outcome::broken;
    const auto waiter = open();
    std::thread waiting([&] { got = waiter->acquire(now() + 1min); });
    holder->release();
    waiting.join();
    BOOST_TEST((got == outcome::acquired));
}

BOOST_AUTO_TEST_CASE(is_waited_for_no_longer_than_asked) {
    const auto holder = open();
    BOOST_TEST((holder->acquire(now()) == outcome::acquired));
    const instant until = now() + 30ms;
    BOOST_TEST((open()->acquire(until) == outcome::busy));
    BOOST_TEST((now() >= until));
    BOOST_TEST((now() < until + 10s));
}

BOOST_AUTO_TEST_CASE(tells_busy_from_broken) {
    const auto holder = open();
    BOOST_TEST((holder->acquire(now()) == outcome::acquired));
    BOOST_TEST((open(&never_granted)->acquire(now() + 1min) == outcome::busy));
    BOOST_TEST((open(&no_locks_here)->acquire(now() + 1min) == outcome::broken));
}

BOOST_AUTO_TEST_CASE(tells_others_its_deadline_while_it_is_held) {
    const auto holder = open();
    const auto other = open();
    BOOST_TEST(!other->holder_deadline());
    BOOST_TEST((holder->acquire(now()) == outcome::acquired));
    const instant deadline = now() + 30s;
    holder->set_deadline(deadline);
    BOOST_REQUIRE(other->holder_deadline().has_value());
    BOOST_TEST((*other->holder_deadline() == deadline));
    holder->release();
    BOOST_TEST(!other->holder_deadline());
}

BOOST_AUTO_TEST_CASE(believes_no_deadline_that_no_holder_writes) {
    const auto stored = [&](std::int64_t nanoseconds) {
        const unique_fd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        BOOST_REQUIRE(::pwrite(file.get(), &nanoseconds, sizeof nanoseconds, 0) == sizeof nanoseconds);
        return open()->holder_deadline();
    };
    BOOST_TEST(!stored(0));
    BOOST_TEST(!stored(-1));
    BOOST_TEST(!stored(INT64_MIN));
    BOOST_TEST(!stored(INT64_MAX));
    BOOST_TEST(!stored(std::chrono::nanoseconds((now() + 1h).time_since_epoch()).count()));
    // One that has passed is credible: its holder stopped.
    BOOST_TEST(stored(std::chrono::nanoseconds((now() - 1ms).time_since_epoch()).count()).has_value());
    BOOST_REQUIRE(::truncate(path.c_str(), 3) == 0);
    BOOST_TEST(!open()->holder_deadline());
}

// Its copy of the descriptor keeps the open file, and with it the lock of flock(2), alive.
BOOST_AUTO_TEST_CASE(is_released_although_a_forked_child_lives_on) {
    const auto holder = open();
    BOOST_TEST((holder->acquire(now()) == outcome::acquired));
    int ends[2];
    BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const ::pid_t child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        ::close(ends[1]);
        char byte = 0;
        static_cast<void>(::read(ends[0], &byte, 1) == 0); // until the parent is done
        ::_exit(0);
    }
    holder->release();
    BOOST_TEST(is_free());
    ::close(ends[1]);
    ::close(ends[0]);
    int status = 0;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
}

BOOST_AUTO_TEST_CASE(passes_to_another_program_by_number) {
    auto holder = open();
    BOOST_TEST((holder->acquire(now()) == outcome::acquired));
    holder->set_deadline(now() + 30s);
    const int number = holder->hand_over();
    BOOST_REQUIRE(number >= 0);
    holder.reset();
    BOOST_TEST(!is_free());
    BOOST_TEST((::fcntl(number, F_GETFD) & FD_CLOEXEC) == 0);

    auto adopted = file_lock::adopt(number);
    BOOST_REQUIRE(adopted);
    BOOST_TEST((::fcntl(number, F_GETFD) & FD_CLOEXEC) != 0);
    BOOST_TEST(!is_free());
    adopted.reset();
    BOOST_TEST(is_free());
}

BOOST_AUTO_TEST_CASE(that_is_not_held_is_not_handed_over_and_no_number_is_not_adopted) {
    BOOST_TEST(open()->hand_over() == -1);
    BOOST_TEST(!file_lock::adopt(-1));
    BOOST_TEST(!file_lock::adopt(1'000'000));
}

BOOST_AUTO_TEST_SUITE_END()
