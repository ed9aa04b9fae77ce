#pragma once

#include "tests/world/reply.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace azure_wi::world {

class connection;

// What every HTTP stand-in has: a log of requests, staged faults and a gate. Safe to call from any thread.
class stand_in {
public:
    stand_in();
    virtual ~stand_in();
    stand_in(const stand_in &) = delete;
    stand_in &operator=(const stand_in &) = delete;

    // Faults. next() queues one reply for one request, before always() is looked at.
    void next(reply what);
    void next(int times, const reply &what);
    void always(reply what);
    void clear_faults(); // also the delay and the gate
    void delay(std::chrono::milliseconds before_answering);

    // The gate: requests are recorded, then wait until released.
    void hold();
    void release();
    void release_one(); // lets one request through, now or when it comes; the gate stays shut

    // The log.
    std::vector<recorded_request> requests() const;
    recorded_request last_request() const; // throws std::out_of_range where there is none
    std::uint64_t request_count() const;
    void forget_requests();
    // Until the log holds `count` requests in all.
    bool wait_for_requests(std::uint64_t count,
                           std::chrono::milliseconds limit = std::chrono::seconds{10}) const;

    // The whole life of one connection.
    void serve(connection &peer);
    // Records, waits at the gate, and resolves to an http_answer or steps.
    reply handle(const recorded_request &request);
    // Opens the gate for good: the world is being taken down.
    void stop();

protected:
    // Sees every request first, whatever fault is staged.
    virtual void observe(const recorded_request &) {}
    virtual http_answer respond(const recorded_request &request) = 0;
    virtual http_answer respond_with_error(int code, const recorded_request &request);
    // Longest body that the log keeps; pushes would fill the memory.
    virtual std::size_t recorded_body_limit() const { return std::size_t{1} << 20; }

private:
    reply pick_reply();

    struct state;
    std::unique_ptr<state> state_;
};

} // namespace azure_wi::world
