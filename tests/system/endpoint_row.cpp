#include "tests/system/endpoint_row.hpp"

#include "tests/system/cache_files.hpp"
#include "tests/system/many_helpers.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <sys/resource.h>

namespace azure_wi::tests {
namespace {

case_row row_of_this_test() {
    const std::string name = boost::unit_test::framework::current_test_case().p_name.get();
    for (const auto &row : read_cases(cases("endpoint.tsv")))
        if (row["name"] == name)
            return row;
    throw std::runtime_error("endpoint.tsv has no row " + name);
}

// The largest of all children waited for so far, so a bound for this one too.
long children_peak_kib() {
    ::rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    return used.ru_maxrss;
}

void check_bounds(const outcome &seen, const std::string &timeout) {
    const std::chrono::milliseconds limit = timeout.ends_with("ms")
                                                ? std::chrono::milliseconds(std::stol(timeout))
                                                : std::chrono::seconds(std::stol(timeout));
    // What a busy machine needs to start and end two processes.
    constexpr std::chrono::seconds slack{5};
    BOOST_CHECK_MESSAGE(seen.took < limit + slack, "took " << seen.took.count() << " ms of " << timeout);
    BOOST_CHECK(!seen.raw.timed_out);
    // Sanitizers keep shadow memory of their own.
    const bool plain = std::string_view(AZURE_WI_SANITIZE).empty();
    BOOST_CHECK_MESSAGE(!plain || children_peak_kib() < 64 * 1024,
                        "memory: " << children_peak_kib() << " KiB");
}

} // namespace

std::string token_body(std::string_view token) {
    return R"({"token_type":"Bearer","expires_in":3599,"access_token":")" + std::string(token) + "\"}";
}

std::string token_body_with(std::string_view members) {
    std::string body = R"({"token_type":"Bearer","access_token":"eyJ.A.B",)";
    return body.append(members).append("}");
}

std::string response(std::string_view lines, std::string_view body) {
    std::string bytes = "HTTP/1.1 200 OK\r\n";
    return bytes.append(lines).append("\r\n").append(body);
}

std::string json_response(std::string_view body, std::string_view more_lines) {
    std::string lines = "Content-Type: application/json\r\n";
    lines.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    return response(lines.append(more_lines), body);
}

endpoint_row::endpoint_row() : row_(row_of_this_test()) {}

endpoint_row::~endpoint_row() {
    world::set_hosts(world::default_hosts());
}

std::string endpoint_row::assertion() {
    return read_whole(all().build_token().file());
}

bool endpoint_row::holds_token_record() const {
    return find_record(cache(), token_magic).has_value();
}

std::uint64_t endpoint_row::packets_begun() {
    std::uint64_t sum = 0;
    std::ifstream counters("/proc/self/net/snmp");
    std::string names;
    std::string values;
    while (std::getline(counters, names) && std::getline(counters, values)) {
        std::istringstream name_words(names);
        std::istringstream value_words(values);
        std::string name;
        std::string value;
        std::string protocol;
        name_words >> protocol;
        value_words >> value;
        while (name_words >> name && value_words >> value)
            if ((protocol == "Tcp:" && name == "ActiveOpens") ||
                (protocol == "Udp:" && name == "OutDatagrams"))
                sum += std::stoull(value);
    }
    return sum;
}

void endpoint_row::renew() {
    entra().clear_faults();
    entra().forget_requests();
    for (const auto &entry : std::filesystem::directory_iterator(cache()))
        std::filesystem::remove_all(entry.path());
}

outcome endpoint_row::play(const std::string &variant, const std::function<void()> &stage, const terms &how) {
    BOOST_TEST_CONTEXT(row_["name"] << ": " << variant) {
        renew();
        stage();
        std::vector<std::string> command = how.arguments;
        command.insert(command.end(), {"-vv", "--timeout=" + how.timeout, "get"});
        const auto began = std::chrono::steady_clock::now();
        outcome seen = read_outcome(helper(command, plain_request(), how.extra));
        seen.took = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);

        const bool token = (how.expected.empty() ? row_["expected"] : how.expected) == "token";
        check_count(how.count ? how.count(seen) : entra().request_count(), how, token);
        check_bounds(seen, how.timeout);
        check_silence(seen, how);
        if (token) {
            check_token(seen, how, command);
        } else {
            check_failed(seen);
            BOOST_CHECK(!holds_token_record());
        }
        return seen;
    }
    return {};
}

outcome endpoint_row::always(const std::string &variant, const world::reply &what, const terms &how) {
    return play(
        variant, [&] { entra().always(what); }, how);
}

outcome endpoint_row::first(const std::string &variant, const world::reply &what) {
    return play(variant, [&] {
        entra().always(world::reply::json(200, token_body()));
        entra().next(what);
    });
}

void endpoint_row::check_token(const outcome &seen, const terms &how,
                               const std::vector<std::string> &command) {
    const auto now = static_cast<std::int64_t>(std::time(nullptr));
    const credential given = read_credential(seen.raw.out);
    BOOST_CHECK_EQUAL(given.token(), how.token);
    BOOST_CHECK_MESSAGE(seen.errors.empty() && seen.hints.empty(), seen.raw.err);
    const std::string expiry = given["password_expiry_utc"];
    BOOST_REQUIRE_MESSAGE(!expiry.empty(), seen.raw.out);
    BOOST_CHECK_GT(std::stoll(expiry), now);
    BOOST_CHECK_LE(std::stoll(expiry), now + 86400);
    if (row_["cache"] == "write-clamped")
        BOOST_CHECK_GT(std::stoll(expiry), now + 86400 - 60);

    BOOST_CHECK(holds_token_record());
    const std::uint64_t before = packets_begun();
    const outcome again = read_outcome(helper(command, plain_request(), how.extra));
    BOOST_CHECK_EQUAL(read_credential(again.raw.out).token(), how.token);
    BOOST_CHECK_EQUAL(packets_begun(), before);
}

void endpoint_row::check_silence(const outcome &seen, const terms &how) {
    const std::string everything = seen.raw.out + seen.raw.err;
    BOOST_CHECK_MESSAGE(!contains(everything, server_text), everything);
    BOOST_CHECK_MESSAGE(!leaks(everything, assertion()), everything);
    BOOST_CHECK_MESSAGE(!leaks(seen.raw.err, how.token), seen.raw.err);
    for (const auto &secret : how.secrets)
        BOOST_CHECK_MESSAGE(!leaks(everything, secret), everything);
    BOOST_CHECK_MESSAGE(std::ranges::none_of(seen.raw.err,
                                             [](char c) {
                                                 return (static_cast<unsigned char>(c) < 0x20 && c != '\n') ||
                                                        c == 0x7f;
                                             }),
                        "a control byte on stderr");
}

void endpoint_row::check_count(std::uint64_t requests, const terms &how, bool token) {
    const std::string &retry = how.retry.empty() ? row_["retry"] : how.retry;
    if (retry == "no") {
        BOOST_CHECK_EQUAL(requests, 1U);
    } else if (retry == "once" || token) {
        BOOST_CHECK_EQUAL(requests, 2U);
    } else {
        BOOST_CHECK_GT(requests, 2U);
        BOOST_CHECK_LE(requests, 5U);
    }
}

} // namespace azure_wi::tests
