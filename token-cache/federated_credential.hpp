#pragma once

#include "token-cache/failure.hpp"

#include <string>

namespace azure_wi {

/// A line for a POSIX shell that creates the federated credential which matches `claims` (Azure CLI docs,
/// `az identity federated-credential create`). What we cannot know stands as IDENTITY and GROUP, and
/// so do claims that are empty. Values are quoted only where a shell would read them otherwise. Pure.
[[nodiscard]] std::string federated_credential_command(const assertion_claims &claims);

} // namespace azure_wi
