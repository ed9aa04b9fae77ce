#include "token-cache/assertion/assertion.hpp"

#include "token-cache/assertion/base64url.hpp"
#include "token-cache/exchange/json_members.hpp"
#include "token-cache/printable.hpp"
#include "token-cache/utc_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace azure_wi {
namespace {

constexpr std::size_t max_claim_bytes = 256;

void trim_line_end(secret &bytes) {
    const std::string_view text = bytes.reveal();
    if (text.ends_with('\n'))
        bytes.truncate(text.size() - (text.ends_with("\r\n") ? 2 : 1));
}

/// The members `names` of one part of the token; nothing where it is no JSON object.
template <std::size_t Count>
std::optional<json_members> read_part(std::string_view part,
                                      const std::array<std::string_view, Count> &names) {
    const auto decoded = decode_base64url(part);
    if (!decoded)
        return std::nullopt;
    json_members members = read_json_members(decoded->reveal(), names);
    if (members.outcome != json_outcome::complete)
        return std::nullopt;
    return members;
}

std::string claim(const json_member &member) {
    const bool text = member.kind == json_kind::string ||
                      (member.kind == json_kind::array && member.element == json_kind::string);
    return text ? printable(member.text.reveal(), max_claim_bytes) : std::string();
}

/// RFC 7519 section 2, NumericDate: a JSON number, fractions allowed. Nothing where it is none: `exp` is a
/// hint.
std::optional<std::int64_t> numeric_date(const json_member &member) {
    if (member.kind != json_kind::number)
        return std::nullopt;
    const std::string_view text = member.text.reveal();
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    constexpr double beyond_every_date = 1e15;
    return static_cast<std::int64_t>(std::clamp(seconds, -beyond_every_date, beyond_every_date));
}

std::optional<assertion_claims> read_claims(std::string_view jwt) {
    const auto first_dot = jwt.find('.');
    const auto second_dot = first_dot == jwt.npos ? jwt.npos : jwt.find('.', first_dot + 1);
    if (second_dot == jwt.npos)
        return std::nullopt;
    const auto header = jwt.substr(0, first_dot);
    const auto payload = jwt.substr(first_dot + 1, second_dot - first_dot - 1);
    const auto signature = jwt.substr(second_dot + 1);
    // Dots are not of the alphabet, so a fourth part is refused here too.
    if (signature.empty() || !decode_base64url(signature))
        return std::nullopt;

    static constexpr std::array<std::string_view, 1> header_names{"alg"};
    const auto header_members = read_part(header, header_names);
    if (!header_members || header_members->values[0].kind != json_kind::string)
        return std::nullopt;

    static constexpr std::array<std::string_view, 4> claim_names{"iss", "sub", "aud", "exp"};
    const auto claims = read_part(payload, claim_names);
    if (!claims)
        return std::nullopt;
    const auto &values = claims->values;
    return assertion_claims{claim(values[0]), claim(values[1]), claim(values[2]), numeric_date(values[3])};
}

} // namespace

result<assertion> read_assertion(secret bytes, std::int64_t wall_seconds) {
    trim_line_end(bytes);
    if (bytes.empty())
        return failure{.code = errc::assertion_empty};
    if (bytes.size() > max_assertion_bytes)
        return failure{.code = errc::assertion_too_large};
    auto claims = read_claims(bytes.reveal());
    if (!claims)
        return failure{.code = errc::assertion_malformed};
    if (claims->expiry && *claims->expiry <= wall_seconds)
        return failure{
            .code = errc::assertion_expired, .about = utc_text(*claims->expiry), .claims = *claims};
    return assertion{std::move(bytes), *std::move(claims)};
}

} // namespace azure_wi
