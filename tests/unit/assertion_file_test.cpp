#include "tests/fakes/json_web_token.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/assertion/assertion_file.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace azure_wi {
namespace {

using std::chrono::milliseconds;
constexpr std::int64_t start = 1'700'000'000;

/// A clock whose sleep lets something happen, as kubelet does while we wait.
class eventful_clock final : public clock {
public:
    [[nodiscard]] std::int64_t wall_seconds() const override { return time.wall_seconds(); }
    [[nodiscard]] instant now() const override { return time.now(); }
    void sleep_for(milliseconds duration) override {
        time.sleep_for(duration);
        if (during_sleep)
            during_sleep();
    }

    manual_clock time{start};
    std::function<void()> during_sleep;
};

struct fixture {
    result<assertion> read(const std::string &path, std::chrono::seconds left = std::chrono::seconds{30}) {
        return assertion_file(path, time, log).read(time.now() + left);
    }
    errc code_of(const std::string &path) {
        const auto got = read(path);
        return got ? errc{} : got.error().code;
    }
    [[nodiscard]] const std::vector<milliseconds> &sleeps() const { return time.time.sleeps; }

    scratch_directory place;
    eventful_clock time;
    silent_trace log;
    std::string good = service_account_token(start + 3600);
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(assertion_file_, fixture)

BOOST_AUTO_TEST_CASE(a_good_file_is_read_without_waiting) {
    BOOST_TEST(read(place.write("token", good + "\n")).value().jwt.reveal() == good);
    BOOST_TEST(sleeps().empty());
}

BOOST_AUTO_TEST_CASE(the_file_is_read_anew_each_time) {
    const std::string path = place.write("token", good);
    assertion_file source(path, time, log);
    const std::string newer = service_account_token(start + 7200);
    BOOST_TEST(source.read(instant::max()).value().jwt.reveal() == good);
    place.write("token", newer);
    BOOST_TEST(source.read(instant::max()).value().jwt.reveal() == newer);
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_looked_for_three_times_more) {
    const auto got = read(place.file("token"));
    BOOST_REQUIRE(got.has_error());
    BOOST_TEST((got.error().code == errc::assertion_missing));
    BOOST_TEST((sleeps() == std::vector<milliseconds>(3, milliseconds{10})));
    BOOST_TEST(got.error().about ==
               place.file("token") + ", set by --token-file (AZURE_FEDERATED_TOKEN_FILE)");
}

BOOST_AUTO_TEST_CASE(a_file_that_comes_back_during_a_swap_is_read) {
    time.during_sleep = [&] { place.write("token", good); };
    BOOST_TEST(read(place.file("token")).has_value());
    BOOST_TEST(sleeps().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_read_once_more) {
    BOOST_TEST((code_of(place.write("token", "")) == errc::assertion_empty));
    BOOST_TEST((sleeps() == std::vector<milliseconds>{milliseconds{50}}));
    time.during_sleep = [&] { place.write("token", good); };
    BOOST_TEST(read(place.file("token")).has_value());
}

BOOST_AUTO_TEST_CASE(an_expired_assertion_is_read_once_more) {
    const std::string path = place.write("token", service_account_token(start - 60));
    const auto got = read(path);
    BOOST_REQUIRE(got.has_error());
    BOOST_TEST((got.error().code == errc::assertion_expired));
    BOOST_TEST(got.error().claims.expiry.value() == start - 60);
    BOOST_TEST(got.error().about.starts_with(path));
    BOOST_TEST((sleeps() == std::vector<milliseconds>{milliseconds{50}}));
    time.during_sleep = [&] { place.write("token", good); };
    BOOST_TEST(read(path).has_value());
}

BOOST_AUTO_TEST_CASE(nothing_is_looked_at_again_when_the_time_is_up) {
    BOOST_TEST(read(place.file("token"), std::chrono::seconds{0}).has_error());
    BOOST_TEST(sleeps().empty());
}

BOOST_AUTO_TEST_CASE(other_faults_are_final) {
    BOOST_TEST((code_of(place.file(".")) == errc::assertion_not_a_file));
    BOOST_TEST((code_of(place.write("big", std::string(70000, 'x'))) == errc::assertion_too_large));
    BOOST_TEST((code_of(place.write("text", "root:x:0:0:root")) == errc::assertion_malformed));
    BOOST_TEST(sleeps().empty());
}

BOOST_AUTO_TEST_CASE(a_loop_of_links_is_a_read_fault_with_its_reason) {
    std::filesystem::create_symlink("loop", place.file("loop"));
    const auto got = read(place.file("loop"));
    BOOST_TEST((got.error().code == errc::assertion_read_failed));
    BOOST_TEST(got.error().about.ends_with(": Too many levels of symbolic links"));
}

BOOST_AUTO_TEST_CASE(content_and_control_bytes_never_get_into_a_message) {
    const auto got = read(place.write("a\nb", "canary"));
    BOOST_TEST(got.error().about.find("canary") == std::string::npos);
    BOOST_TEST(got.error().about.find('\n') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
