#include "helper/request_reader.hpp"

#include "token-cache/clock.hpp"

#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace azure_wi::helper {

namespace {

/// Follows the lines of a request as it arrives.
class line_watch {
public:
    /// True once the block has ended.
    [[nodiscard]] bool ended(std::string_view all) {
        while (next_ < all.size()) {
            const std::size_t end = all.find('\n', next_);
            line_ = all.substr(next_).substr(0, end - next_).size();
            if (end == std::string_view::npos)
                return false;
            if (end == next_)
                return true;
            next_ = end + 1;
            line_ = 0;
        }
        return false;
    }

    [[nodiscard]] bool line_too_long() const { return line_ >= max_line_size; }

private:
    std::size_t next_ = 0; ///< where the line begins that is not whole yet
    std::size_t line_ = 0; ///< how much of it is there
};

} // namespace

std::variant<secret, request_fault> read_stdin() {
    const system_clock clock;
    const instant deadline = clock.now() + request_deadline;
    secret bytes(std::size_t{4096});
    std::size_t have = 0;
    line_watch lines;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock.now());
        ::pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
        const int ready = left.count() > 0 ? ::poll(&input, 1, static_cast<int>(left.count())) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready == 0)
            return request_fault::too_slow;
        if (have == bytes.size()) {
            secret larger(std::min(4 * bytes.size(), max_request_size + 1));
            std::ranges::copy(bytes.reveal(), larger.buffer().begin());
            bytes = std::move(larger);
        }
        const ssize_t count = ::read(STDIN_FILENO, bytes.buffer().data() + have, bytes.size() - have);
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (count < 0)
            return request_fault::unreadable;
        have += static_cast<std::size_t>(count);
        const bool ended = count == 0 || lines.ended(bytes.reveal().substr(0, have));
        if (have > max_request_size)
            return request_fault::too_large;
        if (lines.line_too_long())
            return request_fault::line_too_long;
        if (ended) {
            bytes.truncate(have);
            return bytes;
        }
    }
}

} // namespace azure_wi::helper
