#include "token-cache/exchange/exchange_reply.hpp"

#include "token-cache/ascii.hpp"
#include "token-cache/exchange/b64token.hpp"
#include "token-cache/exchange/entra_error.hpp"
#include "token-cache/exchange/json_members.hpp"
#include "token-cache/exchange/retry_after.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace azure_wi {
namespace {

constexpr std::int64_t longest_life = 86400;

constexpr std::array<std::string_view, 10> member_names{
    "access_token",      "token_type",  "expires_in", "refresh_in",     "error",
    "error_description", "error_codes", "trace_id",   "correlation_id", "timestamp"};

/// The place of each name above.
enum member : std::size_t {
    at_access_token,
    at_token_type,
    at_expires_in,
    at_refresh_in,
    at_error,
    at_error_description,
    at_error_codes,
    at_trace_id,
    at_correlation_id,
    at_timestamp
};

failure malformed(std::string_view why) {
    return {.code = errc::reply_malformed, .about = std::string(why)};
}

std::string_view trimmed(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// RFC 9110 section 8.3.1: type and subtype are case-insensitive, parameters follow a semicolon.
bool is_json(std::string_view content_type) {
    return equal_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))), "application/json");
}

/// Whether the body's bytes are the content: no content coding, and no transfer coding but chunked.
bool is_uncoded(const http_reply &reply) {
    const auto content = trimmed(reply.content_encoding);
    const auto transfer = trimmed(reply.transfer_encoding);
    return (content.empty() || equal_ignoring_case(content, "identity")) &&
           (transfer.empty() || equal_ignoring_case(transfer, "chunked"));
}

/// A life in seconds: an integer, or a string of digits alone, as some endpoints of Entra answer.
std::optional<std::int64_t> read_life(const json_member &member) {
    const std::string_view digits = member.text.reveal();
    const bool possible = member.kind == json_kind::number || member.kind == json_kind::string;
    if (!possible || digits.empty() || !std::ranges::all_of(digits, is_digit))
        return std::nullopt;
    std::int64_t life = 0;
    for (const char c : digits)
        life = std::min(longest_life, life * 10 + (c - '0'));
    return life > 0 ? std::optional(life) : std::nullopt;
}

result<token_grant> read_grant(const std::vector<json_member> &members, const secret &assertion_jwt) {
    const auto &token = members[at_access_token];
    const auto &type = members[at_token_type];
    if (type.kind != json_kind::string || !equal_ignoring_case(type.text.reveal(), "bearer"))
        return malformed("the token's type is not Bearer");
    if (token.kind != json_kind::string)
        return malformed("it holds no access token");
    if (token.text.equals(assertion_jwt.reveal()))
        return failure{.code = errc::reply_echoes_assertion};
    if (!is_b64token(token.text.reveal()))
        return malformed("the access token has bytes or a length that no bearer token has");

    token_grant grant;
    if (members[at_expires_in].kind != json_kind::absent) {
        grant.expires_in = read_life(members[at_expires_in]);
        if (!grant.expires_in)
            return malformed("the token's life is not a positive whole number");
    }
    // It is advice: what cannot be read is as if it were not there.
    grant.refresh_in = read_life(members[at_refresh_in]);
    grant.value = secret::copy_of(token.text.reveal());
    return grant;
}

/// The failure that a JSON body with an `error` member stands for.
failure read_error(const std::vector<json_member> &members) {
    if (members[at_access_token].kind != json_kind::absent)
        return malformed("it holds a token and an error");
    if (members[at_error].kind != json_kind::string || members[at_error].text.empty())
        return malformed("its error member is no error code");
    return failure_of({members[at_error], members[at_error_description], members[at_error_codes],
                       members[at_trace_id], members[at_correlation_id], members[at_timestamp]});
}

std::string status_text(int status) {
    return "HTTP status " + std::to_string(status);
}

result<token_grant> read_success(const http_reply &reply, const secret &assertion_jwt) {
    if (reply.body.empty() && (reply.content_type.empty() || is_json(reply.content_type)))
        return failure{.code = errc::connection_broken, .about = "the answer is empty"};
    if (!is_json(reply.content_type))
        return malformed("its content type is not application/json");
    if (!is_uncoded(reply))
        return malformed("it is compressed, although that was not offered");
    const auto read = read_json_members(reply.body.reveal(), member_names);
    if (read.outcome == json_outcome::incomplete)
        return failure{.code = errc::connection_broken, .about = "the answer ends too early"};
    if (read.outcome == json_outcome::malformed)
        return malformed("it is not one JSON object with each member once");
    if (read.values[at_error].kind != json_kind::absent)
        return read_error(read.values);
    return read_grant(read.values, assertion_jwt);
}

/// What the status alone says.
failure failure_of_status(const http_reply &reply, std::int64_t wall_seconds) {
    failure what{.code = errc::reply_unexpected_status, .about = status_text(reply.status)};
    if (reply.status < 100 || reply.status > 599)
        what.code = errc::reply_malformed;
    else if (reply.status >= 300 && reply.status < 400)
        what.code = errc::reply_redirected;
    else if (reply.status == 407)
        what.code = errc::proxy_refused;
    else if (reply.status == 429)
        what.code = errc::throttled;
    else if (reply.status == 408 || reply.status >= 500)
        what.code = errc::server_fault;
    if (what.code == errc::throttled || what.code == errc::server_fault)
        what.retry_after = read_retry_after(trimmed(reply.retry_after), trimmed(reply.date), wall_seconds);
    return what;
}

failure read_failure(const http_reply &reply, std::int64_t wall_seconds) {
    failure by_status = failure_of_status(reply, wall_seconds);
    if (reply.status < 400 || by_status.code == errc::reply_malformed ||
        by_status.code == errc::proxy_refused || !is_json(reply.content_type) || !is_uncoded(reply))
        return by_status;
    const auto read = read_json_members(reply.body.reveal(), member_names);
    if (read.outcome != json_outcome::complete || read.values[at_error].kind == json_kind::absent)
        return by_status;
    failure by_body = read_error(read.values);
    // 408, 429 and 5xx pass, whatever their body says; what else it tells is for the message.
    if (by_status.code != errc::reply_unexpected_status) {
        by_body.code = by_status.code;
        by_body.retry_after = by_status.retry_after;
    }
    if (by_body.code != errc::reply_malformed)
        by_body.about = by_status.about;
    return by_body;
}

} // namespace

result<token_grant> read_exchange_reply(const http_reply &reply, const secret &assertion_jwt,
                                        std::string_view request_id, std::int64_t wall_seconds) {
    auto read = reply.status == 200 ? read_success(reply, assertion_jwt)
                                    : result<token_grant>(read_failure(reply, wall_seconds));
    if (read)
        return read;
    auto what = read.error();
    what.ids.request = request_id;
    if (what.about.empty())
        what.about = status_text(reply.status);
    return what;
}

} // namespace azure_wi
