#pragma once

#include <string_view>

namespace azure_wi {

/// Where the library tells what it does. It writes to no stream itself: programs log, libraries tell.
/// No secret and no server text is ever passed. Thread rules: note() may be called from any thread.
class trace {
public:
    virtual ~trace() = default;

    /// True where a note of this level would be kept: 1 for decisions, 2 for detail. Ask before building one.
    [[nodiscard]] virtual bool wants(int level) const noexcept = 0;
    virtual void note(int level, std::string_view text) = 0;
};

/// Keeps nothing.
class silent_trace final : public trace {
public:
    [[nodiscard]] bool wants(int) const noexcept override { return false; }
    void note(int, std::string_view) override {}
};

} // namespace azure_wi
