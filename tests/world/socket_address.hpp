#pragma once

#include "tests/world/file_descriptor.hpp"
#include "tests/world/tls_listener.hpp"

namespace azure_wi::world {

// A listening socket; throws std::system_error naming the address.
file_descriptor listen_at(const endpoint &where, int backlog);
// Where a bound socket stands, with the port the kernel chose.
endpoint bound_to(int socket);
// Throws std::system_error. Non-blocking ones return while still connecting.
file_descriptor connect_to(const endpoint &where, bool blocking = true);

} // namespace azure_wi::world
