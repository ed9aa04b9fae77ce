#pragma once

#include "tests/world/file_descriptor.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace azure_wi::world {

// The other side went away, or the world is being taken down.
struct connection_lost : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// One accepted connection, plain or TLS, with blocking calls for the thread that serves it.
class connection {
public:
    connection(file_descriptor socket, std::uint64_t number);
    ~connection();

    // Throws connection_lost where the handshake fails.
    void accept_tls(std::shared_ptr<ssl_ctx_st> context);

    // Returns 0 at the end of the stream.
    std::size_t read_some(std::span<char> buffer);
    void write(std::string_view bytes);
    // False where the client closed or the world ends before the time is over. Data that arrives is left
    // alone.
    bool wait(std::chrono::milliseconds time);
    void wait_until_closed();

    void close(); // with close_notify
    void close_without_notify();
    void reset();
    void request_renegotiation();
    // For the thread that takes the world down: makes every blocking call of the serving thread end.
    void interrupt();

    int socket() const { return socket_.get(); }
    bool tls() const { return tls_ != nullptr; }
    bool session_resumed() const;
    std::string server_name() const;
    std::string application_protocol() const;
    std::uint64_t number() const { return number_; }

private:
    void close_socket();

    std::mutex mutex_; // guards closing against interrupt()
    file_descriptor socket_;
    std::shared_ptr<ssl_ctx_st> context_;
    ssl_st *tls_ = nullptr;
    std::uint64_t number_;
};

} // namespace azure_wi::world
