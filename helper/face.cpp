// git-credential-azure-wi: the face. Static, and small: it answers from the cache in about the time that an
// empty program takes, and hands everything else to git-credential-azure-wi--online.

#include "helper/exit_status.hpp"
#include "helper/first_acts.hpp"
#include "helper/output.hpp"
#include "helper/verbs.hpp"

#include <string_view>

#include <unistd.h>

namespace azure_wi::helper {

namespace {

[[nodiscard]] int run(int argc, char **argv) {
    first_acts();
    const command_line line = read_command_line(argc, argv);
    if (!line.error.empty() || (line.verb.empty() && argc > 0)) {
        write_line(line.error.empty() ? "no verb given" : line.error);
        write_line("hint: git credential-azure-wi help");
        return exit_usage;
    }
    if (line.verb == "get")
        return get(line);
    if (line.verb == "erase")
        return erase(line);
    if (line.verb == "capability")
        return capability();
    if (line.verb == "help")
        return help();
    if (line.verb == "version")
        return version();
    // gitcredentials(7): a helper ignores what it does not know, for git may learn new verbs. A person at a
    // terminal has mistyped.
    if (::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1)
        write_line("unknown verb, ignored as git asks of helpers; see git credential-azure-wi help");
    return exit_ok;
}

} // namespace

} // namespace azure_wi::helper

int main(int argc, char **argv) {
    // git calls this after every success, and there is nothing that we would keep: it ends before any work.
    if (argc > 1 && std::string_view(argv[argc - 1]) == "store")
        return azure_wi::helper::exit_ok;
    try {
        return azure_wi::helper::run(argc, argv);
    } catch (...) {
        azure_wi::helper::write_out_of_memory();
        return azure_wi::helper::exit_failure;
    }
}
