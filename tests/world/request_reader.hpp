#pragma once

#include "tests/world/http_message.hpp"

#include <optional>
#include <stdexcept>
#include <string>

namespace azure_wi::world {

struct malformed_request : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Reads HTTP/1.1 requests off a connection, bodies included. Lenient: the stand-ins test clients, not
// themselves.
class request_reader {
public:
    explicit request_reader(connection &peer) : peer_{peer} {}

    // Nothing at an orderly end between requests. Throws malformed_request or connection_lost.
    std::optional<recorded_request> next();

private:
    bool fill();
    std::string take_line();
    std::string take(std::size_t bytes);
    std::string take_chunks();
    void read_headers(recorded_request &request);
    void read_body(recorded_request &request);

    connection &peer_;
    std::string buffer_;
};

} // namespace azure_wi::world
