#include "token-cache/assertion/assertion_command.hpp"

#include "token-cache/assertion/assertion.hpp"
#include "token-cache/assertion/command_output.hpp"
#include "token-cache/assertion/split_command.hpp"
#include "token-cache/printable.hpp"
#include "token-cache/settings/setting_names.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace azure_wi {
namespace {

constexpr std::chrono::seconds longest_run{10};
constexpr std::size_t max_shown_program = 128;

} // namespace

assertion_command::assertion_command(std::string command, const clock &clock, trace &trace)
    : command_(std::move(command)), clock_(clock), trace_(trace) {}

result<assertion> assertion_command::read(instant deadline) {
    const auto arguments = split_command(command_);
    if (!arguments)
        return arguments.error();
    const std::string program = printable(arguments->front(), max_shown_program);
    const std::string setting_name = ", set by " + display_name(setting::token_command);
    if (trace_.wants(2))
        trace_.note(2, "running " + program + setting_name);

    const instant limit = std::min(deadline, clock_.now() + longest_run);
    auto output = command_output(*arguments, max_assertion_bytes, clock_, limit);
    if (!output) {
        auto why = output.error();
        why.about += setting_name;
        return why;
    }
    auto read = read_assertion(*std::move(output), clock_.wall_seconds());
    if (read)
        return read;
    auto why = read.error();
    why.about = "the output of " + program + setting_name;
    return why;
}

} // namespace azure_wi
