#include "token-cache/exchange/exchange_request.hpp"

#include "token-cache/ascii.hpp"
#include "token-cache/settings/url.hpp"

#include <string>

namespace azure_wi {
namespace {

/// Percent-encodes everything but RFC 3986's unreserved characters. A JWT consists of these alone and so
/// stays as it is.
void append_encoded(secret &form, std::string_view value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : value) {
        if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            form.append({&c, 1});
        } else {
            const auto byte = static_cast<unsigned char>(c);
            const char encoded[] = {'%', digits[byte >> 4U], digits[byte & 0x0fU]};
            form.append({encoded, sizeof encoded});
        }
    }
}

void append_field(secret &form, std::string_view name, std::string_view value) {
    if (!form.empty())
        form.append("&");
    form.append(name);
    form.append("=");
    append_encoded(form, value);
}

secret make_form(const identity &who, const secret &assertion_jwt) {
    secret form;
    append_field(form, "grant_type", "client_credentials");
    append_field(form, "client_id", who.client_id);
    append_field(form, "scope", who.scope);
    append_field(form, "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    append_field(form, "client_assertion", assertion_jwt.reveal());
    return form;
}

void lead_through_proxy(http_request &request, const identity &who, std::string_view path) {
    const auto proxy = split_url(who.binding.proxy).value_or(url_parts{});
    const std::string_view port = port_of(proxy.host);
    std::string_view prefix = proxy.path;
    while (prefix.ends_with('/'))
        prefix.remove_suffix(1);

    request.url = "https://";
    request.url +=
        who.binding.sni_name.empty() ? name_of(proxy.host) : std::string_view(who.binding.sni_name);
    if (!port.empty())
        request.url.append(":").append(port);
    request.url.append(prefix).append(path);
    request.connect_to = std::string(name_of(proxy.host)) + ":" + std::string(port.empty() ? "443" : port);
    request.use_proxy = false;
}

constexpr const char *user_agent = "User-Agent: git-credential-azure-wi/" AZURE_WI_VERSION;

} // namespace

http_request make_exchange_request(const identity &who, const secret &assertion_jwt,
                                   std::string_view request_id, std::string_view binding_ca_pem) {
    const std::string endpoint = who.authority + "/" + who.tenant_id + "/oauth2/v2.0/token";
    http_request request;
    request.headers = {
        "Content-Type: application/x-www-form-urlencoded", "Accept: application/json",       user_agent,
        "client-request-id: " + std::string(request_id),   "return-client-request-id: true",
    };
    request.body = make_form(who, assertion_jwt);
    if (!who.binding.active()) {
        request.url = endpoint;
        return request;
    }
    const auto original = split_url(endpoint).value_or(url_parts{});
    lead_through_proxy(request, who, original.path);
    request.headers.push_back("Host: " + std::string(original.host));
    request.only_ca_pem = binding_ca_pem;
    return request;
}

} // namespace azure_wi
