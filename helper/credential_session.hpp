#pragma once

#include "helper/command_line.hpp"
#include "helper/credential_request.hpp"
#include "helper/output.hpp"
#include "token-cache/settings/settings.hpp"
#include "token-cache/single_flight.hpp"
#include "token-cache/store/file_store.hpp"

#include <optional>
#include <variant>

namespace azure_wi::helper {

/// What `get` and `erase` have in common: a request about a remote of ours, and the settings that it meets.
struct credential_session {
    secret input; ///< what the request's views point into
    credential_request request;
    settings with;
};

/// Reads the request and the settings. A number is the exit status where the matter ends there: a request
/// that is none, a remote that is not ours, no identity here, a setting that is wrong. What a person should
/// know has been written by then; `speak` false keeps everything but a faulty request silent.
[[nodiscard]] std::variant<credential_session, int> open_session(const command_line &line, bool speak);

/// The end of a `get` for a host of ours that brings no credential: the two lines, and what git is to do.
[[nodiscard]] int end_without_credential(const command_line &line, const explanation &why);

/// The cache, or nothing where there is none.
[[nodiscard]] std::optional<file_store> open_store(const command_line &line, flock_wait wait, trace &log);

[[nodiscard]] flight_limits limits_of(const settings &with);

} // namespace azure_wi::helper
