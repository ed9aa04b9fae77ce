#pragma once

#include "tests/harness/case_table.hpp"
#include "tests/system/fixture.hpp"
#include "tests/system/outcome.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace azure_wi::tests {

// What the server answers with in these tests unless a row says otherwise.
inline constexpr std::string_view plain_token = "eyJ.A.B";
// Stands in whatever else a server says: none of it may be printed.
inline constexpr std::string_view server_text = "WORDS-OF-THE-SERVER";

std::string token_body(std::string_view token = plain_token);
// `members`: JSON members, to stand beside token_type and access_token.
std::string token_body_with(std::string_view members);
// A response with a body whose framing the caller writes: `lines` each end with CR LF.
std::string response(std::string_view lines, std::string_view body);
// The same with the JSON type and the right Content-Length.
std::string json_response(std::string_view body, std::string_view more_lines = {});

// The test cases of endpoint.tsv bear their row's name; each variant of a row is played against a cold cache
// and held against the row's columns.
class endpoint_row : public fixture {
public:
    struct terms {
        std::string timeout = "20s";
        variables extra = {};
        std::vector<std::string> arguments = {};
        std::string token{plain_token};
        // Where the endpoint's log cannot tell how often it was asked.
        std::function<std::uint64_t(const outcome &)> count = {};
        // Further words that no output may hold.
        std::vector<std::string> secrets = {};
        // In place of the row's columns, where variants of a row differ in them.
        std::string expected = {};
        std::string retry = {};
    };

    endpoint_row();
    ~endpoint_row();

    // `stage` finds an endpoint without faults and an empty log.
    outcome play(const std::string &variant, const std::function<void()> &stage, const terms &how);
    outcome play(const std::string &variant, const std::function<void()> &stage) {
        return play(variant, stage, terms{});
    }

    // Every request gets this reply.
    outcome always(const std::string &variant, const world::reply &what, const terms &how);
    outcome always(const std::string &variant, const world::reply &what) {
        return always(variant, what, terms{});
    }
    // The first gets this reply, the next ones a token.
    outcome first(const std::string &variant, const world::reply &what);

    // The assertion as it stands in the token file.
    std::string assertion();
    bool holds_token_record() const;
    // TCP connections begun by anyone in this network, and datagrams sent.
    static std::uint64_t packets_begun();

private:
    void renew();
    void check_token(const outcome &seen, const terms &how, const std::vector<std::string> &command);
    void check_silence(const outcome &seen, const terms &how);
    void check_count(std::uint64_t requests, const terms &how, bool token);

    case_row row_;
};

} // namespace azure_wi::tests
