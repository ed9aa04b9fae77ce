#include "tests/world/request_reader.hpp"

#include "tests/world/connection.hpp"

#include <array>
#include <charconv>

namespace azure_wi::world {
namespace {

constexpr std::size_t line_limit = std::size_t{1} << 20;
constexpr std::size_t body_limit = std::size_t{1} << 30;

std::size_t number(std::string_view text, int base) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end == text.data() || value > body_limit)
        throw malformed_request{"bad length"};
    return value;
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos
               ? ""
               : std::string{text.substr(first, text.find_last_not_of(" \t") - first + 1)};
}

} // namespace

bool request_reader::fill() {
    std::array<char, 16384> more;
    const auto got = peer_.read_some(more);
    buffer_.append(more.data(), got);
    return got > 0;
}

std::string request_reader::take_line() {
    std::size_t end;
    while ((end = buffer_.find('\n')) == std::string::npos) {
        if (buffer_.size() > line_limit)
            throw malformed_request{"endless line"};
        if (!fill())
            throw connection_lost{"end inside a request"};
    }
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return line;
}

std::string request_reader::take(std::size_t bytes) {
    while (buffer_.size() < bytes)
        if (!fill())
            throw connection_lost{"end inside a body"};
    std::string taken = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return taken;
}

std::string request_reader::take_chunks() {
    std::string body;
    while (const auto size = number(take_line(), 16)) {
        body += take(size);
        take_line();
        if (body.size() > body_limit)
            throw malformed_request{"body too long"};
    }
    while (!take_line().empty()) {
    }
    return body;
}

void request_reader::read_headers(recorded_request &request) {
    for (auto line = take_line(); !line.empty(); line = take_line()) {
        const auto colon = line.find(':');
        if (colon == std::string::npos)
            throw malformed_request{"header without a colon"};
        request.headers.emplace_back(line.substr(0, colon),
                                     trimmed(std::string_view{line}.substr(colon + 1)));
    }
}

void request_reader::read_body(recorded_request &request) {
    const auto coding = request.header("transfer-encoding");
    const auto length = request.header("content-length");
    if (!coding && !length)
        return;
    if (equal_ignoring_case(request.header("expect").value_or(""), "100-continue"))
        peer_.write("HTTP/1.1 100 Continue\r\n\r\n");
    request.body = coding && equal_ignoring_case(*coding, "chunked") ? take_chunks()
                                                                     : take(number(length.value_or("0"), 10));
}

std::optional<recorded_request> request_reader::next() {
    while (buffer_.empty())
        if (!fill())
            return std::nullopt;
    recorded_request request;
    const auto line = take_line();
    request.at = std::chrono::steady_clock::now();
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string::npos || first == last)
        throw malformed_request{"bad request line"};
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    request.version = line.substr(last + 1);
    read_headers(request);
    read_body(request);
    if (request.header("content-type").value_or("").starts_with("application/x-www-form-urlencoded"))
        request.form = parse_form(request.body);
    request.tls = peer_.tls();
    request.server_name = peer_.server_name();
    request.application_protocol = peer_.application_protocol();
    request.session_resumed = peer_.session_resumed();
    request.connection_number = peer_.number();
    return request;
}

} // namespace azure_wi::world
