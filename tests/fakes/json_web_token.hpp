#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace azure_wi {

/// base64url without padding (RFC 7515 section 2).
inline std::string base64url(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : bytes) {
        bits = (bits << 8U | static_cast<unsigned char>(c)) & 0xffffffU;
        for (held += 8; held >= 6; held -= 6)
            text += digits[bits >> (held - 6) & 0x3fU];
    }
    if (held > 0)
        text += digits[bits << (6 - held) & 0x3fU];
    return text;
}

/// A token with these two JSON texts and a signature that nobody checks.
inline std::string json_web_token(std::string_view header, std::string_view payload) {
    return base64url(header) + "." + base64url(payload) + "." + base64url("signature");
}

/// What kubelet writes, as far as we look at it.
inline std::string service_account_token(std::int64_t expiry) {
    return json_web_token(R"({"alg":"RS256","kid":"1"})",
                          R"({"iss":"https://oidc.example/","sub":"system:serviceaccount:ns:sa",)"
                          R"("aud":["api://AzureADTokenExchange"],"exp":)" +
                              std::to_string(expiry) + "}");
}

} // namespace azure_wi
