#include "token-cache/settings/setting_names.hpp"

namespace azure_wi {

std::string display_name(setting which) {
    const setting_name &name = setting_names[static_cast<std::size_t>(which)];
    if (name.option.empty())
        return std::string(name.variable);
    std::string text = "--";
    text += name.option;
    if (!name.variable.empty()) {
        text += " (";
        text += name.variable;
        text += ')';
    }
    return text;
}

} // namespace azure_wi
