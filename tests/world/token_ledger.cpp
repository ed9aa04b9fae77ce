#include "tests/world/token_ledger.hpp"

namespace azure_wi::world {

void token_ledger::enter(const std::string &token, issued_token what) {
    const std::lock_guard lock{mutex_};
    if (entries_.insert_or_assign(token, std::move(what)).second)
        order_.push_back(token);
}

std::optional<issued_token> token_ledger::find(const std::string &token) const {
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(token);
    return found == entries_.end() ? std::nullopt : std::optional{found->second};
}

void token_ledger::revoke(const std::string &token) {
    const std::lock_guard lock{mutex_};
    if (const auto found = entries_.find(token); found != entries_.end())
        found->second.revoked = true;
}

void token_ledger::revoke_all() {
    const std::lock_guard lock{mutex_};
    for (auto &[token, entry] : entries_)
        entry.revoked = true;
}

std::vector<std::string> token_ledger::tokens() const {
    const std::lock_guard lock{mutex_};
    return order_;
}

} // namespace azure_wi::world
