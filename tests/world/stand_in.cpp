#include "tests/world/stand_in.hpp"

#include "tests/world/connection.hpp"
#include "tests/world/request_reader.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace azure_wi::world {

struct stand_in::state {
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    std::vector<recorded_request> log;
    std::uint64_t count = 0;
    std::deque<reply> queued;
    std::optional<reply> standing;
    std::chrono::milliseconds delay{0};
    bool held = false;
    int permits = 0; // requests that may pass a gate that is shut
    bool stopping = false;

    void record(const recorded_request &request, std::size_t body_limit) {
        const std::lock_guard lock{mutex};
        log.push_back(request);
        if (log.back().body.size() > body_limit)
            log.back().body.resize(body_limit);
        ++count;
        changed.notify_all();
    }

    void pass_gate() {
        std::unique_lock lock{mutex};
        changed.wait(lock, [this] { return stopping || !held || permits > 0; });
        if (held && permits > 0)
            --permits;
        changed.wait_for(lock, delay, [this] { return stopping; });
    }
};

stand_in::stand_in() : state_{std::make_unique<state>()} {}
stand_in::~stand_in() = default;

void stand_in::next(reply what) {
    next(1, what);
}

void stand_in::next(int times, const reply &what) {
    const std::lock_guard lock{state_->mutex};
    for (int i = 0; i < times; ++i)
        state_->queued.push_back(what);
}

void stand_in::always(reply what) {
    const std::lock_guard lock{state_->mutex};
    state_->standing = std::move(what);
}

void stand_in::clear_faults() {
    const std::lock_guard lock{state_->mutex};
    state_->queued.clear();
    state_->standing.reset();
    state_->delay = std::chrono::milliseconds{0};
    state_->held = false;
    state_->permits = 0;
    state_->changed.notify_all();
}

void stand_in::delay(std::chrono::milliseconds before_answering) {
    const std::lock_guard lock{state_->mutex};
    state_->delay = before_answering;
}

void stand_in::hold() {
    const std::lock_guard lock{state_->mutex};
    state_->held = true;
    state_->permits = 0;
}

void stand_in::release() {
    const std::lock_guard lock{state_->mutex};
    state_->held = false;
    state_->changed.notify_all();
}

void stand_in::release_one() {
    const std::lock_guard lock{state_->mutex};
    ++state_->permits;
    state_->changed.notify_all();
}

std::vector<recorded_request> stand_in::requests() const {
    const std::lock_guard lock{state_->mutex};
    return state_->log;
}

recorded_request stand_in::last_request() const {
    const std::lock_guard lock{state_->mutex};
    return state_->log.at(state_->log.size() - 1);
}

std::uint64_t stand_in::request_count() const {
    const std::lock_guard lock{state_->mutex};
    return state_->count;
}

void stand_in::forget_requests() {
    const std::lock_guard lock{state_->mutex};
    state_->log.clear();
    state_->count = 0;
}

bool stand_in::wait_for_requests(std::uint64_t count, std::chrono::milliseconds limit) const {
    std::unique_lock lock{state_->mutex};
    return state_->changed.wait_for(lock, limit, [&] { return state_->count >= count; });
}

void stand_in::stop() {
    const std::lock_guard lock{state_->mutex};
    state_->stopping = true;
    state_->changed.notify_all();
}

reply stand_in::pick_reply() {
    const std::lock_guard lock{state_->mutex};
    if (!state_->queued.empty()) {
        reply first = std::move(state_->queued.front());
        state_->queued.pop_front();
        return first;
    }
    return state_->standing.value_or(reply::normal());
}

reply stand_in::handle(const recorded_request &request) {
    observe(request);
    state_->record(request, recorded_body_limit());
    state_->pass_gate();
    reply chosen = pick_reply();
    while (const auto *compute = std::get_if<reply::computed>(&chosen.get())) {
        reply computed = (*compute)(request); // before the assignment destroys the function
        chosen = std::move(computed);
    }
    if (std::holds_alternative<reply::ordinary>(chosen.get()))
        return respond(request);
    if (const auto *error = std::get_if<reply::coded>(&chosen.get()))
        return respond_with_error(error->code, request);
    return chosen;
}

http_answer stand_in::respond_with_error(int code, const recorded_request &) {
    return http_answer{.status = code};
}

void stand_in::serve(connection &peer) {
    request_reader reader{peer};
    try {
        while (const auto request = reader.next()) {
            const reply chosen = handle(*request);
            if (const auto *steps = std::get_if<reply::steps>(&chosen.get()))
                return play(*steps, peer);
            const auto &answer = std::get<http_answer>(chosen.get());
            const bool keep_alive = request->version == "HTTP/1.1" &&
                                    !equal_ignoring_case(request->header("connection").value_or(""), "close");
            peer.write(serialise(answer, keep_alive, request->method == "HEAD"));
            if (answer.then)
                return answer.then(peer);
            if (!keep_alive)
                break;
        }
    } catch (const malformed_request &error) {
        peer.write(serialise(http_answer{.status = 400, .body = error.what()}, false));
    } catch (const connection_lost &) {
        throw;
    } catch (const std::exception &error) {
        // A defect of the stand-in itself: the client's output shows it.
        peer.write(serialise(http_answer{.status = 500, .body = error.what()}, false));
    }
    peer.close();
}

} // namespace azure_wi::world
