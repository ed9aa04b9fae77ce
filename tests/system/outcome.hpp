#pragma once

#include "tests/world/child_process.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace azure_wi::tests {

// What a helper run looks like from outside: stderr apart, by the kinds of line that the contract knows.
struct outcome {
    world::process_result raw;
    std::chrono::milliseconds took{};
    std::vector<std::string> errors;
    std::vector<std::string> hints;
    std::vector<std::string> traces;

    std::string error() const { return errors.empty() ? "" : errors.front(); }
    std::string hint() const { return hints.empty() ? "" : hints.front(); }

    bool traced(std::string_view text) const {
        for (const auto &line : traces)
            if (line.find(text) != line.npos)
                return true;
        return false;
    }

    // Exchanges that were begun, as the trace tells; for what never gets to the server.
    unsigned attempts() const {
        unsigned most = 0;
        for (unsigned i = 1; i < 20; ++i)
            if (traced("exchange, attempt " + std::to_string(i) + ": asking"))
                most = i;
        return most;
    }
};

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// Sorts the lines of stderr; every one must carry the helper's name.
inline outcome read_outcome(world::process_result raw) {
    constexpr std::string_view prefix = "git-credential-azure-wi: ";
    outcome read;
    std::string_view left = raw.err;
    BOOST_CHECK_MESSAGE(left.empty() || left.ends_with('\n'), "stderr ends inside a line: " << raw.err);
    while (!left.empty()) {
        std::string_view line = left.substr(0, left.find('\n'));
        left.remove_prefix(std::min(line.size() + 1, left.size()));
        BOOST_CHECK_MESSAGE(line.starts_with(prefix), "a line without the helper's name: " << line);
        line.remove_prefix(std::min(prefix.size(), line.size()));
        if (line.starts_with("trace: "))
            read.traces.emplace_back(line);
        else if (line.starts_with("hint: "))
            read.hints.emplace_back(line);
        else
            read.errors.emplace_back(line);
    }
    read.raw = std::move(raw);
    return read;
}

// True where any 16 bytes of the secret, or all of a shorter one, stand in the text.
inline bool leaks(std::string_view text, std::string_view secret) {
    constexpr std::size_t window = 16;
    if (secret.empty())
        return false;
    if (secret.size() <= window)
        return contains(text, secret);
    for (std::size_t at = 0; at + window <= secret.size(); ++at)
        if (contains(text, secret.substr(at, window)))
            return true;
    return false;
}

// No credential, and what the contract says of that: quit=1, status 0, one line that names the cause and at
// most one that says what to do.
inline void check_failed(const outcome &seen) {
    BOOST_CHECK_EQUAL(seen.raw.out, "quit=1\n");
    BOOST_CHECK_EQUAL(seen.raw.status, 0);
    BOOST_CHECK_MESSAGE(seen.errors.size() == 1, "not one error line: " << seen.raw.err);
    BOOST_CHECK_MESSAGE(seen.hints.size() <= 1, "more than one hint: " << seen.raw.err);
    BOOST_CHECK_MESSAGE(seen.errors.empty() ||
                            seen.raw.err.find(seen.error()) <
                                (seen.hints.empty() ? std::string::npos : seen.raw.err.find(seen.hint())),
                        "the hint stands before the error: " << seen.raw.err);
    BOOST_CHECK_MESSAGE(!seen.error().ends_with('.') && !seen.hint().ends_with('.'), seen.raw.err);
}

} // namespace azure_wi::tests
