#include "tests/world/binding_proxy.hpp"

namespace azure_wi::world {

binding_proxy::binding_proxy(entra_stand_in &behind, std::string prefix)
    : behind_{behind}, prefix_{std::move(prefix)} {}

http_answer binding_proxy::respond(const recorded_request &request) {
    if (!request.target.starts_with(prefix_ + '/'))
        return http_answer{.status = 404, .body = "not under the proxy's path"};
    recorded_request passed = request;
    passed.target.erase(0, prefix_.size());
    const reply answer = behind_.handle(passed);
    if (const auto *plain = std::get_if<http_answer>(&answer.get()))
        return *plain;
    // Raw steps belong to a connection; those of Entra cannot cross the proxy.
    return http_answer{.status = 502, .body = "stage raw replies at the proxy itself"};
}

} // namespace azure_wi::world
