#include "tests/world/socket_address.hpp"

namespace azure_wi::world {

struct black_hole::state {
    file_descriptor listening;
    std::vector<file_descriptor> filling;
};

black_hole::black_hole(endpoint where) : state_{std::make_unique<state>()} {
    state_->listening = listen_at(where, 0);
    // Linux queues backlog + 1 connections and drops every SYN after that.
    for (int i = 0; i < 4; ++i)
        state_->filling.push_back(connect_to(address(), false));
}

black_hole::~black_hole() = default;

endpoint black_hole::address() const {
    return bound_to(state_->listening.get());
}

} // namespace azure_wi::world
