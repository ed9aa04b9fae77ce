#include "helper/credential_request.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>
#include <array>

namespace azure_wi::helper {

namespace {

/// The attributes that git sends at most once.
constexpr std::array<std::string_view, 12> single_valued{"protocol",
                                                         "host",
                                                         "path",
                                                         "username",
                                                         "password",
                                                         "authtype",
                                                         "credential",
                                                         "ephemeral",
                                                         "continue",
                                                         "password_expiry_utc",
                                                         "oauth_refresh_token",
                                                         "quit"};

/// Those whose value names a place or a person and cannot hold a control byte.
constexpr std::array<std::string_view, 4> plain_text{"protocol", "host", "username", "path"};

class request_builder {
public:
    [[nodiscard]] const request_fault *take(std::string_view line) {
        const std::size_t equals = line.find('=');
        if (line.size() >= max_line_size)
            return fail(request_fault::line_too_long);
        if (equals == std::string_view::npos)
            return fail(request_fault::no_equals_sign);
        if (equals == 0)
            return fail(request_fault::empty_key);
        return take(line.substr(0, equals), line.substr(equals + 1));
    }

    [[nodiscard]] std::variant<credential_request, request_fault> finish() {
        if (!seen("protocol") || !seen("host"))
            return request_fault::incomplete_request;
        return std::move(request_);
    }

private:
    const request_fault *take(std::string_view key, std::string_view value) {
        if (key == "url")
            return fail(request_fault::url_attribute);
        if (const auto *known = std::ranges::find(single_valued, key); known != single_valued.end()) {
            bool &before = seen_[static_cast<std::size_t>(known - single_valued.begin())];
            if (before)
                return fail(request_fault::duplicate_key);
            before = true;
        }
        if (std::ranges::find(plain_text, key) != plain_text.end() && std::ranges::any_of(value, is_control))
            return fail(request_fault::forbidden_byte);
        keep(key, value);
        return nullptr;
    }

    void keep(std::string_view key, std::string_view value) {
        if (key == "protocol")
            request_.protocol = value;
        else if (key == "host")
            request_.host = value;
        else if (key == "path")
            request_.path = value;
        else if (key == "password")
            request_.password = value;
        else if (key == "credential")
            request_.credential = value;
        else if (key == "authtype")
            request_.authtype = value;
        else if (key == "state[]")
            keep_state(value);
        else if (key == "capability[]")
            keep_capability(value);
    }

    // An empty value of a multi-valued attribute clears what came before.
    void keep_state(std::string_view value) {
        if (value.empty())
            request_.states.clear();
        else
            request_.states.push_back(value);
    }

    void keep_capability(std::string_view value) {
        request_.offers_authtype = !value.empty() && (request_.offers_authtype || value == "authtype");
        request_.offers_state = !value.empty() && (request_.offers_state || value == "state");
    }

    [[nodiscard]] bool seen(std::string_view key) const {
        return seen_[static_cast<std::size_t>(std::ranges::find(single_valued, key) - single_valued.begin())];
    }

    const request_fault *fail(request_fault fault) {
        fault_ = fault;
        return &fault_;
    }

    credential_request request_;
    std::array<bool, single_valued.size()> seen_{};
    request_fault fault_{};
};

} // namespace

std::variant<credential_request, request_fault> read_request(std::string_view bytes) {
    if (bytes.size() > max_request_size)
        return request_fault::too_large;
    if (bytes.find_first_of(std::string_view("\0\r", 2)) != std::string_view::npos)
        return request_fault::forbidden_byte;

    request_builder builder;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        if (end == 0)
            break;
        if (end == std::string_view::npos)
            return bytes.size() >= max_line_size ? request_fault::line_too_long
                                                 : request_fault::unterminated_line;
        if (const request_fault *fault = builder.take(bytes.substr(0, end)))
            return *fault;
        bytes.remove_prefix(end + 1);
    }
    return builder.finish();
}

std::string_view describe(request_fault fault) {
    switch (fault) {
    case request_fault::too_large:
        return "the request on stdin has more than 1 MiB";
    case request_fault::line_too_long:
        return "the request on stdin has a line of more than 65535 bytes";
    case request_fault::too_slow:
        return "the request on stdin did not end within 10 s";
    case request_fault::unreadable:
        return "stdin cannot be read";
    case request_fault::forbidden_byte:
        return "the request on stdin has a NUL, a carriage return, or a control byte in a name";
    case request_fault::no_equals_sign:
        return "the request on stdin has a line without '='";
    case request_fault::empty_key:
        return "the request on stdin has a line without a key";
    case request_fault::duplicate_key:
        return "the request on stdin has an attribute twice that git sends once";
    case request_fault::url_attribute:
        return "the request on stdin has a url attribute, which git never sends to a helper";
    case request_fault::unterminated_line:
        return "the request on stdin ends within a line";
    case request_fault::incomplete_request:
        return "the request on stdin names no protocol or no host";
    }
    return "the request on stdin cannot be read";
}

} // namespace azure_wi::helper
