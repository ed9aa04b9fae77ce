#include "token-cache/regular_file.hpp"

#include "token-cache/unique_fd.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace azure_wi {
namespace {

using ending = file_content::ending;

file_content failed(int error) {
    return {.how = ending::failed, .bytes = {}, .error = error};
}

int open_without_waiting(const std::string &path) {
    for (;;) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        if (fd >= 0 || errno != EINTR)
            return fd;
    }
}

file_content read_open_file(int fd, std::size_t limit) {
    struct ::stat status {};
    if (::fstat(fd, &status) != 0)
        return failed(errno);
    if (!S_ISREG(status.st_mode))
        return {.how = ending::not_a_file, .bytes = {}};

    // The size is a guess only: the file can grow, and files of procfs say 0.
    const auto guess = static_cast<std::size_t>(std::max<::off_t>(status.st_size, 0));
    secret bytes(std::min(std::max<std::size_t>(guess, 4096), limit) + 1);
    std::size_t filled = 0;
    for (;;) {
        const auto room = bytes.buffer().subspan(filled);
        const ssize_t got = ::read(fd, room.data(), room.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed(errno);
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
        if (filled > limit)
            return {.how = ending::too_large, .bytes = {}};
        if (filled == bytes.size()) {
            secret larger(limit + 1);
            std::ranges::copy(bytes.reveal(), larger.buffer().begin());
            bytes = std::move(larger);
        }
    }
    bytes.truncate(filled);
    return {.how = ending::whole, .bytes = std::move(bytes)};
}

} // namespace

file_content read_regular_file(const std::string &path, std::size_t limit) {
    const unique_fd file(open_without_waiting(path));
    if (!file && errno == ENXIO) // a socket, or a device without a driver
        return {.how = ending::not_a_file, .bytes = {}};
    if (!file)
        return failed(errno);
    return read_open_file(file.get(), limit);
}

} // namespace azure_wi
