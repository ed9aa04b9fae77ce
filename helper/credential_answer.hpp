#pragma once

#include "helper/credential_request.hpp"
#include "token-cache/settings/settings.hpp"
#include "token-cache/token.hpp"

#include <optional>
#include <string_view>

namespace azure_wi::helper {

/// The forms that an answer to git's `get` takes (gitcredentials(7), git-credential(1) of git 2.46 and
/// later).
enum class answer_form {
    bearer,             ///< authtype and credential
    bearer_with_state,  ///< and a second round inside the command, should the server refuse the token
    basic,              ///< user name and password
    basic_for_authtype, ///< the same for a git that speaks authtype: kept from git credential-cache by
                        ///< `ephemeral`
};

/// The form's name on the command line between the two executables.
[[nodiscard]] std::string_view name_of(answer_form form);
[[nodiscard]] std::optional<answer_form> answer_form_named(std::string_view name);

/// The form that this request takes. Decided per request and never by git's version: plain
/// `git credential fill`, and a first 401 that arrives on a POST, do not offer what the same git offers
/// elsewhere. Nothing where `auth` demands Bearer and the request does not offer it.
[[nodiscard]] std::optional<answer_form> choose_form(const credential_request &request, auth_mode auth);

/// The id of the record whose token the server refused, where the request brings back a state of ours.
[[nodiscard]] std::optional<record_id> refused_record(const credential_request &request);

/// The answer's bytes, whole.
[[nodiscard]] secret render_answer(answer_form form, const access_token &token);

} // namespace azure_wi::helper
