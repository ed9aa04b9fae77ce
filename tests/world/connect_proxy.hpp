#pragma once

#include "tests/world/stand_in.hpp"
#include "tests/world/tls_listener.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace azure_wi::world {

// An HTTP proxy that knows CONNECT. Faults are those of every stand-in: a 302, a 407 or a 200 with a body by
// next().
class connect_proxy : public stand_in {
public:
    connect_proxy();
    ~connect_proxy() override;

    // `name` without a port stands for every port of it; "*" for every name not given.
    void map(const std::string &name, endpoint to);
    void require_credentials(const std::string &user, const std::string &password);
    void require_no_credentials();

    std::vector<std::string> targets() const; // "dev.azure.com:443", in order
    std::uint64_t tunnels() const;            // opened
    std::uint64_t credentials_seen() const;   // requests with Proxy-Authorization

protected:
    void observe(const recorded_request &request) override;
    http_answer respond(const recorded_request &request) override;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace azure_wi::world
