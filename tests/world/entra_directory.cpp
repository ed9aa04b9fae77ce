#include "tests/world/entra_directory.hpp"

#include "tests/world/base64url.hpp"
#include "tests/world/guid.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>

namespace azure_wi::world {
namespace {

constexpr std::chrono::seconds clock_tolerance{300};
constexpr std::string_view assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

struct assertion {
    bool well_formed = false;
    std::string signed_part;
    std::string signature;
    std::string issuer;
    std::string subject;
    std::vector<std::string> audiences;
    std::int64_t not_before = 0;
    std::int64_t expires_at = 0;
};

std::string text_of(const boost::json::object &from, std::string_view name) {
    const auto *value = from.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

std::int64_t number_of(const boost::json::object &from, std::string_view name) {
    const auto *value = from.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

boost::json::object decoded_object(std::string_view part) {
    boost::system::error_code error;
    const auto bytes = base64url_decode(part);
    auto value = bytes ? boost::json::parse(*bytes, error) : boost::json::value{};
    return !error && value.is_object() ? value.get_object() : boost::json::object{};
}

assertion parse_assertion(const std::string &token) {
    assertion parsed;
    const auto first = token.find('.');
    const auto second = first == std::string::npos ? first : token.find('.', first + 1);
    if (second == std::string::npos || token.find('.', second + 1) != std::string::npos)
        return parsed;
    const auto header = decoded_object(std::string_view{token}.substr(0, first));
    const auto payload = decoded_object(std::string_view{token}.substr(first + 1, second - first - 1));
    const auto signature = base64url_decode(std::string_view{token}.substr(second + 1));
    parsed.issuer = text_of(payload, "iss");
    parsed.subject = text_of(payload, "sub");
    parsed.not_before = number_of(payload, "nbf");
    parsed.expires_at = number_of(payload, "exp");
    if (const auto *audience = payload.if_contains("aud"); audience != nullptr && audience->is_array()) {
        for (const auto &each : audience->get_array())
            parsed.audiences.emplace_back(each.is_string() ? std::string{each.get_string()} : "");
    } else if (audience != nullptr) {
        parsed.audiences.push_back(text_of(payload, "aud"));
    }
    parsed.signed_part = token.substr(0, second);
    parsed.signature = signature.value_or("");
    parsed.well_formed = text_of(header, "alg") == "RS256" && signature && !signature->empty() &&
                         !parsed.issuer.empty() && !parsed.subject.empty() && !parsed.audiences.empty() &&
                         payload.contains("exp");
    return parsed;
}

bool valid_tenant_name(const std::string &name) {
    const bool shaped =
        !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-';
        });
    return shaped && (is_guid(name) || name.find('.') != std::string::npos);
}

int judge_parameters(const recorded_request &request, verdict &result) {
    for (const char *name : {"grant_type", "client_id", "scope"})
        if (!request.form.contains(name) || request.form.at(name).empty()) {
            result.parameter = name;
            return 900144;
        }
    if (request.form.at("grant_type") != "client_credentials")
        return 70003;
    const std::string &scope = request.form.at("scope");
    if (scope.find(' ') != std::string::npos || scope.find('/') == std::string::npos)
        return 70011;
    if (!scope.ends_with("/.default"))
        return 1002012;
    if (!request.form.contains("client_assertion") || !request.form.contains("client_assertion_type"))
        return 7000218;
    return request.form.at("client_assertion_type") == assertion_type ? 0 : 90023;
}

int judge_credentials(const std::vector<federated_credential> &all, const assertion &presented,
                      verdict &result) {
    if (all.empty())
        return 70025;
    bool issuer_fits = false;
    bool subject_fits = false;
    bool subject_nearly = false;
    for (const auto &each : all) {
        if (each.issuer != presented.issuer)
            continue;
        issuer_fits = true;
        subject_nearly = subject_nearly || equal_ignoring_case(each.subject, presented.subject);
        if (each.subject != presented.subject)
            continue;
        subject_fits = true;
        if (std::find(presented.audiences.begin(), presented.audiences.end(), each.audience) !=
            presented.audiences.end())
            return 0;
    }
    result.audience = presented.audiences.front();
    if (!issuer_fits)
        return 700211;
    return subject_fits ? 700212 : subject_nearly ? 7002138 : 700213;
}

int judge_signature(const entra_directory &directory, const assertion &presented,
                    std::chrono::sys_seconds now) {
    const auto signer = std::find_if(directory.issuers.begin(), directory.issuers.end(),
                                     [&](const issuer &who) { return who.url() == presented.issuer; });
    if (signer == directory.issuers.end())
        return 90061;
    if (!signer->verifies(presented.signed_part, presented.signature))
        return 700027;
    const auto seconds = now.time_since_epoch().count();
    const bool in_time = presented.not_before <= seconds + clock_tolerance.count() &&
                         seconds < presented.expires_at + clock_tolerance.count();
    return in_time ? 0 : 700024;
}

int judge_all(entra_directory &directory, const recorded_request &request, std::chrono::sys_seconds now,
              verdict &result) {
    if (!valid_tenant_name(result.tenant))
        return 900023;
    tenant *where = directory.find_tenant(result.tenant);
    if (where == nullptr)
        return 90002;
    if (const int fault = judge_parameters(request, result))
        return fault;
    const auto app = where->applications.find(lower_case(result.client_id));
    if (app == where->applications.end())
        return 700016;
    const auto presented = parse_assertion(request.form.at("client_assertion"));
    if (!presented.well_formed)
        return 50027;
    result.issuer = presented.issuer;
    result.subject = presented.subject;
    if (const int fault = judge_credentials(app->second.credentials, presented, result))
        return fault;
    if (const int fault = judge_signature(directory, presented, now))
        return fault;
    const bool devops = request.form.at("scope") == std::string{azure_devops_resource} + "/.default";
    return devops && where->azure_devops ? 0 : 500011;
}

} // namespace

tenant *entra_directory::find_tenant(const std::string &id_or_domain) {
    const auto found = tenants.find(id_of(id_or_domain));
    return found == tenants.end() ? nullptr : &found->second;
}

tenant &entra_directory::at(const std::string &id) {
    return tenants.at(lower_case(id));
}

std::string entra_directory::id_of(const std::string &id_or_domain) {
    for (const auto &[id, each] : tenants)
        if (each.domains.contains(lower_case(id_or_domain)))
            return id;
    return lower_case(id_or_domain);
}

verdict judge(entra_directory &directory, const recorded_request &request, std::chrono::sys_seconds now) {
    verdict result;
    const std::string path = request.path();
    result.tenant = percent_decode(path.substr(1, path.find('/', 1) - 1));
    if (const auto client = request.form.find("client_id"); client != request.form.end())
        result.client_id = client->second;
    result.code = judge_all(directory, request, now, result);
    return result;
}

} // namespace azure_wi::world
