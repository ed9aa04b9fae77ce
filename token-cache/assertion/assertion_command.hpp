#pragma once

#include "token-cache/assertion/assertion_source.hpp"
#include "token-cache/clock.hpp"
#include "token-cache/trace.hpp"

#include <string>

namespace azure_wi {

/// A program that prints the assertion: for GitHub Actions, Azure Pipelines, SPIFFE, `kubectl create token`.
/// Run anew at each read, for at most 10 s and never beyond the deadline; see split_command() for how its
/// words are found and command_output() for what it inherits.
///
/// Fails with invalid_setting, assertion_command_failed, assertion_empty, _malformed or _expired;
/// failure::about is the program's name, never one of its arguments (which can be secrets) nor its output.
/// `clock` and `trace` are referred to, and must outlive this object.
class assertion_command final : public assertion_source {
public:
    assertion_command(std::string command, const clock &clock, trace &trace);

    result<assertion> read(instant deadline) override;

private:
    std::string command_;
    const clock &clock_;
    trace &trace_;
};

} // namespace azure_wi
