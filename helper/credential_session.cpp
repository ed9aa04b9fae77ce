#include "helper/credential_session.hpp"

#include "helper/exit_status.hpp"
#include "helper/request_reader.hpp"
#include "token-cache/settings/remote.hpp"

#include <cstdlib>

namespace azure_wi::helper {

namespace {

/// Inside Kubernetes a helper without an identity is most often a forgotten label.
void hint_at_missing_identity() {
    const char *kubernetes =
        std::getenv("KUBERNETES_SERVICE_HOST"); // NOLINT(concurrency-mt-unsafe): single thread
    if (kubernetes != nullptr && *kubernetes != '\0')
        write_line("hint: no workload identity in this pod; is the label azure.workload.identity/use: "
                   "\"true\" on the pod?");
}

[[nodiscard]] int end_with_faulty_list(const command_line &line, const credential_request &request,
                                       const failure &why) {
    // The list cannot say that this host is ours; only Azure Repos itself is known to be.
    if (is_azure_repos(request.protocol, request.host))
        return end_without_credential(line, explain(why, nullptr));
    write_explanation(explain(why, nullptr));
    return exit_failure;
}

} // namespace

std::variant<credential_session, int> open_session(const command_line &line, bool speak) {
    std::variant<secret, request_fault> input = read_stdin();
    if (const auto *fault = std::get_if<request_fault>(&input)) {
        write_line(describe(*fault));
        return exit_failure;
    }
    credential_session session{.input = std::move(std::get<secret>(input)), .request = {}, .with = {}};
    std::variant<credential_request, request_fault> request = read_request(session.input.reveal());
    if (const auto *fault = std::get_if<request_fault>(&request)) {
        write_line(describe(*fault));
        return exit_failure;
    }
    session.request = std::move(std::get<credential_request>(request));

    const result<remote_rules> rules = remote_rules::read(line.settings);
    if (!rules)
        return speak ? end_with_faulty_list(line, session.request, rules.error()) : exit_ok;
    if (!rules->covers_host(session.request.protocol, session.request.host))
        return exit_ok;
    switch (rules->covers_organisation(session.request.host, session.request.path)) {
    case remote_rules::organisation::covered:
        break;
    case remote_rules::organisation::unknown:
        if (speak)
            write_line("hint: --org needs to know the organisation: git config --global "
                       "credential.https://dev.azure.com.useHttpPath true");
        return exit_ok;
    case remote_rules::organisation::not_covered:
        return exit_ok;
    }
    if (!has_token_source(line.settings)) {
        if (speak)
            hint_at_missing_identity();
        return exit_ok;
    }
    result<settings> with = read_settings(line.settings);
    if (!with)
        return speak ? end_without_credential(line, explain(with.error(), nullptr)) : exit_ok;
    session.with = std::move(*with);
    return session;
}

int end_without_credential(const command_line &line, const explanation &why) {
    write_explanation(why);
    if (line.failing == on_failure::next)
        return exit_failure;
    // Status 0, for a program like gitoxide drops the answer of a helper that fails, and prompts.
    return write_answer("quit=1\n") ? exit_ok : exit_failure;
}

std::optional<file_store> open_store(const command_line &line, flock_wait wait, trace &log) {
    cache_directory directory = open_cache_directory(cache_places_of(line.settings), log);
    if (!directory.fd)
        return std::nullopt;
    return file_store(std::move(directory), wait);
}

flight_limits limits_of(const settings &with) {
    return {.min_validity = with.min_validity, .timeout = with.timeout};
}

} // namespace azure_wi::helper
