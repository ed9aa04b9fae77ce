#pragma once

#include "tests/world/certificate_authority.hpp"
#include "tests/world/connection.hpp"
#include "tests/world/reply.hpp"
#include "tests/world/request_reader.hpp"
#include "tests/world/tls_listener.hpp"
#include "token-cache/network/curl_transport.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace azure_wi::tests {

inline const std::string body = R"({"token_type":"Bearer","expires_in":3599,"access_token":"eyJ.A.B"})";
inline const std::string json = "Content-Type: application/json\r\n";
inline const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
inline const std::string ok = "HTTP/1.1 200 OK\r\n";
inline const std::string whole = ok + json + length + "\r\n" + body;

/// A TLS server that answers every request with the same steps, and a client that trusts it.
class server {
public:
    explicit server(world::reply::steps steps, world::certificate_options names = local_names(),
                    world::tls_settings tls = {})
        : steps_(std::move(steps)) {
        if (tls.identity.chain.empty())
            tls.identity = world::process_authority().issue(names);
        listener_.emplace(world::endpoint{}, std::move(tls),
                          [this](world::connection &peer) { serve(peer); });
    }

    static world::certificate_options local_names() {
        return {.dns_names = {"localhost"}, .ip_addresses = {"127.0.0.1"}};
    }

    std::string url(const std::string &host = "127.0.0.1") const {
        return "https://" + host + ':' + std::to_string(listener_->address().port) +
               "/tenant/oauth2/v2.0/token";
    }

    result<http_reply> post(std::chrono::milliseconds limit = std::chrono::seconds(5),
                            const std::string &host = "127.0.0.1") {
        curl_transport transport({}, {}, clock_, notes_);
        return transport.post(request(host), clock_.now() + limit);
    }

    http_request request(const std::string &host = "127.0.0.1") const {
        http_request made;
        made.url = url(host);
        made.headers = {"Content-Type: application/x-www-form-urlencoded"};
        made.body = secret::copy_of("grant_type=client_credentials");
        made.only_ca_pem = world::process_authority().pem();
        made.use_proxy = false;
        return made;
    }

    world::tls_listener &listener() { return *listener_; }

    std::vector<world::recorded_request> seen() const {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

private:
    void serve(world::connection &peer) {
        try {
            if (auto request = world::request_reader(peer).next()) {
                const std::lock_guard lock(mutex_);
                seen_.push_back(*std::move(request));
            }
        } catch (const world::malformed_request &) {
            // A ClientHello, where the listener speaks no TLS.
        }
        world::play(steps_, peer);
    }

    world::reply::steps steps_;
    mutable std::mutex mutex_;
    std::vector<world::recorded_request> seen_;
    system_clock clock_;
    silent_trace notes_;
    std::optional<world::tls_listener> listener_; // last: its threads use the others
};

inline void check_failure(const result<http_reply> &got, errc expected) {
    BOOST_CHECK_MESSAGE(!got, "a reply came");
    if (!got)
        BOOST_CHECK_MESSAGE(got.error().code == expected, static_cast<int>(got.error().code)
                                                              << ": " << got.error().about);
}

} // namespace azure_wi::tests
