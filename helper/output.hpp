#pragma once

#include "token-cache/explain.hpp"
#include "token-cache/trace.hpp"
#include "token-cache/unique_fd.hpp"

#include <string>
#include <string_view>

namespace azure_wi::helper {

/// Every line on stderr begins so: git mixes the lines of several programs.
inline constexpr std::string_view line_prefix = "git-credential-azure-wi: ";

/// Writes `bytes` to stdout, by one write(2) unless the reader takes less: git uses whatever part of an
/// answer it got, whatever the exit status says. False where the reader is gone.
[[nodiscard]] bool write_answer(std::string_view bytes);

/// One line on stderr, prefixed; control bytes in it are replaced.
void write_line(std::string_view text);

/// The two lines of a failure.
void write_explanation(const explanation &what);

/// The line for a program that has no memory left; it needs none itself.
void write_out_of_memory() noexcept;

/// Where -v and AZURE_WI_TRACE send what was done.
class line_trace final : public trace {
public:
    /// `level` 0 to 2; `file` an absolute path that is appended to in place of stderr, or empty.
    line_trace(int level, const std::string &file);

    [[nodiscard]] bool wants(int level) const noexcept override { return level <= level_; }
    void note(int level, std::string_view text) override;

private:
    int level_;
    unique_fd file_;
};

} // namespace azure_wi::helper
