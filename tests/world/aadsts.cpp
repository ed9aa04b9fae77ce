#include "tests/world/aadsts.hpp"

#include "tests/world/guid.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

namespace azure_wi::world {
namespace {

struct entry {
    int code;
    int status;
    std::string_view error;
    std::string_view text; // {name} stands for a detail
};

constexpr std::string_view check_credential =
    " Check your federated identity credential Subject, Audience and Issuer against the presented assertion. "
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

constexpr std::array entries{
    entry{50027, 401, "invalid_client", "JWT token is invalid or malformed."},
    entry{53003, 400, "invalid_grant",
          "Access has been blocked by Conditional Access policies. The access policy does not allow token "
          "issuance."},
    entry{70003, 400, "unsupported_grant_type",
          "The app requested an unsupported grant type '{grant_type}'."},
    entry{70011, 400, "invalid_scope",
          "The provided request must include a 'scope' input parameter. The provided value for the input "
          "parameter "
          "'scope' is not valid. The scope {scope} is not valid."},
    entry{
        70021, 400, "invalid_request",
        "No matching federated identity record found for presented assertion. Assertion Issuer: '{issuer}'. "
        "Assertion Subject: '{subject}'. Assertion Audience: '{audience}'."},
    entry{70025, 401, "invalid_client",
          "The client '{client_id}' has no configured federated identity credentials."},
    entry{90002, 400, "invalid_tenant",
          "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing "
          "into the "
          "correct cloud. Check with your subscription administrator, this may happen if there are no active "
          "subscriptions for the tenant."},
    entry{90006, 503, "temporarily_unavailable", "A transient error has occurred. Please try again."},
    entry{90012, 503, "temporarily_unavailable", "The request timed out. Please try again."},
    entry{90023, 400, "invalid_request", "The request was invalid: client_assertion_type is not supported."},
    entry{90024, 503, "temporarily_unavailable", "The request budget was exceeded by a transient error."},
    entry{90033, 503, "temporarily_unavailable", "A transient error has occurred. Please try again."},
    entry{90038, 400, "invalid_request",
          "Tenant '{tenant}' request is being redirected to the National Cloud 'MicrosoftOnline.US'."},
    entry{90061, 400, "invalid_request", "Request to External OIDC endpoint failed."},
    entry{90090, 503, "temporarily_unavailable", "A transient error has occurred. Please try again."},
    entry{500011, 400, "invalid_resource",
          "The resource principal named {scope} was not found in the tenant named {tenant}. This can happen "
          "if the "
          "application has not been installed by the administrator of the tenant or consented to by any user "
          "in the "
          "tenant. You might have sent your authentication request to the wrong tenant."},
    entry{700016, 400, "unauthorized_client",
          "Application with identifier '{client_id}' was not found in the directory '{tenant}'. This can "
          "happen if "
          "the application has not been installed by the administrator of the tenant or consented to by any "
          "user in "
          "the tenant. You may have sent your authentication request to the wrong tenant."},
    entry{700024, 401, "invalid_client",
          "Client assertion is not within its valid time range. Current time: {now}. Review the "
          "documentation at "
          "https://learn.microsoft.com/entra/identity-platform/certificate-credentials."},
    entry{
        700027, 401, "invalid_client",
        "The certificate with identifier used to sign the client assertion is not registered on application. "
        "[Reason - The key was not found.] Please verify the signature."},
    entry{700211, 401, "invalid_client",
          "No matching federated identity record found for presented assertion issuer '{issuer}'."},
    entry{700212, 401, "invalid_client",
          "No matching federated identity record found for presented assertion audience '{audience}'."},
    entry{700213, 401, "invalid_client",
          "No matching federated identity record found for presented assertion subject '{subject}'."},
    entry{900023, 400, "invalid_request",
          "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain."},
    entry{900144, 400, "invalid_request",
          "The request body must contain the following parameter: '{parameter}'."},
    entry{900382, 400, "invalid_request", "Confidential Client is not supported in Cross Cloud request."},
    entry{900561, 400, "invalid_request", "The endpoint only accepts POST requests. Received a GET request."},
    entry{1002012, 400, "invalid_scope",
          "The provided value for scope {scope} is not valid. Client credential flows must have a scope "
          "value with "
          "/.default suffixed to the resource identifier (application ID URI)."},
    entry{7000215, 401, "invalid_client",
          "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
          "value, "
          "not the client secret ID, for a secret added to app '{client_id}'."},
    entry{7000218, 401, "invalid_client",
          "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."},
    entry{7000222, 401, "invalid_client",
          "The provided client secret keys for app '{client_id}' are expired."},
    entry{7002138, 401, "invalid_client",
          "No matching federated identity record found for presented assertion subject '{subject}'. The "
          "subject "
          "matches with case-insensitive comparison, but not with case-sensitive comparison."},
};

std::string timestamp(std::chrono::sys_seconds when) {
    const std::time_t time = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%SZ", &parts);
    return text.data();
}

std::string filled(std::string_view text, const aadsts_details &details) {
    const std::array<std::pair<std::string_view, std::string>, 9> values{
        {{"{tenant}", details.tenant},
         {"{client_id}", details.client_id},
         {"{scope}", details.scope},
         {"{grant_type}", details.grant_type},
         {"{issuer}", details.issuer},
         {"{subject}", details.subject},
         {"{audience}", details.audience},
         {"{parameter}", details.parameter},
         {"{now}", timestamp(details.now)}}};
    std::string result;
    while (!text.empty()) {
        const auto match = std::find_if(values.begin(), values.end(),
                                        [&](const auto &value) { return text.starts_with(value.first); });
        result += match != values.end() ? match->second : std::string{text.front()};
        text.remove_prefix(match != values.end() ? match->first.size() : 1);
    }
    return result;
}

} // namespace

http_answer aadsts_answer(int code, const aadsts_details &details) {
    entry known{code, 400, "invalid_request", "The request failed."};
    if (const auto *found =
            std::find_if(entries.begin(), entries.end(), [&](const entry &e) { return e.code == code; });
        found != entries.end())
        known = *found;
    const std::string trace = random_guid();
    const std::string correlation = is_guid(details.correlation_id) ? details.correlation_id : random_guid();
    const std::string when = timestamp(details.now);
    std::string text = "AADSTS" + std::to_string(code) + ": " + filled(known.text, details);
    if (code >= 700211 && code <= 700213)
        text += check_credential;
    text += " Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: " + when;
    const boost::json::object body{
        {"error", known.error},
        {"error_description", text},
        {"error_codes", boost::json::array{code}},
        {"timestamp", when},
        {"trace_id", trace},
        {"correlation_id", correlation},
        {"error_uri", "https://login.microsoftonline.com/error?code=" + std::to_string(code)}};
    return http_answer{.status = known.status,
                       .headers = {{"Cache-Control", "no-store, no-cache"},
                                   {"Content-Type", "application/json; charset=utf-8"},
                                   {"x-ms-request-id", trace},
                                   {"client-request-id", correlation},
                                   {"Date", http_date(details.now)}},
                       .body = boost::json::serialize(body)};
}

} // namespace azure_wi::world
