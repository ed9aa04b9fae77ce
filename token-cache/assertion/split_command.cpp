#include "token-cache/assertion/split_command.hpp"

#include "token-cache/settings/setting_names.hpp"

#include <utility>

namespace azure_wi {
namespace {

constexpr bool is_separator(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

failure fault(const char *what) {
    return {.code = errc::invalid_setting, .about = display_name(setting::token_command) + ": " + what};
}

} // namespace

result<std::vector<std::string>> split_command(std::string_view command) {
    if (command.find('\0') != command.npos)
        return fault("a NUL byte stands in it");

    std::vector<std::string> arguments;
    std::string argument;
    bool in_argument = false;
    char quote = 0;
    for (std::size_t i = 0; i < command.size(); ++i) {
        const char c = command[i];
        const bool last = i + 1 == command.size();
        if (quote == '\'') {
            if (c == quote)
                quote = 0;
            else
                argument += c;
        } else if (quote == '"') {
            if (c == quote)
                quote = 0;
            else if (c == '\\' && !last && (command[i + 1] == '"' || command[i + 1] == '\\'))
                argument += command[++i];
            else
                argument += c;
        } else if (is_separator(c)) {
            if (std::exchange(in_argument, false))
                arguments.push_back(std::exchange(argument, {}));
        } else {
            in_argument = true;
            if (c == '\'' || c == '"')
                quote = c;
            else if (c != '\\')
                argument += c;
            else if (last)
                return fault("a backslash stands last");
            else
                argument += command[++i];
        }
    }
    if (quote != 0)
        return fault("a quote is not closed");
    if (in_argument)
        arguments.push_back(std::move(argument));
    if (arguments.empty() || arguments.front().empty())
        return fault("it names no program");
    return arguments;
}

} // namespace azure_wi
