#pragma once

#include "tests/world/azure_repos.hpp"
#include "tests/world/repository_address.hpp"

#include <map>

namespace azure_wi::world {

struct organisation {
    std::string tenant;
    std::map<std::string, permission> members; // by client id, lower case
};

struct azure_repos_settings {
    std::filesystem::path root;
    std::map<std::string, organisation> organisations; // lower case
    refusal manner = refusal::unauthorised;
    std::string sign_in_page = "https://app.vssps.visualstudio.com/_signin";
    std::vector<std::string> git_command = {"git"};
    std::string lfs_base;
    bool chunked = false;
};

std::filesystem::path repository_directory(const std::filesystem::path &root, const std::string &org,
                                           const std::string &project, const std::string &repo);

struct served_answer {
    http_answer answer;
    bool challenged = false; // refused for lack of a good token
};

// Answers one request; made anew for each from a copy of the settings, so nothing is locked while git runs.
class azure_repos_service {
public:
    azure_repos_service(azure_repos_settings settings, const token_ledger &ledger, lfs_store &lfs,
                        std::chrono::sys_seconds now)
        : settings_{std::move(settings)}, ledger_{ledger}, lfs_{lfs}, now_{now} {}

    served_answer answer(const recorded_request &request);

private:
    std::optional<issued_token> accepted_token(const recorded_request &request) const;
    served_answer refuse_bad_token(const organisation &org) const;
    http_answer serve_repository(const recorded_request &request, const repository_address &address,
                                 const issued_token &who, permission allowed);
    http_answer serve_lfs(const recorded_request &request, const repository_address &address,
                          permission allowed);

    azure_repos_settings settings_;
    const token_ledger &ledger_;
    lfs_store &lfs_;
    std::chrono::sys_seconds now_;
};

// A fault by its TF number, as staged by reply::error().
http_answer team_foundation_error(int code, const organisation &org);

} // namespace azure_wi::world
