#pragma once

#include "token-cache/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azure_wi {

/// Splits a command into its arguments, without a shell: no variable, glob, pipe or redirection means
/// anything. Blanks, tabs and line breaks separate. 'Single quotes' keep everything; "double quotes" keep
/// everything but a backslash before a double quote or a backslash; elsewhere a backslash keeps the character
/// behind it. Quoted and unquoted parts without a separator between them are one argument, '' is an empty
/// one. Fails with invalid_setting (about: the setting and the fault, never the command) where a quote is not
/// closed, a backslash stands last, a NUL is in it, or there is no program. Pure.
[[nodiscard]] result<std::vector<std::string>> split_command(std::string_view command);

} // namespace azure_wi
