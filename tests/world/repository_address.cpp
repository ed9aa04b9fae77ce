#include "tests/world/repository_address.hpp"

#include "tests/world/http_message.hpp"

#include <string_view>
#include <vector>

namespace azure_wi::world {
namespace {

constexpr std::string_view old_domain = ".visualstudio.com";

struct segment {
    std::string text;    // decoded
    std::size_t end = 0; // in the path
};

std::vector<segment> split(const std::string &path) {
    std::vector<segment> parts;
    std::size_t at = 1;
    while (at < path.size()) {
        const auto end = std::min(path.find('/', at), path.size());
        parts.push_back({percent_decode(std::string_view{path}.substr(at, end - at)), end});
        at = end + 1;
    }
    return parts;
}

bool safe(const std::string &name) {
    return !name.empty() && name != "." && name != "..";
}

} // namespace

std::string organisation_of(const std::string &host, const std::string &path) {
    if (host.ends_with(old_domain))
        return lower_case(host.substr(0, host.size() - old_domain.size()));
    const auto parts = split(path);
    return host == "dev.azure.com" && !parts.empty() ? lower_case(parts.front().text) : "";
}

std::optional<repository_address> parse_repository_address(const std::string &host, const std::string &path) {
    const auto parts = split(path);
    std::size_t next = 0;
    repository_address found;
    found.org = organisation_of(host, path);
    if (host == "dev.azure.com")
        next = 1;
    else if (!parts.empty() && equal_ignoring_case(parts[0].text, "DefaultCollection"))
        next = 1;
    if (!safe(found.org) || next >= parts.size())
        return std::nullopt;
    const bool without_project = parts[next].text == "_git";
    if (!without_project)
        found.project = parts[next++].text;
    if (next >= parts.size() || parts[next++].text != "_git")
        return std::nullopt;
    // Views that leave objects out; the repository is the same.
    if (next < parts.size() && (parts[next].text == "_full" || parts[next].text == "_optimized"))
        ++next;
    if (next >= parts.size())
        return std::nullopt;
    found.repo = parts[next].text;
    found.base = path.substr(0, parts[next].end);
    found.service = path.substr(parts[next].end);
    // git-lfs adds ".git" to what it appends; git's own requests never have it.
    if (found.service.starts_with("/info/lfs/") && found.repo.ends_with(".git"))
        found.repo.resize(found.repo.size() - 4);
    if (without_project)
        found.project = found.repo;
    return safe(found.project) && safe(found.repo) ? std::optional{found} : std::nullopt;
}

} // namespace azure_wi::world
