#pragma once

#include "helper/command_line.hpp"

namespace azure_wi::helper {

// The verbs of the face. Each returns the exit status.

/// Answers from the cache; waits for whoever is exchanging; hands over to --online where it is our turn.
[[nodiscard]] int get(const command_line &line);

/// Drops the cached token where it is the one that git says was refused.
[[nodiscard]] int erase(const command_line &line);

/// What we can do, for git's `capability` action (git-credential(1)).
[[nodiscard]] int capability();

[[nodiscard]] int help();
[[nodiscard]] int version();

} // namespace azure_wi::helper
