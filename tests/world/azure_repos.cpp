#include "tests/world/azure_repos.hpp"

#include "tests/world/azure_repos_service.hpp"
#include "tests/world/guid.hpp"

#include <mutex>

namespace azure_wi::world {
struct azure_repos_stand_in::state {
    token_ledger &ledger;
    const world_clock &clock;
    lfs_store lfs;
    mutable std::mutex mutex; // guards what follows
    azure_repos_settings settings;
    std::uint64_t challenges = 0;
    std::uint64_t served = 0;
    std::map<std::string, std::uint64_t> served_with;

    state(std::filesystem::path root, token_ledger &the_ledger, const world_clock &the_clock)
        : ledger{the_ledger}, clock{the_clock} {
        settings.root = std::move(root);
    }

    azure_repos_settings copy() const {
        const std::lock_guard lock{mutex};
        return settings;
    }

    void change(auto how) {
        const std::lock_guard lock{mutex};
        how(settings);
    }
};

azure_repos_stand_in::azure_repos_stand_in(std::filesystem::path root, token_ledger &ledger,
                                           const world_clock &clock)
    : state_{std::make_unique<state>(std::move(root), ledger, clock)} {}
azure_repos_stand_in::~azure_repos_stand_in() = default;

void azure_repos_stand_in::add_organisation(const std::string &org, const std::string &tenant) {
    state_->change(
        [&](auto &settings) { settings.organisations[lower_case(org)].tenant = lower_case(tenant); });
}

void azure_repos_stand_in::add_member(const std::string &org, const std::string &client_id, permission what) {
    state_->change([&](auto &settings) {
        settings.organisations.at(lower_case(org)).members[lower_case(client_id)] = what;
    });
}

void azure_repos_stand_in::remove_member(const std::string &org, const std::string &client_id) {
    state_->change([&](auto &settings) {
        settings.organisations.at(lower_case(org)).members.erase(lower_case(client_id));
    });
}

std::filesystem::path azure_repos_stand_in::create_repository(const std::string &org,
                                                              const std::string &project,
                                                              const std::string &repo,
                                                              const repository_contents &contents) {
    const auto settings = state_->copy();
    const auto where = repository_directory(settings.root, lower_case(org), project, repo);
    make_bare_repository(where, contents, settings.git_command);
    return where;
}

void azure_repos_stand_in::revoke(const std::string &token) {
    state_->ledger.revoke(token);
}
void azure_repos_stand_in::revoke_all() {
    state_->ledger.revoke_all();
}

void azure_repos_stand_in::refuse_with(refusal how) {
    state_->change([&](auto &settings) { settings.manner = how; });
}

void azure_repos_stand_in::set_sign_in_page(const std::string &url) {
    state_->change([&](auto &settings) { settings.sign_in_page = url; });
}

void azure_repos_stand_in::set_chunked_answers(bool yes) {
    state_->change([&](auto &settings) { settings.chunked = yes; });
}

void azure_repos_stand_in::set_git_command(std::vector<std::string> command) {
    state_->change([&](auto &settings) { settings.git_command = std::move(command); });
}

void azure_repos_stand_in::set_lfs_actions(const std::string &base_url) {
    state_->change([&](auto &settings) { settings.lfs_base = base_url; });
}

lfs_store &azure_repos_stand_in::lfs() {
    return state_->lfs;
}

std::uint64_t azure_repos_stand_in::challenges() const {
    const std::lock_guard lock{state_->mutex};
    return state_->challenges;
}

std::uint64_t azure_repos_stand_in::served() const {
    const std::lock_guard lock{state_->mutex};
    return state_->served;
}

std::uint64_t azure_repos_stand_in::served_with(const std::string &scheme) const {
    const std::lock_guard lock{state_->mutex};
    const auto found = state_->served_with.find(scheme);
    return found == state_->served_with.end() ? 0 : found->second;
}

http_answer azure_repos_stand_in::respond(const recorded_request &request) {
    azure_repos_service service{state_->copy(), state_->ledger, state_->lfs, state_->clock.now()};
    auto [answer, challenged] = service.answer(request);
    answer.headers.emplace_back("ActivityId", random_guid());
    answer.headers.emplace_back("X-VSS-E2EID", random_guid());
    const std::lock_guard lock{state_->mutex};
    state_->challenges += challenged ? 1U : 0U;
    if (answer.status == 200) {
        ++state_->served;
        ++state_->served_with[request.authorization_scheme()];
    }
    return answer;
}

http_answer azure_repos_stand_in::respond_with_error(int code, const recorded_request &) {
    const auto settings = state_->copy();
    const auto org = settings.organisations.begin();
    auto answer =
        team_foundation_error(code, org != settings.organisations.end() ? org->second : organisation{});
    answer.headers.emplace_back("ActivityId", random_guid());
    return answer;
}

} // namespace azure_wi::world
