#include "tests/world/bare_repository.hpp"

#include "tests/world/child_process.hpp"
#include "tests/world/git_environment.hpp"
#include "tests/world/guid.hpp"
#include "tests/world/temporary_directory.hpp"

#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>

namespace azure_wi::world {
namespace {

std::string data(const std::string &content) {
    return "data " + std::to_string(content.size()) + '\n' + content + '\n';
}

std::string fast_import_stream(const repository_contents &contents) {
    std::string stream;
    for (int i = 1; i <= contents.commits; ++i) {
        const auto number = std::to_string(i);
        const auto when = std::to_string(1767225600 + i) + " +0000"; // from 2026-01-01 on
        stream += "commit refs/heads/main\n";
        stream += "author A U Thor <author@example.com> " + when + '\n';
        stream += "committer A U Thor <author@example.com> " + when + '\n';
        stream += data("commit " + number);
        stream += "M 100644 inline file-" + number + ".txt\n" + data(random_text(contents.file_bytes) + '\n');
        if (i == contents.commits)
            for (const auto &[path, content] : contents.extra_files)
                stream += "M 100644 inline " + path + '\n' + data(content);
        stream += '\n';
    }
    return stream;
}

void run_git(const std::vector<std::string> &git_command, std::vector<std::string> arguments,
             const std::filesystem::path &directory, std::string input) {
    command what{.arguments = git_command,
                 .environment = git_environment(),
                 .input = std::move(input),
                 .directory = directory};
    what.arguments.insert(what.arguments.end(), arguments.begin(), arguments.end());
    const auto result = run(what);
    if (result.status != 0)
        throw std::runtime_error{"git " + arguments.front() + ": " + result.err};
}

void make_anew(const std::filesystem::path &where, const repository_contents &contents,
               const std::vector<std::string> &git_command) {
    std::filesystem::create_directories(where);
    run_git(git_command, {"init", "--quiet", "--bare", "--initial-branch=main", "--template=", "."}, where,
            {});
    if (contents.commits > 0)
        run_git(git_command, {"fast-import", "--quiet"}, where, fast_import_stream(contents));
    // One file instead of five `git config`.
    std::ofstream{where / "config", std::ios::app}
        << "[http]\n\treceivepack = true\n[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n"
           "[gc]\n\tauto = 0\n[receive]\n\tautogc = false\n";
}

// Worlds come by the hundred with the same plain repositories: those are copied from the first.
std::filesystem::path plain_template(const std::vector<std::string> &git_command) {
    static std::mutex mutex;
    static std::map<std::vector<std::string>, temporary_directory> templates;
    const std::lock_guard lock{mutex};
    const auto found = templates.find(git_command);
    if (found != templates.end())
        return found->second.path();
    const auto &made = templates.try_emplace(git_command, "azure-wi-template").first->second;
    make_anew(made.path(), {}, git_command);
    return made.path();
}

} // namespace

void make_bare_repository(const std::filesystem::path &where, const repository_contents &contents,
                          const std::vector<std::string> &git_command) {
    if (contents == repository_contents{}) {
        std::filesystem::create_directories(where.parent_path());
        std::filesystem::copy(plain_template(git_command), where, std::filesystem::copy_options::recursive);
        return;
    }
    make_anew(where, contents, git_command);
}

} // namespace azure_wi::world
