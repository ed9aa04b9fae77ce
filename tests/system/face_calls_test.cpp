// What the face asks of the kernel, counted and not timed.

#include "tests/system/each_git.hpp"
#include "tests/system/unsanitized.hpp"

#include <algorithm>
#include <map>
#include <sstream>

namespace azure_wi::tests {

BOOST_AUTO_TEST_SUITE(face_calls, *boost::unit_test::precondition(unsanitized))

namespace {

class traced : public fixture {
public:
    // Every system call of the program and what it starts, as strace(1) writes them, without exits and
    // signals.
    std::vector<std::string> calls(std::vector<std::string> command, const std::string &input,
                                   const variables &extra = {}) {
        const std::string log = (scratch() / "strace").string();
        command.insert(command.begin(), {"strace", "-f", "-qq", "-s", "64", "-o", log});
        variables all_extra{{"AZURE_WI_CACHE_DIR", cache().string()}};
        for (const auto &[name, value] : extra)
            all_extra[name] = value;
        last_ = all().run(std::move(command), all_extra, input);
        std::vector<std::string> lines;
        std::istringstream stream(read_file(log));
        for (std::string line; std::getline(stream, line);) {
            const std::size_t start = line.find_first_not_of("0123456789 ");
            if (start != std::string::npos && line[start] != '+' && line[start] != '-')
                lines.push_back(line.substr(start));
        }
        return lines;
    }
    const world::process_result &last() const { return last_; }

private:
    world::process_result last_;
};

std::size_t count(const std::vector<std::string> &calls, const std::string &start) {
    return static_cast<std::size_t>(
        std::ranges::count_if(calls, [&](const std::string &call) { return call.starts_with(start); }));
}

std::string listed(const std::vector<std::string> &calls) {
    std::string all;
    for (const std::string &call : calls)
        all += '\n' + call;
    return all;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(a_warm_answer_is_one_write, traced) {
    get();
    for (const std::string &request : {plain_request(), capable_request()}) {
        const auto made = calls({face().string(), "get"}, request);
        BOOST_TEST(!read_credential(last().out).token().empty());
        BOOST_TEST(count(made, "write(1,") == 1U, listed(made));
        BOOST_TEST(count(made, "writev(1,") == 0U, listed(made));
    }
}

BOOST_FIXTURE_TEST_CASE(a_cold_answer_is_one_write, traced) {
    const auto made = calls({face().string(), "--cache-dir", "none", "get"}, capable_request());
    BOOST_TEST(!read_credential(last().out).token().empty());
    BOOST_TEST(count(made, "write(1,") == 1U);
}

// A large token does not fit the buffers that programs usually have.
BOOST_FIXTURE_TEST_CASE(a_large_token_is_one_write, traced) {
    entra().set_token_size(24'000);
    get();
    const auto made = calls({face().string(), "get"}, capable_request());
    BOOST_TEST(read_credential(last().out).token().size() > 20'000U);
    BOOST_TEST(count(made, "write(1,") == 1U, listed(made));
}

BOOST_FIXTURE_TEST_CASE(a_warm_get_makes_no_network_call_and_starts_nothing, traced) {
    get();
    const auto made = calls({face().string(), "get"}, capable_request());
    BOOST_TEST(!read_credential(last().out).token().empty());
    for (const char *call : {"socket(", "socketpair(", "connect(", "sendto(", "sendmsg(", "bind(", "fork(",
                             "vfork(", "clone(", "clone3(", "execveat("})
        BOOST_TEST(count(made, call) == 0U, call << listed(made));
    BOOST_TEST(count(made, "execve(") == 1U); // strace's own
    BOOST_TEST(entra().request_count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_warm_get_makes_at_most_25_calls_more_than_nothing, traced) {
    get();
    const auto nothing = calls({AZURE_WI_NOOP}, "");
    const auto made = calls({face().string(), "--cache-dir", cache().string(), "get"}, capable_request(),
                            {{"AZURE_WI_CACHE_DIR", ""}});
    BOOST_TEST(!read_credential(last().out).token().empty());
    BOOST_TEST_MESSAGE("a warm get: " << made.size() << " system calls, nothing: " << nothing.size());
    BOOST_TEST(nothing.size() > 2U);
    BOOST_TEST(made.size() <= nothing.size() + 25, listed(made));
}

BOOST_FIXTURE_TEST_CASE(store_makes_no_call_of_its_own, traced) {
    const auto nothing = calls({AZURE_WI_NOOP}, "");
    const auto made = calls({face().string(), "store"}, capable_request() + "password=x\n");
    BOOST_TEST(last().out.empty());
    BOOST_TEST(count(made, "read(0") == 0U);
    BOOST_TEST(made.size() == nothing.size(), listed(made));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
