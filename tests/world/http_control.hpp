#pragma once

#include "tests/world/stand_in.hpp"

namespace azure_wi::world {

class world;

// The world's switchboard for shell scripts, plain HTTP:
//   GET  /counters                       JSON
//   POST /fault/entra/AADSTS700213       every exchange fails so, until /clear; also /fault/repos/TF400813
//   POST /fault/entra/429                throttled; any other status works alike, at repos too
//   POST /clear  /revoke  /rotate  /hold/entra  /release/entra
//   POST /advance/SECONDS                the stand-ins' clock
//   POST /lifetime/SECONDS               of tokens issued from now on
//   POST /trust/directory|bundle|both|none
class http_control : public stand_in {
public:
    explicit http_control(world &of);

protected:
    http_answer respond(const recorded_request &request) override;

private:
    world &world_;
};

} // namespace azure_wi::world
