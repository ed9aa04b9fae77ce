#include "tests/world/entra.hpp"

#include "tests/world/aadsts.hpp"
#include "tests/world/base64url.hpp"
#include "tests/world/entra_directory.hpp"
#include "tests/world/guid.hpp"

#include <boost/json.hpp>

namespace azure_wi::world {
namespace {

std::string field(const recorded_request &request, const std::string &name) {
    const auto found = request.form.find(name);
    return found == request.form.end() ? "" : found->second;
}

// Shaped as Entra's, but nobody checks the signature: Azure Repos asks the ledger.
std::string make_access_token(const issued_token &what, std::chrono::sys_seconds now, std::size_t size) {
    const auto seconds = [](std::chrono::sys_seconds when) { return when.time_since_epoch().count(); };
    const boost::json::object header{{"typ", "JWT"}, {"alg", "RS256"}, {"kid", "stand-in"}};
    const boost::json::object payload{{"aud", azure_devops_resource},
                                      {"iss", "https://sts.windows.net/" + what.tenant + "/"},
                                      {"iat", seconds(now)},
                                      {"nbf", seconds(now)},
                                      {"exp", seconds(what.expires_at)},
                                      {"appid", what.client_id},
                                      {"appidacr", "2"},
                                      {"idtyp", "app"},
                                      {"oid", what.object_id},
                                      {"sub", what.object_id},
                                      {"tid", what.tenant},
                                      {"uti", random_text(22)},
                                      {"jti", random_guid()},
                                      {"ver", "1.0"},
                                      {"xms_ftd", random_text(300)}};
    std::string token = base64url_encode(boost::json::serialize(header)) + '.' +
                        base64url_encode(boost::json::serialize(payload)) + '.';
    constexpr std::size_t least_signature = 342;
    return token + random_text(std::max(least_signature, size - std::min(size, token.size())));
}

} // namespace

struct entra_stand_in::state {
    token_ledger &ledger;
    const world_clock &clock;
    mutable std::mutex mutex;
    entra_directory directory;
    token_lifetime lifetime;
    std::size_t token_size = 1500;
    std::uint64_t exchanges = 0;
};

entra_stand_in::entra_stand_in(token_ledger &ledger, const world_clock &clock)
    : state_{new state{.ledger = ledger, .clock = clock, .mutex = {}, .directory = {}, .lifetime = {}}} {}
entra_stand_in::~entra_stand_in() = default;

void entra_stand_in::add_tenant(const std::string &tenant_id) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.tenants.try_emplace(lower_case(tenant_id));
}

void entra_stand_in::add_tenant_name(const std::string &tenant_id, const std::string &domain) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.at(tenant_id).domains.insert(lower_case(domain));
}

void entra_stand_in::remove_tenant(const std::string &tenant_id) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.tenants.erase(lower_case(tenant_id));
}

void entra_stand_in::connect_azure_devops(const std::string &tenant_id, bool connected) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.at(tenant_id).azure_devops = connected;
}

void entra_stand_in::add_application(const std::string &tenant_id, const std::string &client_id) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.at(tenant_id).applications.try_emplace(lower_case(client_id));
}

void entra_stand_in::remove_application(const std::string &tenant_id, const std::string &client_id) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.at(tenant_id).applications.erase(lower_case(client_id));
}

void entra_stand_in::add_federated_credential(const std::string &tenant_id, const std::string &client_id,
                                              federated_credential what) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.at(tenant_id)
        .applications.at(lower_case(client_id))
        .credentials.push_back(std::move(what));
}

void entra_stand_in::clear_federated_credentials(const std::string &tenant_id, const std::string &client_id) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.at(tenant_id).applications.at(lower_case(client_id)).credentials.clear();
}

void entra_stand_in::trust_issuer(const issuer &who) {
    const std::lock_guard lock{state_->mutex};
    state_->directory.issuers.push_back(who);
}

void entra_stand_in::set_lifetime(token_lifetime what) {
    const std::lock_guard lock{state_->mutex};
    state_->lifetime = what;
}

void entra_stand_in::set_token_size(std::size_t bytes) {
    const std::lock_guard lock{state_->mutex};
    state_->token_size = bytes;
}

std::uint64_t entra_stand_in::exchanges() const {
    const std::lock_guard lock{state_->mutex};
    return state_->exchanges;
}

std::string entra_stand_in::object_id(const std::string &client_id) {
    std::string id = lower_case(client_id);
    if (!id.empty())
        id.front() = 'f'; // never the client id itself: confusing the two is a common mistake of users
    return id;
}

http_answer entra_stand_in::success(const recorded_request &request) {
    const std::lock_guard lock{state_->mutex};
    const auto now = state_->clock.now();
    const auto &life = state_->lifetime;
    const std::string path = request.path();
    const std::string client_id = lower_case(field(request, "client_id"));
    const issued_token what{.tenant = state_->directory.id_of(path.substr(1, path.find('/', 1) - 1)),
                            .client_id = client_id,
                            .object_id = object_id(client_id),
                            .expires_at = now + life.expires_in};
    const auto token = make_access_token(what, now, state_->token_size);
    state_->ledger.enter(token, what);
    ++state_->exchanges;

    const auto duration = [&](std::chrono::seconds value) {
        return life.as_strings ? boost::json::value(std::to_string(value.count()))
                               : boost::json::value(value.count());
    };
    boost::json::object body{{"token_type", "Bearer"}};
    if (!life.omit_expires_in) {
        body["expires_in"] = duration(life.expires_in);
        body["ext_expires_in"] = duration(life.expires_in);
    }
    if (life.refresh_in)
        body["refresh_in"] = duration(*life.refresh_in);
    body["access_token"] = token;
    const std::string correlation = request.header("client-request-id").value_or("");
    return http_answer{.headers = {{"Cache-Control", "no-store, no-cache"},
                                   {"Content-Type", "application/json; charset=utf-8"},
                                   {"x-ms-request-id", random_guid()},
                                   {"client-request-id", is_guid(correlation) ? correlation : random_guid()},
                                   {"Date", http_date(now)}},
                       .body = boost::json::serialize(body)};
}

http_answer entra_stand_in::respond(const recorded_request &request) {
    if (!request.path().ends_with("/oauth2/v2.0/token"))
        return http_answer{.status = 404};
    if (request.method != "POST")
        return respond_with_error(900561, request);
    int code = 0;
    {
        const std::lock_guard lock{state_->mutex};
        code = judge(state_->directory, request, state_->clock.now()).code;
    }
    return code == 0 ? success(request) : respond_with_error(code, request);
}

http_answer entra_stand_in::respond_with_error(int code, const recorded_request &request) {
    const std::lock_guard lock{state_->mutex};
    const auto found = judge(state_->directory, request, state_->clock.now());
    return aadsts_answer(code, {.tenant = found.tenant,
                                .client_id = found.client_id,
                                .scope = field(request, "scope"),
                                .grant_type = field(request, "grant_type"),
                                .issuer = found.issuer,
                                .subject = found.subject,
                                .audience = found.audience,
                                .parameter = found.parameter,
                                .correlation_id = request.header("client-request-id").value_or(""),
                                .now = state_->clock.now()});
}

} // namespace azure_wi::world
