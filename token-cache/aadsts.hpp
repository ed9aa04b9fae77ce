#pragma once

#include <string_view>

namespace azure_wi {

/// One of the AADSTS numbers that a client of ours meets (Entra docs, "Microsoft Entra authentication and
/// authorization error codes"), in our words.
struct aadsts_entry {
    /// What mends it, where a text alone cannot say it.
    enum class remedy {
        as_told,              ///< the hint is all
        federated_credential, ///< a federated credential that matches the token's claims
        another_look,         ///< none: Entra's fault, asked again by itself
    };

    int number = 0;
    std::string_view cause; ///< lower case, no final period; {client}, {tenant} and {authority} are filled in
    std::string_view hint;  ///< likewise
    remedy what = remedy::as_told;
};

/// The entry of `number`, or null. Points to static memory. Pure.
[[nodiscard]] const aadsts_entry *find_aadsts(int number);

/// True where Entra means by `number` that it failed, not that it refuses (90033, 90006, 90024, 90090,
/// 90012).
[[nodiscard]] bool is_transient_aadsts(int number);

/// The assertion was outside its time range: a rotated token file mends it, so it is read once more.
inline constexpr int aadsts_assertion_out_of_time = 700024;

} // namespace azure_wi
