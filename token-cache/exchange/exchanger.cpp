#include "token-cache/exchange/exchanger.hpp"

#include "token-cache/exchange/exchange_request.hpp"
#include "token-cache/exchange/request_id.hpp"
#include "token-cache/exchange/retry_policy.hpp"
#include "token-cache/explain.hpp"
#include "token-cache/random.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace azure_wi {
namespace {

using std::chrono::milliseconds;

std::uint32_t random_number() {
    std::array<unsigned char, 4> bytes{};
    fill_random(bytes);
    std::uint32_t number = 0;
    for (const unsigned char byte : bytes)
        number = number << 8U | byte;
    return number;
}

std::string in_ms(instant::duration time) {
    return std::to_string(std::chrono::duration_cast<milliseconds>(time).count()) + " ms";
}

} // namespace

exchanger::exchanger(const identity &who, assertion_source &source, transport &net, clock &time, trace &log)
    : who_(who), source_(source), net_(net), time_(time), log_(log), roots_(who.binding) {}

result<token_grant> exchanger::run(instant deadline) {
    for (attempts so_far{.made = 1};; ++so_far.made) {
        auto outcome = attempt(so_far.made, deadline);
        if (outcome)
            return outcome;
        const auto left = std::chrono::floor<milliseconds>(deadline - time_.now());
        const auto pause = pause_before_retry(outcome.error(), so_far, left, random_number());
        if (!pause)
            return outcome;
        if (retry_kind_of(outcome.error()) == retry_kind::once)
            so_far.second_chance_used = true;
        if (log_.wants(1))
            log_.note(1, "trying again in " + in_ms(*pause));
        time_.sleep_for(*pause);
        if (time_.now() >= deadline) // what failed tells more than that the time is up now
            return outcome;
    }
}

result<token_grant> exchanger::attempt(int number, instant deadline) {
    const auto proof = source_.read(deadline);
    if (!proof)
        return proof.error();
    auto outcome = ask(number, *proof, deadline);
    if (outcome)
        return outcome;
    auto what = outcome.error();
    what.claims = proof->claims;
    return what;
}

result<token_grant> exchanger::ask(int number, const assertion &proof, instant deadline) {
    const instant began = time_.now();
    if (began >= deadline)
        return failure{.code = errc::timed_out, .about = who_.authority};
    const auto roots = roots_.read();
    if (!roots)
        return roots.error();
    const std::string id = make_request_id();
    const auto request = make_exchange_request(who_, proof.jwt, id, *roots);
    if (log_.wants(1))
        log_.note(1, "exchange, attempt " + std::to_string(number) + ": asking " + who_.authority +
                         (request.connect_to.empty() ? "" : " by way of " + request.connect_to));
    if (log_.wants(2))
        log_.note(2, "tenant " + who_.tenant_id + ", client " + who_.client_id + ", request " + id);

    const auto reply = net_.post(request, deadline);
    auto outcome = reply ? read_exchange_reply(*reply, proof.jwt, id, time_.wall_seconds())
                         : result<token_grant>(reply.error());
    note_outcome(number, outcome, began);
    if (outcome)
        return outcome;
    auto what = outcome.error();
    what.ids.request = id;
    return what;
}

void exchanger::note_outcome(int number, const result<token_grant> &outcome, instant began) const {
    if (!log_.wants(1))
        return;
    std::string text = "exchange, attempt " + std::to_string(number) + ": ";
    if (!outcome)
        text += explain(outcome.error(), &who_).error;
    else if (outcome->expires_in)
        text += "a token that lives " + std::to_string(*outcome->expires_in) + " s";
    else
        text += "a token whose life the server does not tell";
    log_.note(1, text + ", after " + in_ms(time_.now() - began));
}

} // namespace azure_wi
