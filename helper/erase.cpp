#include "helper/credential_session.hpp"
#include "helper/exit_status.hpp"
#include "helper/verbs.hpp"

namespace azure_wi::helper {

int erase(const command_line &line) {
    std::variant<credential_session, int> opened = open_session(line, false);
    if (const int *status = std::get_if<int>(&opened))
        return *status;
    const auto &session = std::get<credential_session>(opened);
    const std::string_view refused =
        session.request.credential.empty() ? session.request.password : session.request.credential;
    if (refused.empty())
        return exit_ok;

    line_trace log(line.verbosity, line.trace_file);
    std::optional<file_store> store = open_store(line, &flock_by_polling, log);
    if (!store)
        return exit_ok;
    system_clock clock;
    single_flight flight(*store, clock, log, make_cache_key(session.with.who), limits_of(session.with),
                         session.with.who.token_file);
    flight.reject(refused);
    return exit_ok;
}

} // namespace azure_wi::helper
