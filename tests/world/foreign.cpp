#include "tests/world/foreign.hpp"

#include "tests/world/git_backend.hpp"

#include <array>
#include <mutex>

namespace azure_wi::world {
namespace {

constexpr std::string_view objects_prefix = "/lfs/";

} // namespace

struct foreign_hosts::state {
    std::filesystem::path root;
    mutable std::mutex mutex;
    std::vector<std::string> git_command = {"git"};
    bool challenging = false;
    lfs_store *objects = nullptr;
    std::vector<recorded_request> leaks;

    http_answer serve_git(const recorded_request &request, const std::vector<std::string> &git) const {
        const std::string path = percent_decode(request.path());
        constexpr std::array<std::string_view, 3> services{"/info/refs", "/git-upload-pack",
                                                           "/git-receive-pack"};
        for (const auto service : services) {
            if (!path.ends_with(service))
                continue;
            const auto repository = root / percent_encode(path.substr(1, path.size() - service.size() - 1));
            if (std::filesystem::exists(repository))
                return run_http_backend(git, repository, std::string{service}, request, "");
        }
        return http_answer{.status = 404};
    }
};

foreign_hosts::foreign_hosts(std::filesystem::path root) : state_{std::make_unique<state>()} {
    state_->root = std::move(root);
}
foreign_hosts::~foreign_hosts() = default;

std::filesystem::path foreign_hosts::create_repository(const std::string &path,
                                                       const repository_contents &contents) {
    const auto where = state_->root / percent_encode(path); // one flat directory: the slashes are encoded
    make_bare_repository(where, contents);
    return where;
}

void foreign_hosts::set_git_command(std::vector<std::string> command) {
    const std::lock_guard lock{state_->mutex};
    state_->git_command = std::move(command);
}

void foreign_hosts::challenge(bool yes) {
    const std::lock_guard lock{state_->mutex};
    state_->challenging = yes;
}

void foreign_hosts::serve_objects(lfs_store &store) {
    const std::lock_guard lock{state_->mutex};
    state_->objects = &store;
}

std::uint64_t foreign_hosts::leaked_authorization() const {
    return leaks().size();
}

std::vector<recorded_request> foreign_hosts::leaks() const {
    const std::lock_guard lock{state_->mutex};
    return state_->leaks;
}

void foreign_hosts::observe(const recorded_request &request) {
    const std::lock_guard lock{state_->mutex};
    if (request.header_count("authorization") > 0)
        state_->leaks.push_back(request);
}

http_answer foreign_hosts::respond(const recorded_request &request) {
    std::unique_lock lock{state_->mutex};
    if (state_->challenging && request.header_count("authorization") == 0)
        return http_answer{.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=\"foreign\""}}};
    const auto git = state_->git_command;
    lfs_store *objects = state_->objects;
    lock.unlock();
    if (objects != nullptr && request.path().starts_with(objects_prefix))
        return objects->transfer(request, request.path().substr(objects_prefix.size()));
    return state_->serve_git(request, git);
}

} // namespace azure_wi::world
