#include "tests/world/http_message.hpp"

#include "tests/world/base64url.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <ctime>

namespace azure_wi::world {
namespace {

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char folded = lower(c);
    return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

// Scheme and the rest, as they stand in Authorization.
std::pair<std::string, std::string> authorization(const recorded_request &request) {
    const std::string value = request.header("authorization").value_or("");
    const auto blank = value.find(' ');
    if (blank == std::string::npos)
        return {lower_case(value), ""};
    return {lower_case(value.substr(0, blank)), value.substr(value.find_first_not_of(' ', blank))};
}

std::pair<std::string, std::string> basic_pair(const std::string &encoded) {
    const std::string text = base64_decode(encoded).value_or("");
    const auto colon = text.find(':');
    if (colon == std::string::npos)
        return {};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

} // namespace

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return lower(c); });
    return text;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string> recorded_request::header(std::string_view name) const {
    for (const auto &[key, value] : headers)
        if (equal_ignoring_case(key, name))
            return value;
    return std::nullopt;
}

std::size_t recorded_request::header_count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        headers.begin(), headers.end(), [&](const auto &h) { return equal_ignoring_case(h.first, name); }));
}

std::string recorded_request::host() const {
    const std::string value = lower_case(header("host").value_or(""));
    return value.substr(0, value.find(':'));
}

std::string recorded_request::path() const {
    return target.substr(0, target.find('?'));
}

std::string recorded_request::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? "" : target.substr(mark + 1);
}

std::string recorded_request::authorization_scheme() const {
    return authorization(*this).first;
}

std::string recorded_request::presented_token() const {
    const auto [scheme, value] = authorization(*this);
    if (scheme == "bearer")
        return value;
    return scheme == "basic" ? basic_pair(value).second : "";
}

std::string recorded_request::presented_user() const {
    const auto [scheme, value] = authorization(*this);
    return scheme == "basic" ? basic_pair(value).first : "";
}

std::string_view reason_phrase(int status) {
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 202:
        return "Accepted";
    case 203:
        return "Non-Authoritative Information";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 407:
        return "Proxy Authentication Required";
    case 408:
        return "Request Timeout";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Unknown";
    }
}

std::string http_date(std::chrono::sys_seconds when) {
    const std::time_t time = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 40> text{};
    // No locale is set in this program, so the names are English.
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text.data();
}

std::string percent_decode(std::string_view text, bool plus_is_space) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
            hex_value(text[i + 2]) >= 0) {
            plain += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            plain += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return plain;
}

std::string percent_encode(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || std::string_view{"-._~"}.find(c) != std::string_view::npos) {
            encoded += c;
        } else {
            std::array<char, 4> hex{};
            std::snprintf(hex.data(), hex.size(), "%%%02X", static_cast<unsigned>(byte));
            encoded += hex.data();
        }
    }
    return encoded;
}

std::map<std::string, std::string> parse_form(std::string_view body) {
    std::map<std::string, std::string> fields;
    while (!body.empty()) {
        const auto pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(pair.size() + 1, body.size()));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos)
            fields.emplace(percent_decode(pair.substr(0, equals), true),
                           percent_decode(pair.substr(equals + 1), true));
    }
    return fields;
}

} // namespace azure_wi::world
