#pragma once

#include "token-cache/failure.hpp"
#include "token-cache/settings/identity.hpp"

#include <string>

namespace azure_wi {

/// A failure in words: one line that names the cause, one that says what to do. Lower case, no final
/// period, no line break, no control byte, no secret, no server text; each at most 2 KiB.
struct explanation {
    std::string error;
    std::string hint; ///< without the word "hint"; can be empty; ends with the ids that support asks for
};

/// `who` may be null where the settings could not be read.
[[nodiscard]] explanation explain(const failure &what, const identity *who);

} // namespace azure_wi
