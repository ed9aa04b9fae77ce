#pragma once

#include <cstdlib>
#include <string>
#include <vector>

namespace azure_wi::world {

// For git run by a server: nothing of the caller's configuration, so nothing of the machine's either.
inline std::vector<std::string> git_environment() {
    const char *path = std::getenv("PATH");
    return {"PATH=" + std::string{path != nullptr ? path : "/usr/bin:/bin"}, "HOME=/nonexistent",
            "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "LC_ALL=C.UTF-8"};
}

} // namespace azure_wi::world
