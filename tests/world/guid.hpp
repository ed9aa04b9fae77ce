#pragma once

#include <string>
#include <string_view>

namespace azure_wi::world {

std::string random_guid();
bool is_guid(std::string_view text);
std::string random_text(std::size_t length); // of the base64url alphabet

} // namespace azure_wi::world
