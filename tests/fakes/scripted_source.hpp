#pragma once

#include "token-cache/assertion/assertion_source.hpp"

#include <deque>
#include <string_view>
#include <utility>

namespace azure_wi {

/// Gives the next assertion or failure of its script; the last one again and again.
class scripted_source final : public assertion_source {
public:
    explicit scripted_source(std::string_view jwt = "e30.e30.c2ln") { will_give(jwt); }

    void will_give(std::string_view jwt,
                   assertion_claims claims = {"https://issuer/", "subject", "audience", {}}) {
        steps_.push_back({secret::copy_of(jwt), std::move(claims), {}});
    }
    void will_fail(failure what) { steps_.push_back({{}, {}, std::move(what)}); }

    /// Forgets the script so far.
    void clear() { steps_.clear(); }

    result<assertion> read(instant) override {
        ++reads;
        if (steps_.size() > 1 && begun_)
            steps_.pop_front();
        begun_ = true;
        const step &now = steps_.front();
        if (now.fault.code != errc{})
            return now.fault;
        return assertion{secret::copy_of(now.jwt.reveal()), now.claims};
    }

    int reads = 0;

private:
    struct step {
        secret jwt;
        assertion_claims claims;
        failure fault;
    };

    std::deque<step> steps_;
    bool begun_ = false;
};

} // namespace azure_wi
