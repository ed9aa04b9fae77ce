// git-credential-azure-wi--online: the part that talks to the authority. Run by the face, never by a person.

#include "helper/credential_session.hpp"
#include "helper/exit_status.hpp"
#include "helper/first_acts.hpp"
#include "token-cache/assertion/assertion_command.hpp"
#include "token-cache/assertion/assertion_file.hpp"
#include "token-cache/exchange/exchanger.hpp"
#include "token-cache/network/curl_transport.hpp"
#include "token-cache/token_cache.hpp"

#include <optional>

namespace azure_wi::helper {

namespace {

[[nodiscard]] std::unique_ptr<assertion_source> source_of(const identity &who, clock &time, trace &log) {
    if (!who.token_command.empty())
        return std::make_unique<assertion_command>(who.token_command, time, log);
    return std::make_unique<assertion_file>(who.token_file, time, log);
}

/// The exchange whose turn the face has found, with the lock that it holds.
[[nodiscard]] int exchange(const command_line &line) {
    lead turn{.lock = file_lock::adopt(line.lock_fd)};
    line_trace log(line.verbosity, line.trace_file);
    const result<settings> with = read_settings(line.settings);
    if (!with)
        return end_without_credential(line, explain(with.error(), nullptr));

    system_clock clock;
    silent_trace quiet; // the face has told already which cache directory it is
    std::optional<file_store> store = open_store(line, &flock_by_polling, quiet);
    const std::unique_ptr<assertion_source> source = source_of(with->who, clock, log);
    curl_transport transport(with->trust, with->proxy, clock, log);
    exchanger exchange(with->who, *source, transport, clock, log);
    token_cache cache(with->who, limits_of(*with), store ? &*store : nullptr, exchange, clock, log);

    const result<access_token> token = cache.renew(std::move(turn));
    if (!token)
        return end_without_credential(line, explain(token.error(), &with->who));
    return write_answer(render_answer(line.form, *token).reveal()) ? exit_ok : exit_failure;
}

[[nodiscard]] int run(int argc, char **argv) {
    first_acts();
    const command_line line = read_command_line(argc, argv);
    if (line.error.empty() && line.verb == "exchange") {
        try {
            return exchange(line);
        } catch (...) {
            // For a host of ours, so git must not go on to a prompt.
            write_out_of_memory();
            return line.failing == on_failure::quit && write_answer("quit=1\n") ? exit_ok : exit_failure;
        }
    }
    write_line("this part is run by git-credential-azure-wi; see git credential-azure-wi help");
    return exit_usage;
}

} // namespace

} // namespace azure_wi::helper

int main(int argc, char **argv) {
    try {
        return azure_wi::helper::run(argc, argv);
    } catch (...) {
        azure_wi::helper::write_out_of_memory();
        return azure_wi::helper::exit_failure;
    }
}
