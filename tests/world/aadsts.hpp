#pragma once

#include "tests/world/http_message.hpp"

#include <chrono>
#include <string>

namespace azure_wi::world {

// What the text of an error mentions.
struct aadsts_details {
    std::string tenant;
    std::string client_id;
    std::string scope;
    std::string grant_type;
    std::string issuer;
    std::string subject;
    std::string audience;
    std::string parameter; // the one that is missing
    std::string correlation_id;
    std::chrono::sys_seconds now;
};

// An error as Entra words it, with the status that goes with the number. Unknown numbers are 400
// invalid_request.
http_answer aadsts_answer(int code, const aadsts_details &details);

} // namespace azure_wi::world
