#pragma once

#include "tests/world/bare_repository.hpp"
#include "tests/world/lfs_store.hpp"
#include "tests/world/stand_in.hpp"
#include "tests/world/token_ledger.hpp"
#include "tests/world/world_clock.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace azure_wi::world {

enum class permission { read, contribute };
// What a bad token gets; none at all is always 401.
enum class refusal { unauthorised, sign_in_redirect, html_203 };

// dev.azure.com and *.visualstudio.com, with git's own http-backend behind the door.
class azure_repos_stand_in : public stand_in {
public:
    azure_repos_stand_in(std::filesystem::path root, token_ledger &ledger, const world_clock &clock);
    ~azure_repos_stand_in() override;

    void add_organisation(const std::string &org, const std::string &tenant);
    void add_member(const std::string &org, const std::string &client_id, permission what);
    void remove_member(const std::string &org, const std::string &client_id);
    std::filesystem::path create_repository(const std::string &org, const std::string &project,
                                            const std::string &repo,
                                            const repository_contents &contents = {});

    void revoke(const std::string &token);
    void revoke_all();
    void refuse_with(refusal how);
    void set_sign_in_page(const std::string &url); // of sign_in_redirect
    void set_chunked_answers(bool yes);
    // Whose http-backend runs, for example {"/opt/trixie/ld-linux", "/opt/trixie/git"}.
    void set_git_command(std::vector<std::string> command);
    // Where LFS actions point: empty is this host, else a base URL on another one.
    void set_lfs_actions(const std::string &base_url);
    lfs_store &lfs();

    std::uint64_t challenges() const; // 401s, redirects and 203s for lack of a good token
    std::uint64_t served() const;     // 2xx answers of a repository
    std::uint64_t served_with(const std::string &scheme) const; // "bearer" or "basic"

protected:
    http_answer respond(const recorded_request &request) override;
    http_answer respond_with_error(int code, const recorded_request &request) override;
    std::size_t recorded_body_limit() const override { return std::size_t{1} << 16; }

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace azure_wi::world
