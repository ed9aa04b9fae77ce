#pragma once

#include "tests/world/entra.hpp"

#include <string>

namespace azure_wi::world {

// The AKS identity-binding proxy: strips its path prefix and hands over to Entra, whose log and faults apply
// too. The log here shows SNI (`server_name`) and `Host` as the proxy saw them.
class binding_proxy : public stand_in {
public:
    binding_proxy(entra_stand_in &behind, std::string prefix);
    const std::string &prefix() const { return prefix_; }

protected:
    http_answer respond(const recorded_request &request) override;

private:
    entra_stand_in &behind_;
    std::string prefix_;
};

} // namespace azure_wi::world
