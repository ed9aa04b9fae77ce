#include "helper/alarm_wait.hpp"
#include "helper/credential_session.hpp"
#include "helper/exit_status.hpp"
#include "helper/hand_over.hpp"
#include "helper/verbs.hpp"

namespace azure_wi::helper {

namespace {

[[nodiscard]] explanation remembered(const refusal &refused, std::int64_t now) {
    explanation why = refused.text;
    why.error += " (remembered from " + std::to_string(now - refused.refused_at) + " s ago)";
    return why;
}

/// --online makes the exchange, writes the record and answers git itself, for this process is gone then.
[[nodiscard]] int exchange(const command_line &line, answer_form form, lead turn) {
    std::vector<std::string> words{"exchange", "--form=" + std::string(name_of(form))};
    if (turn.lock)
        words.push_back("--lock-fd=" + std::to_string(turn.lock->hand_over()));
    hand_over(line.options, words);
    return end_without_credential(line, explain({.code = errc::online_part_missing}, nullptr));
}

[[nodiscard]] int answer(answer_form form, const access_token &token) {
    return write_answer(render_answer(form, token).reveal()) ? exit_ok : exit_failure;
}

} // namespace

int get(const command_line &line) {
    std::variant<credential_session, int> opened = open_session(line, true);
    if (const int *status = std::get_if<int>(&opened))
        return *status;
    const auto &session = std::get<credential_session>(opened);
    line_trace log(line.verbosity, line.trace_file);

    const std::optional<answer_form> form = choose_form(session.request, session.with.auth);
    if (!form)
        return end_without_credential(line, explain({.code = errc::bearer_not_offered}, nullptr));

    std::optional<file_store> store = open_store(line, &flock_by_alarm, log);
    if (!store)
        return exchange(line, *form, {});
    system_clock clock;
    single_flight flight(*store, clock, log, make_cache_key(session.with.who), limits_of(session.with),
                         session.with.who.token_file);
    turn ours = flight.begin(refused_record(session.request));
    if (const auto *token = std::get_if<access_token>(&ours)) {
        if (log.wants(1))
            log.note(1, "answered from the cache as " + std::string(name_of(*form)) + ", valid for " +
                            std::to_string(token->expiry - clock.wall_seconds()) + " s");
        return answer(*form, *token);
    }
    if (const auto *refused = std::get_if<refusal>(&ours))
        return end_without_credential(line, remembered(*refused, clock.wall_seconds()));
    return exchange(line, *form, std::move(std::get<lead>(ours)));
}

} // namespace azure_wi::helper
