#include "helper/credential_answer.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace azure_wi::helper {

namespace {

constexpr std::string_view state_prefix = "azure-wi:";

/// Any name without a colon will do for Azure Repos; an empty one becomes "Basic Og==" and a 401.
constexpr std::string_view username = "azure-wi";

constexpr std::array<std::string_view, 4> form_names{"bearer", "bearer-with-state", "basic",
                                                     "basic-for-authtype"};

[[nodiscard]] const std::string_view *our_state(const credential_request &request) {
    const auto found = std::ranges::find_if(
        request.states, [](std::string_view state) { return state.starts_with(state_prefix); });
    return found == request.states.end() ? nullptr : &*found;
}

[[nodiscard]] std::string hex(const record_id &id) {
    std::string text;
    for (const unsigned char byte : id) {
        text += "0123456789abcdef"[byte >> 4U];
        text += "0123456789abcdef"[byte & 0xfU];
    }
    return text;
}

[[nodiscard]] unsigned hex_value(char c) {
    return static_cast<unsigned>(is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10);
}

} // namespace

std::string_view name_of(answer_form form) {
    return form_names[static_cast<std::size_t>(form)];
}

std::optional<answer_form> answer_form_named(std::string_view name) {
    const auto found = std::ranges::find(form_names, name);
    if (found == form_names.end())
        return std::nullopt;
    return static_cast<answer_form>(found - form_names.begin());
}

std::optional<answer_form> choose_form(const credential_request &request, auth_mode auth) {
    // The token was refused: Basic heals inside this command, while a second `continue` makes git loop on
    // POST.
    if (our_state(request) != nullptr)
        return answer_form::basic;
    // git 2.46 to 2.53 asks again, without our state, after a 401 on a POST over http.postBuffer, where it
    // leaves the Bearer header out (fixed in 2.54). The token is good; only Basic reaches the server.
    if (equal_ignoring_case(request.authtype, "bearer"))
        return answer_form::basic;
    if (!request.offers_authtype)
        return auth == auth_mode::bearer ? std::nullopt : std::optional(answer_form::basic);
    if (auth == auth_mode::basic)
        return answer_form::basic_for_authtype;
    return request.offers_state ? answer_form::bearer_with_state : answer_form::bearer;
}

std::optional<record_id> refused_record(const credential_request &request) {
    const std::string_view *state = our_state(request);
    record_id id{};
    if (state == nullptr || state->size() != state_prefix.size() + 2 * id.size())
        return std::nullopt;
    const std::string_view digits = state->substr(state_prefix.size());
    if (!std::ranges::all_of(digits, is_hex))
        return std::nullopt;
    for (std::size_t i = 0; i < id.size(); ++i)
        id[i] = static_cast<unsigned char>(hex_value(digits[2 * i]) << 4U | hex_value(digits[2 * i + 1]));
    return id;
}

secret render_answer(answer_form form, const access_token &token) {
    const bool bearer = form == answer_form::bearer || form == answer_form::bearer_with_state;
    secret answer;
    // Capabilities come first, or git leaves them out of the later store and erase.
    if (form != answer_form::basic)
        answer.append("capability[]=authtype\n");
    if (form == answer_form::bearer_with_state)
        answer.append("capability[]=state\n");
    if (bearer) {
        answer.append("authtype=Bearer\ncredential=");
    } else {
        answer.append("username=");
        answer.append(username);
        answer.append("\npassword=");
    }
    answer.append(token.value.reveal());
    answer.append("\n");
    if (form != answer_form::basic)
        answer.append("ephemeral=1\n");
    if (token.life_known)
        answer.append("password_expiry_utc=" + std::to_string(token.expiry) + "\n");
    if (form == answer_form::bearer_with_state)
        answer.append("continue=1\nstate[]=" + std::string(state_prefix) + hex(token.id) + "\n");
    return answer;
}

} // namespace azure_wi::helper
