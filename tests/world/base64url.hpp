#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azure_wi::world {

std::string base64url_encode(std::string_view bytes); // without padding
std::optional<std::string> base64url_decode(std::string_view text);
std::optional<std::string> base64_decode(std::string_view text); // with padding, as Basic credentials have it

} // namespace azure_wi::world
