#include "tests/world/tls_listener.hpp"

#include "tests/world/connection.hpp"
#include "tests/world/socket_address.hpp"
#include "tests/world/tls_context.hpp"

#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace azure_wi::world {
namespace {

constexpr int backlog = 1024; // five hundred helpers may start at once

void block_sigpipe() {
    // OpenSSL writes with write(2); a client that left must not end the test program.
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

} // namespace

struct tls_listener::state {
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    endpoint where;
    service serve;
    std::optional<tls_settings> settings;
    std::shared_ptr<ssl_ctx_st> context;
    file_descriptor listening;
    file_descriptor wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    bool stopping = false;
    bool refusing = false;
    std::uint64_t accepted = 0;
    std::uint64_t handshakes = 0;
    std::map<std::uint64_t, std::shared_ptr<connection>> open;
    std::map<std::uint64_t, std::thread> threads;
    std::vector<std::uint64_t> finished;
    std::thread acceptor;

    void ring() const { ::eventfd_write(wake.get(), 1); }
    void accept_until_stopped();
    bool adjust();
    void accept_one();
    void serve_one(std::uint64_t number, const std::shared_ptr<connection> &peer, handshake manner,
                   std::shared_ptr<ssl_ctx_st> tls);
    void join_finished();
};

// Opens or closes the listening socket as refuse() wants it; only the acceptor's thread touches it.
bool tls_listener::state::adjust() {
    const std::lock_guard lock{mutex};
    if (refusing && listening)
        listening.reset();
    else if (!refusing && !listening && !stopping)
        listening = listen_at(where, backlog);
    changed.notify_all();
    return !stopping;
}

void tls_listener::state::accept_until_stopped() {
    block_sigpipe();
    while (adjust()) {
        pollfd wanted[2] = {{wake.get(), POLLIN, 0}, {listening.get(), POLLIN, 0}};
        ::poll(wanted, listening ? 2 : 1, -1);
        eventfd_t rung = 0;
        ::eventfd_read(wake.get(), &rung);
        join_finished();
        if (listening && (wanted[1].revents & POLLIN) != 0)
            accept_one();
    }
}

void tls_listener::state::accept_one() {
    file_descriptor socket{::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    if (!socket)
        return;
    const std::lock_guard lock{mutex};
    const auto number = ++accepted;
    changed.notify_all();
    const auto manner = settings ? settings->manner : handshake::plain;
    const auto peer = std::make_shared<connection>(std::move(socket), number);
    open.emplace(number, peer);
    threads.emplace(number, std::thread{[this, number, peer, manner, tls = context] {
                        block_sigpipe();
                        serve_one(number, peer, manner, tls);
                    }});
}

void tls_listener::state::serve_one(std::uint64_t number, const std::shared_ptr<connection> &peer,
                                    handshake manner, std::shared_ptr<ssl_ctx_st> tls) {
    try {
        switch (manner) {
        case handshake::silent:
            peer->wait_until_closed();
            break;
        case handshake::reset:
            peer->reset();
            break;
        case handshake::close:
            peer->close_without_notify();
            break;
        case handshake::answer:
            peer->accept_tls(std::move(tls));
            {
                const std::lock_guard lock{mutex};
                ++handshakes;
            }
            serve(*peer);
            break;
        case handshake::plain:
            serve(*peer);
            break;
        }
    } catch (const connection_lost &) {
        // The client's business; what it did is seen in the log and the counters.
    }
    peer->close_without_notify();
    const std::lock_guard lock{mutex};
    open.erase(number);
    finished.push_back(number);
    changed.notify_all();
    ring();
}

void tls_listener::state::join_finished() {
    std::vector<std::thread> done;
    {
        const std::lock_guard lock{mutex};
        for (const auto number : finished)
            if (auto node = threads.extract(number))
                done.push_back(std::move(node.mapped()));
        finished.clear();
    }
    for (auto &thread : done)
        thread.join();
}

tls_listener::tls_listener(endpoint where, std::optional<tls_settings> settings, service serve)
    : state_{std::make_unique<state>()} {
    state_->serve = std::move(serve);
    if (settings)
        set_tls(std::move(*settings));
    state_->listening = listen_at(where, backlog);
    state_->where = bound_to(state_->listening.get());
    state_->acceptor = std::thread{[s = state_.get()] { s->accept_until_stopped(); }};
}

tls_listener::~tls_listener() {
    stop();
}

endpoint tls_listener::address() const {
    return state_->where;
}

void tls_listener::set_tls(tls_settings settings) {
    auto context = make_tls_context(settings);
    const std::lock_guard lock{state_->mutex};
    state_->settings = std::move(settings);
    state_->context = std::move(context);
}

void tls_listener::set_certificate(certificate identity) {
    auto settings = tls();
    settings.identity = std::move(identity);
    set_tls(std::move(settings));
}

tls_settings tls_listener::tls() const {
    const std::lock_guard lock{state_->mutex};
    return state_->settings.value_or(tls_settings{});
}

void tls_listener::refuse(bool yes) {
    std::unique_lock lock{state_->mutex};
    state_->refusing = yes;
    state_->ring();
    state_->changed.wait(lock, [&] { return static_cast<bool>(state_->listening) != yes; });
}

void tls_listener::drop_connections() {
    const std::lock_guard lock{state_->mutex};
    for (const auto &[number, peer] : state_->open)
        peer->interrupt();
}

std::uint64_t tls_listener::accepted() const {
    const std::lock_guard lock{state_->mutex};
    return state_->accepted;
}

std::uint64_t tls_listener::handshakes() const {
    const std::lock_guard lock{state_->mutex};
    return state_->handshakes;
}

std::size_t tls_listener::open_connections() const {
    const std::lock_guard lock{state_->mutex};
    return state_->open.size();
}

bool tls_listener::wait_for_connections(std::uint64_t count, std::chrono::milliseconds limit) const {
    std::unique_lock lock{state_->mutex};
    return state_->changed.wait_for(lock, limit, [&] { return state_->accepted >= count; });
}

bool tls_listener::wait_until_idle(std::chrono::milliseconds limit) const {
    std::unique_lock lock{state_->mutex};
    return state_->changed.wait_for(lock, limit, [&] { return state_->open.empty(); });
}

void tls_listener::stop() {
    {
        const std::lock_guard lock{state_->mutex};
        state_->stopping = true;
        state_->ring();
    }
    if (state_->acceptor.joinable())
        state_->acceptor.join();
    drop_connections();
    for (auto &[number, thread] : state_->threads)
        thread.join();
    state_->threads.clear();
    state_->listening.reset();
}

} // namespace azure_wi::world
