#include "tests/world/git_backend.hpp"

#include "tests/world/child_process.hpp"
#include "tests/world/git_environment.hpp"

#include <charconv>

namespace azure_wi::world {
namespace {

std::vector<std::string> cgi_environment(const std::filesystem::path &repository,
                                         const std::string &service_path, const recorded_request &request,
                                         const std::string &remote_user) {
    auto environment = git_environment();
    const auto set = [&](const std::string &name, const std::string &value) {
        environment.push_back(name + '=' + value);
    };
    set("GIT_PROJECT_ROOT", repository.string());
    set("GIT_HTTP_EXPORT_ALL", "1");
    set("PATH_INFO", service_path);
    set("REQUEST_METHOD", request.method);
    set("QUERY_STRING", request.query());
    set("CONTENT_TYPE", request.header("content-type").value_or(""));
    set("CONTENT_LENGTH", std::to_string(request.body.size()));
    set("REMOTE_ADDR", "127.0.0.1");
    if (!remote_user.empty())
        set("REMOTE_USER", remote_user);
    if (const auto coding = request.header("content-encoding"))
        set("HTTP_CONTENT_ENCODING", *coding);
    if (const auto protocol = request.header("git-protocol"))
        set("GIT_PROTOCOL", *protocol);
    return environment;
}

http_answer parse_cgi(std::string output) {
    http_answer answer;
    std::size_t at = 0;
    while (true) {
        const auto end = output.find('\n', at);
        if (end == std::string::npos)
            return http_answer{.status = 502, .body = "http-backend gave no header"};
        std::string line = output.substr(at, end - at);
        at = end + 1;
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.empty())
            break;
        const auto colon = line.find(": ");
        if (colon == std::string::npos)
            continue;
        if (equal_ignoring_case(line.substr(0, colon), "status"))
            std::from_chars(line.data() + colon + 2, line.data() + line.size(), answer.status);
        else
            answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    answer.body = output.substr(at);
    return answer;
}

} // namespace

http_answer run_http_backend(const std::vector<std::string> &git_command,
                             const std::filesystem::path &repository, const std::string &service_path,
                             const recorded_request &request, const std::string &remote_user) {
    command backend{.arguments = git_command,
                    .environment = cgi_environment(repository, service_path, request, remote_user),
                    .input = request.body,
                    .directory = repository};
    backend.arguments.emplace_back("http-backend");
    auto result = run(backend);
    auto answer = parse_cgi(std::move(result.out));
    if (answer.status == 502)
        answer.body += ": " + result.err;
    return answer;
}

} // namespace azure_wi::world
