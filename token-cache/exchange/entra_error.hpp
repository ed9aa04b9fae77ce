#pragma once

#include "token-cache/exchange/json_members.hpp"
#include "token-cache/failure.hpp"

#include <string_view>

namespace azure_wi {

/// The members of an error answer (RFC 6749 section 5.2, Entra docs "Error response") that we look at.
/// Their texts are raw server text. Refers to the members; for the length of a call.
struct entra_error {
    const json_member &error;
    const json_member &description;
    const json_member &codes;
    const json_member &trace_id;
    const json_member &correlation_id;
    const json_member &timestamp;
};

/// The number behind the first "AADSTS" in `text` that stands at the start of a word; 0 where there is none.
/// At most nine digits. Pure.
[[nodiscard]] int find_aadsts_number(std::string_view text);

/// True for "YYYY-MM-DD HH:MM:SSZ". Pure.
[[nodiscard]] bool is_entra_timestamp(std::string_view text);

/// The failure that an error answer stands for: server_fault where Entra means that it failed itself, else
/// refused. Of the server's text only this gets into it: the AADSTS number, and the ids that parse as what
/// they have to be (a description can echo the whole request, the assertion included). Pure.
[[nodiscard]] failure failure_of(const entra_error &said);

} // namespace azure_wi
