#pragma once

#include "token-cache/secret.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace azure_wi {

enum class json_kind { absent, null, boolean, number, string, object, array };

/// One member of a JSON object, as far as we look at it.
struct json_member {
    json_kind kind = json_kind::absent;

    /// A string's decoded bytes, or a number as it is spelled (so that none overflows or is rounded). Of an
    /// array: its first element's, where that is a string or a number.
    secret text;

    /// An array's first element; else `absent`.
    json_kind element = json_kind::absent;
};

enum class json_outcome {
    complete,
    incomplete, ///< the text ends before the object does; empty text too
    malformed,  ///< no JSON, no object, too deep, too many members, or a member that we look for twice
};

struct json_members {
    json_outcome outcome = json_outcome::malformed;
    std::vector<json_member> values; ///< in the order of the names; meaningful only where complete
};

/// Reads the members `names` of the JSON object `text` (RFC 8259, strict: no comments, no byte order mark,
/// UTF-8 only), at most 32 levels deep and with at most 256 members in all. Other members are checked and
/// skipped. A document object model would keep secrets in memory that nobody wipes, and would hide
/// duplicates, which two readers can understand differently. Pure; `text` is not referred to afterwards.
[[nodiscard]] json_members read_json_members(std::string_view text, std::span<const std::string_view> names);

} // namespace azure_wi
