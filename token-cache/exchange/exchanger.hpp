#pragma once

#include "token-cache/assertion/assertion_source.hpp"
#include "token-cache/clock.hpp"
#include "token-cache/exchange/binding_roots.hpp"
#include "token-cache/exchange/exchange_reply.hpp"
#include "token-cache/exchange/transport.hpp"
#include "token-cache/result.hpp"
#include "token-cache/settings/identity.hpp"
#include "token-cache/trace.hpp"

#include <chrono>
#include <string>

namespace azure_wi {

/// Exchanges an assertion for an access token: reads, asks, understands, and asks again where that can help.
/// Refers to all that it is made of, which must outlive it. Thread rules: one call at a time per object.
class exchanger {
public:
    exchanger(const identity &who, assertion_source &source, transport &net, clock &time, trace &log);

    /// A token, within `deadline`. The assertion is read anew, and a new request id made, for each attempt.
    /// Fails as assertion_source::read, transport::post and read_exchange_reply do, and with ca_unusable or
    /// timed_out; failure::claims and failure::ids::request are those of the last attempt that got so far.
    [[nodiscard]] result<token_grant> run(instant deadline);

private:
    [[nodiscard]] result<token_grant> attempt(int number, instant deadline);
    [[nodiscard]] result<token_grant> ask(int number, const assertion &proof, instant deadline);
    void note_outcome(int number, const result<token_grant> &outcome, instant began) const;

    const identity &who_;
    assertion_source &source_;
    transport &net_;
    clock &time_;
    trace &log_;
    binding_roots roots_;
};

} // namespace azure_wi
