#pragma once

#include "token-cache/secret.hpp"

#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

namespace azure_wi::helper {

/// A request as git writes it to a helper (git-credential(1), "INPUT/OUTPUT FORMAT"). The views point into
/// the bytes it was read from, which hold secrets in `store` and `erase` and outlive this.
struct credential_request {
    std::string_view protocol;
    std::string_view host;
    std::string_view path;
    std::string_view password;
    std::string_view credential;
    std::string_view authtype;
    std::vector<std::string_view> states;
    bool offers_authtype = false; ///< capability[]=authtype
    bool offers_state = false;    ///< capability[]=state
};

/// Why bytes are not a request. Nothing of them is ever repeated in a message.
enum class request_fault {
    too_large,          ///< more than max_request_size
    line_too_long,      ///< more than max_line_size
    too_slow,           ///< not ended when the deadline passed
    unreadable,         ///< stdin gave an error
    forbidden_byte,     ///< NUL or CR anywhere; a control byte in protocol, host, user name or path
    no_equals_sign,     ///< a line that is no attribute
    empty_key,          ///<
    duplicate_key,      ///< a single-valued attribute twice: an injected line (CVE-2020-5260)
    url_attribute,      ///< `url=` is for git credential itself, never for helpers
    unterminated_line,  ///< the end of the host's name could be missing
    incomplete_request, ///< no protocol or no host: never a wildcard (CVE-2020-11008)
};

/// One line without our prefix.
[[nodiscard]] std::string_view describe(request_fault fault);

inline constexpr std::size_t max_request_size = 1024 * 1024;
inline constexpr std::size_t max_line_size = 65535; ///< with its newline, as git documents

/// Reads the first block of `bytes`, which end by a blank line or with the input. Pure. A NUL or CR behind
/// the blank line counts too: it came in the same breath.
[[nodiscard]] std::variant<credential_request, request_fault> read_request(std::string_view bytes);

} // namespace azure_wi::helper
