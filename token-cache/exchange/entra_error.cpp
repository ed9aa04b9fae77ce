#include "token-cache/exchange/entra_error.hpp"

#include "token-cache/aadsts.hpp"
#include "token-cache/ascii.hpp"
#include "token-cache/guid.hpp"

#include <cstddef>
#include <string>

namespace azure_wi {
namespace {

constexpr std::size_t max_digits = 9;

/// The number that `digits` are; 0 where they are none or too many.
int number_of(std::string_view digits) {
    if (digits.empty() || digits.size() > max_digits || !std::ranges::all_of(digits, is_digit))
        return 0;
    int number = 0;
    for (const char c : digits)
        number = number * 10 + (c - '0');
    return number;
}

int aadsts_of(const entra_error &said) {
    if (said.codes.kind == json_kind::array && said.codes.element == json_kind::number)
        if (const int number = number_of(said.codes.text.reveal()); number != 0)
            return number;
    return said.description.kind == json_kind::string ? find_aadsts_number(said.description.text.reveal())
                                                      : 0;
}

template <class Predicate>
std::string kept_if(const json_member &member, Predicate is_valid) {
    const bool valid = member.kind == json_kind::string && is_valid(member.text.reveal());
    return valid ? std::string(member.text.reveal()) : std::string();
}

/// RFC 6749 section 4.1.2.1 defines both for the authorization endpoint; Entra gives them here too.
bool is_own_fault(std::string_view error) {
    return error == "temporarily_unavailable" || error == "server_error";
}

} // namespace

int find_aadsts_number(std::string_view text) {
    constexpr std::string_view mark = "AADSTS";
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + 1)) {
        if (at > 0 && is_alnum(text[at - 1]))
            continue;
        std::string_view digits = text.substr(at + mark.size());
        std::size_t size = 0;
        while (size < digits.size() && is_digit(digits[size]))
            ++size;
        if (size < digits.size() && is_alpha(digits[size]))
            continue;
        if (const int number = number_of(digits.substr(0, size)); number != 0)
            return number;
    }
    return 0;
}

bool is_entra_timestamp(std::string_view text) {
    constexpr std::string_view form = "0000-00-00 00:00:00Z";
    return std::ranges::equal(text, form, [](char c, char f) { return f == '0' ? is_digit(c) : c == f; });
}

failure failure_of(const entra_error &said) {
    failure what{.code = errc::refused};
    what.aadsts = aadsts_of(said);
    what.ids.trace = kept_if(said.trace_id, is_guid);
    what.ids.correlation = kept_if(said.correlation_id, is_guid);
    what.ids.timestamp = kept_if(said.timestamp, is_entra_timestamp);
    if (is_transient_aadsts(what.aadsts) || is_own_fault(said.error.text.reveal()))
        what.code = errc::server_fault;
    return what;
}

} // namespace azure_wi
