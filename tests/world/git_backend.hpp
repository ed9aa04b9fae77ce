#pragma once

#include "tests/world/http_message.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace azure_wi::world {

// Runs git's own http-backend for one request on one repository. `service_path` is what follows the
// repository in the URL, such as "/info/refs".
http_answer run_http_backend(const std::vector<std::string> &git_command,
                             const std::filesystem::path &repository, const std::string &service_path,
                             const recorded_request &request, const std::string &remote_user);

} // namespace azure_wi::world
