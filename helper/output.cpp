#include "helper/output.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace azure_wi::helper {

namespace {

[[nodiscard]] bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            ::pollfd ready{.fd = fd, .events = POLLOUT, .revents = 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

[[nodiscard]] std::string make_line(std::string_view text) {
    std::string line(line_prefix);
    line += text;
    std::ranges::replace_if(line, is_control, '?');
    line += '\n';
    return line;
}

} // namespace

bool write_answer(std::string_view bytes) {
    return write_all(STDOUT_FILENO, bytes);
}

void write_line(std::string_view text) {
    static_cast<void>(write_all(STDERR_FILENO, make_line(text)));
}

void write_explanation(const explanation &what) {
    write_line(what.error);
    if (!what.hint.empty())
        write_line("hint: " + what.hint);
}

void write_out_of_memory() noexcept {
    constexpr std::string_view line = "git-credential-azure-wi: out of memory\n";
    static_cast<void>(::write(STDERR_FILENO, line.data(), line.size()) == 0);
}

line_trace::line_trace(int level, const std::string &file) : level_(level) {
    if (!file.empty())
        file_ = unique_fd(
            ::open(file.c_str(),
                   O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0600));
}

void line_trace::note(int level, std::string_view text) {
    if (!wants(level))
        return;
    const std::string line = make_line("trace: " + std::string(text));
    // Not write_all: a FIFO that nobody empties must not hold us up.
    static_cast<void>(file_ ? ::write(file_.get(), line.data(), line.size()) >= 0
                            : write_all(STDERR_FILENO, line));
}

} // namespace azure_wi::helper
