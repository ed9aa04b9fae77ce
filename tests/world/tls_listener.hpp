#pragma once

#include "tests/world/certificate_authority.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azure_wi::world {

class connection;

struct endpoint {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
};

enum class tls_version { v1_0, v1_1, v1_2, v1_3 };
enum class handshake {
    answer,
    silent, // accepts, reads and never speaks
    reset,  // RST as soon as the connection stands
    close,  // FIN as soon as the connection stands
    plain   // speaks HTTP without TLS on the TLS port
};

struct tls_settings {
    certificate identity = {};
    tls_version minimum = tls_version::v1_2;
    tls_version maximum = tls_version::v1_3;
    std::string ciphers = {}; // OpenSSL's list for TLS ≤1.2; empty: its default
    // OpenSSL's. What a door will serve is the test's choice, so nothing is refused on this side.
    int security_level = 0;
    std::vector<std::string> protocols = {"http/1.1"}; // ALPN, in our order; empty: no ALPN
    bool force_protocol = false;                       // chooses protocols[0] even if it was not offered
    handshake manner = handshake::answer;
};

// Listens on one loopback address; every connection is served by a thread of its own, because the stand-ins'
// faults (hang, dribble, wait for the test) are then plain blocking code.
class tls_listener {
public:
    using service = std::function<void(connection &)>;

    // Without settings: plain TCP.
    tls_listener(endpoint where, std::optional<tls_settings> settings, service serve);
    ~tls_listener();

    endpoint address() const; // with the port really taken

    // Both hold for connections accepted from now on.
    void set_tls(tls_settings settings);
    void set_certificate(certificate identity);
    tls_settings tls() const;

    // ECONNREFUSED while `yes`.
    void refuse(bool yes);
    // Cuts what is open now (kept-alive connections) and goes on listening.
    void drop_connections();

    std::uint64_t accepted() const;
    std::uint64_t handshakes() const; // of those, the ones that completed TLS
    std::size_t open_connections() const;
    bool wait_for_connections(std::uint64_t count,
                              std::chrono::milliseconds limit = std::chrono::seconds{10}) const;
    bool wait_until_idle(std::chrono::milliseconds limit = std::chrono::seconds{10}) const;
    void stop();

private:
    struct state;
    std::unique_ptr<state> state_;
};

// An address where SYNs fall into the void: a listener whose queue is full.
class black_hole {
public:
    explicit black_hole(endpoint where); // IPv4 or IPv6
    ~black_hole();
    endpoint address() const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace azure_wi::world
