#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azure_wi::world {

class connection;

using header_list = std::vector<std::pair<std::string, std::string>>;

// One request as it came, with what is known of the connection that carried it.
struct recorded_request {
    std::string method;
    std::string target;
    std::string version;
    header_list headers;
    std::string body;                        // without its transfer coding
    std::map<std::string, std::string> form; // decoded fields of a form body
    std::string server_name;                 // SNI
    std::string application_protocol;        // what ALPN agreed on
    bool tls = false;
    bool session_resumed = false;
    std::uint64_t connection_number = 0; // counts from 1 at each listener
    std::chrono::steady_clock::time_point at;

    std::optional<std::string> header(std::string_view name) const; // the first of that name
    std::size_t header_count(std::string_view name) const;
    std::string host() const; // lower case, without a port
    std::string path() const; // the target before '?', still encoded
    std::string query() const;
    std::string authorization_scheme() const; // lower case; empty where there is no Authorization
    std::string presented_token() const;      // the Bearer token or the Basic password
    std::string presented_user() const;       // the Basic user name
};

struct http_answer {
    int status = 200;
    header_list headers = {}; // Content-Length or Transfer-Encoding, Date and Connection are added
    std::string body = {};
    bool chunked = false;
    // Takes the connection over after the head has gone out, as CONNECT does.
    std::function<void(connection &)> then = nullptr;
};

std::string_view reason_phrase(int status);
// "Thu, 01 Jan 2026 00:00:00 GMT"
std::string http_date(std::chrono::sys_seconds when);
std::map<std::string, std::string> parse_form(std::string_view body);
std::string percent_decode(std::string_view text, bool plus_is_space = false);
std::string percent_encode(std::string_view text); // as a path segment
std::string lower_case(std::string text);          // ASCII
bool equal_ignoring_case(std::string_view left, std::string_view right);

} // namespace azure_wi::world
