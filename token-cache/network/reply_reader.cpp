#include "token-cache/network/reply_reader.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <new>
#include <string>

namespace azure_wi {
namespace {

/// RFC 9110 section 5.6.2.
bool is_token_char(char c) {
    return is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string_view trimmed(std::string_view value) {
    constexpr std::string_view blank = " \t";
    const std::size_t first = std::min(value.find_first_not_of(blank), value.size());
    value.remove_prefix(first);
    return value.substr(0, value.find_last_not_of(blank) + 1);
}

std::optional<std::uint64_t> read_length(std::string_view text) {
    std::uint64_t length = 0;
    if (text.empty() || !std::ranges::all_of(text, is_digit))
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error != std::errc{})
        return std::nullopt;
    return length;
}

} // namespace

bool reply_reader::fail(std::string_view reason) {
    if (fault_.empty())
        fault_ = reason;
    return false;
}

bool reply_reader::take_header_line(std::string_view line) noexcept {
    try {
        return !broken() && take_line(line);
    } catch (const std::bad_alloc &) {
        return fail("no memory for it");
    }
}

bool reply_reader::take_body(std::string_view bytes) noexcept {
    try {
        return !broken() && take_bytes(bytes);
    } catch (const std::bad_alloc &) {
        return fail("no memory for it");
    }
}

bool reply_reader::take_line(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > header_limit)
        return fail("more than 16 KiB of headers");
    if (!line.ends_with("\r\n"))
        return fail("a header line does not end with CR LF");
    line.remove_suffix(2);
    if (std::ranges::any_of(line, [](char c) { return is_control(c) && c != '\t'; }))
        return fail("a control byte in the headers");

    if (line.starts_with("HTTP/"))
        return take_status_line(line);
    if (line.empty())
        return in_interim_ || check_framing();
    const std::size_t colon = line.find(':');
    // A blank before the colon, or at the start of the line (obsolete folding), is no token character.
    if (colon == 0 || colon == std::string_view::npos ||
        !std::ranges::all_of(line.substr(0, colon), is_token_char))
        return fail("a malformed header line");
    return in_interim_ || take_field(line.substr(0, colon), trimmed(line.substr(colon + 1)));
}

bool reply_reader::take_status_line(std::string_view line) {
    // "HTTP/1.1 200 OK"; the reason can be missing, and so can its blank.
    const bool known = line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 ");
    const std::string_view code = line.substr(std::min<std::size_t>(9, line.size()), 3);
    if (!known || code.size() != 3 || !std::ranges::all_of(code, is_digit) || code[0] < '1' ||
        code[0] > '5' || (line.size() > 12 && line[12] != ' '))
        return fail("a malformed status line");
    if (has_status())
        return fail("two responses");

    int status = 0;
    std::from_chars(code.data(), code.data() + 3, status);
    in_interim_ = status < 200;
    if (!in_interim_) {
        reply_.status = status;
        return true;
    }
    if (status == 101)
        return fail("a change of protocol that nobody asked for");
    return ++interim_ <= interim_limit || fail("too many interim responses");
}

bool reply_reader::take_field(std::string_view name, std::string_view value) {
    struct field {
        std::string_view name;
        std::string http_reply::*member;
    };
    // Twice is an error for all of them: which of two values counts is what intermediaries disagree about.
    static constexpr std::array fields{
        field{"content-type", &http_reply::content_type},
        field{"content-encoding", &http_reply::content_encoding},
        field{"transfer-encoding", &http_reply::transfer_encoding},
        field{"retry-after", &http_reply::retry_after},
        field{"date", &http_reply::date},
    };
    for (const field &known : fields) {
        if (!equal_ignoring_case(name, known.name))
            continue;
        std::string &member = reply_.*known.member;
        if (!member.empty())
            return fail("a header line that must be single came twice");
        member = value;
        return true;
    }
    if (!equal_ignoring_case(name, "content-length"))
        return true;
    if (content_length_)
        return fail("two Content-Length lines");
    content_length_ = read_length(value);
    if (!content_length_)
        return fail("a malformed Content-Length");
    return *content_length_ <= body_limit || fail("a body of more than 256 KiB");
}

bool reply_reader::check_framing() {
    if (reply_.transfer_encoding.empty())
        return true;
    if (content_length_)
        return fail("both Content-Length and Transfer-Encoding");
    if (!equal_ignoring_case(reply_.transfer_encoding, "chunked"))
        return fail("an unsupported transfer coding");
    chunks_.emplace(body_limit, header_limit);
    return true;
}

bool reply_reader::take_bytes(std::string_view bytes) {
    if (chunks_) {
        switch (chunks_->take(bytes, reply_.body)) {
        case chunked_body::state::malformed:
            return fail("malformed chunks");
        case chunked_body::state::too_large:
            return fail("a body or a chunk header that is too large");
        default:
            return true;
        }
    }
    if (content_length_) // what follows the announced body belongs to nobody
        bytes = bytes.substr(0, static_cast<std::size_t>(*content_length_) - reply_.body.size());
    if (bytes.size() > body_limit - reply_.body.size())
        return fail("a body of more than 256 KiB");
    reply_.body.append(bytes);
    return true;
}

bool reply_reader::ends_with_connection() const {
    return has_status() && !bodiless() && !content_length_ && !chunks_;
}

bool reply_reader::whole() const {
    if (!has_status())
        return false;
    if (bodiless())
        return true;
    if (chunks_)
        return chunks_->done();
    return !content_length_ || reply_.body.size() == *content_length_;
}

} // namespace azure_wi
