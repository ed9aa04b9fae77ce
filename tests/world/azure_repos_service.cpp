#include "tests/world/azure_repos_service.hpp"

#include "tests/world/git_backend.hpp"

#include <boost/json.hpp>

namespace azure_wi::world {
namespace {

// Azure's pages carry the number of the fault in their text, and git shows it where it is plain text.
http_answer page(int status, const std::string &text) {
    return http_answer{
        .status = status, .headers = {{"Content-Type", "text/plain; charset=utf-8"}}, .body = text};
}

http_answer challenge(const organisation &org, const std::string &text) {
    auto answer = page(401, text);
    const std::string tenant = org.tenant.empty() ? "00000000-0000-0000-0000-000000000000" : org.tenant;
    // Separate lines, as the service sends them: a client that reads only one must find them all.
    answer.headers.emplace_back("WWW-Authenticate",
                                "Bearer authorization_uri=https://login.microsoftonline.com/" + tenant);
    answer.headers.emplace_back("WWW-Authenticate", "Basic realm=\"https://tfsprodweu3.visualstudio.com/\"");
    answer.headers.emplace_back("WWW-Authenticate", "TFS-Federated");
    answer.headers.emplace_back("X-VSS-ResourceTenant", tenant);
    return answer;
}

http_answer not_a_member(const organisation &org, const std::string &who) {
    return challenge(org, "TF400813: The user '" + who + "' is not authorized to access this resource.");
}

http_answer no_such_repository(const std::string &name) {
    return page(404,
                "TF401019: The Git repository with name or identifier " + name +
                    " does not exist or you do not have permissions for the operation you are attempting.");
}

http_answer may_not_push() {
    return page(403, "TF401027: You need the Git 'GenericContribute' permission to perform this action.");
}

http_answer connection_data(const issued_token &who) {
    const boost::json::object user{
        {"id", who.object_id},
        {"subjectDescriptor", "aadsp." + who.object_id},
        {"providerDisplayName", "build"},
        {"isActive", true},
        {"properties", {{"Account", {{"$type", "System.String"}, {"$value", who.object_id}}}}}};
    const boost::json::object body{{"authenticatedUser", user}, {"authorizedUser", user}};
    return http_answer{.headers = {{"Content-Type", "application/json; charset=utf-8; api-version=7.1"}},
                       .body = boost::json::serialize(body)};
}

bool wants_to_write(const recorded_request &request, const repository_address &address) {
    return address.service == "/git-receive-pack" || request.query() == "service=git-receive-pack" ||
           (address.service.starts_with("/info/lfs/objects/") && request.method == "PUT");
}

} // namespace

std::filesystem::path repository_directory(const std::filesystem::path &root, const std::string &org,
                                           const std::string &project, const std::string &repo) {
    return root / percent_encode(org) / percent_encode(project) / (percent_encode(repo) + ".git");
}

http_answer team_foundation_error(int code, const organisation &org) {
    switch (code) {
    case 400813:
        return not_a_member(org, "aaaaaaaa-0000-4000-8000-000000000000");
    case 401019:
        return no_such_repository("repo");
    case 401027:
        return may_not_push();
    case 400733: {
        auto answer =
            page(429, "TF400733: The request has been canceled: Request was blocked due to exceeding usage "
                      "of resource 'Concurrency' in namespace 'User'.");
        answer.headers.emplace_back("Retry-After", "5");
        return answer;
    }
    case 401444:
        return challenge(org, "TF401444: Please sign-in at least once in a web browser to enable access.");
    default:
        // Plain statuses are wanted more often than numbers nobody has seen.
        return page(code >= 100 && code <= 999 ? code : 500,
                    "TF" + std::to_string(code) + ": The request failed.");
    }
}

std::optional<issued_token> azure_repos_service::accepted_token(const recorded_request &request) const {
    const auto scheme = request.authorization_scheme();
    const bool known_scheme = scheme == "bearer" || (scheme == "basic" && !request.presented_user().empty());
    // Two Authorization lines are what a stale extraHeader beside a helper makes; the service refuses them.
    if (!known_scheme || request.header_count("authorization") != 1)
        return std::nullopt;
    const auto found = ledger_.find(request.presented_token());
    return found && !found->revoked && found->expires_at > now_ ? found : std::nullopt;
}

served_answer azure_repos_service::refuse_bad_token(const organisation &org) const {
    switch (settings_.manner) {
    case refusal::unauthorised:
        break;
    case refusal::sign_in_redirect:
        return {{.status = 302, .headers = {{"Location", settings_.sign_in_page}}}, true};
    case refusal::html_203:
        return {{.status = 203,
                 .headers = {{"Content-Type", "text/html; charset=utf-8"}},
                 .body = "<!DOCTYPE html><html><title>Azure DevOps Services | Sign In</title></html>"},
                true};
    }
    return {challenge(org, "Access Denied: the token is expired, revoked or unknown."), true};
}

http_answer azure_repos_service::serve_lfs(const recorded_request &request, const repository_address &address,
                                           permission allowed) {
    constexpr std::string_view prefix = "/info/lfs/objects/";
    if (!address.service.starts_with(prefix))
        return page(404, "no such LFS service"); // locks: git-lfs goes on without
    const std::string name = address.service.substr(prefix.size());
    if (name != "batch")
        return lfs_.transfer(request, name);
    if (allowed == permission::read && request.body.find("\"upload\"") != std::string::npos)
        return may_not_push();
    const std::string own =
        "https://" + request.header("host").value_or("") + address.base + "/info/lfs/objects";
    return lfs_.batch(request, settings_.lfs_base.empty() ? own : settings_.lfs_base);
}

http_answer azure_repos_service::serve_repository(const recorded_request &request,
                                                  const repository_address &address, const issued_token &who,
                                                  permission allowed) {
    const auto repository = repository_directory(settings_.root, address.org, address.project, address.repo);
    if (!std::filesystem::exists(repository))
        return no_such_repository(address.repo);
    if (allowed == permission::read && wants_to_write(request, address))
        return may_not_push();
    if (address.service.starts_with("/info/lfs/"))
        return serve_lfs(request, address, allowed);
    auto answer =
        run_http_backend(settings_.git_command, repository, address.service, request, who.object_id);
    answer.chunked = settings_.chunked;
    return answer;
}

served_answer azure_repos_service::answer(const recorded_request &request) {
    const std::string name = organisation_of(request.host(), request.path());
    const auto org = settings_.organisations.find(name);
    if (org == settings_.organisations.end())
        return {page(404, "The organisation " + name + " does not exist.")};
    if (request.header_count("authorization") == 0)
        return {challenge(org->second, "TF400813: Resource not available for anonymous access."), true};
    const auto token = accepted_token(request);
    if (!token)
        return refuse_bad_token(org->second);
    const auto member = org->second.members.find(token->client_id);
    if (token->tenant != org->second.tenant || member == org->second.members.end())
        return {not_a_member(org->second, token->object_id)};
    if (request.path().ends_with("/_apis/connectionData"))
        return {connection_data(*token)};
    const auto address = parse_repository_address(request.host(), request.path());
    if (!address)
        return {page(404, "The resource cannot be found.")};
    return {serve_repository(request, *address, *token, member->second)};
}

} // namespace azure_wi::world
