#include "token-cache/store/file_store.hpp"

#include "token-cache/random.hpp"
#include "token-cache/store/entry_names.hpp"
#include "token-cache/store/record.hpp"

#include <array>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace azure_wi {

namespace {

constexpr ::mode_t file_mode = 0600;

[[nodiscard]] bool is_our_file(int fd, struct ::stat &found) {
    return ::fstat(fd, &found) == 0 && S_ISREG(found.st_mode) && found.st_uid == ::geteuid() &&
           (found.st_mode & 07777U) == file_mode && found.st_nlink == 1;
}

/// 128 random bits in hex: with O_EXCL nobody can have put something there before.
[[nodiscard]] std::string temporary_name() {
    std::array<unsigned char, 16> random{};
    fill_random(random);
    std::string name = ".";
    for (const unsigned char byte : random) {
        name += "0123456789abcdef"[byte >> 4U];
        name += "0123456789abcdef"[byte & 0xfU];
    }
    return name.append(temporary_suffix);
}

[[nodiscard]] bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

std::optional<secret> file_store::load(const std::string &name) const {
    unique_fd file;
    do {
        file = unique_fd(::openat(directory_.fd.get(), name.c_str(),
                                  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    } while (!file && errno == EINTR);
    struct ::stat found {};
    if (!file || !is_our_file(file.get(), found) || found.st_size <= 0 ||
        found.st_size > static_cast<::off_t>(max_record_size))
        return std::nullopt;

    secret bytes(static_cast<std::size_t>(found.st_size));
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t count = ::read(file.get(), bytes.buffer().data() + have, bytes.size() - have);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return std::nullopt;
        have += static_cast<std::size_t>(count);
    }
    return bytes;
}

bool file_store::save(const std::string &name, const secret &bytes) {
    const std::string temporary = temporary_name();
    if (bytes.size() > max_record_size)
        return false;
    const int directory = directory_.fd.get();
    unique_fd file;
    do {
        file = unique_fd(::openat(directory, temporary.c_str(),
                                  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file_mode));
    } while (!file && errno == EINTR);
    if (!file)
        return false;
    // fchmod because the umask can have taken bits away; close is looked at because some file systems report
    // a full disk or quota only there.
    const bool written = ::fchmod(file.get(), file_mode) == 0 && write_all(file.get(), bytes.reveal()) &&
                         ::close(file.release()) == 0 &&
                         ::renameat(directory, temporary.c_str(), directory, name.c_str()) == 0;
    if (!written)
        ::unlinkat(directory, temporary.c_str(), 0);
    return written;
}

void file_store::remove(const std::string &name) {
    ::unlinkat(directory_.fd.get(), name.c_str(), 0);
}

std::unique_ptr<flight_lock> file_store::open_lock(const std::string &name) {
    unique_fd file;
    do {
        file =
            unique_fd(::openat(directory_.fd.get(), name.c_str(),
                               O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, file_mode));
    } while (!file && errno == EINTR);
    struct ::stat found {};
    if (!file || ::fstat(file.get(), &found) != 0 || !S_ISREG(found.st_mode) || found.st_uid != ::geteuid())
        return nullptr;
    if ((found.st_mode & 07777U) != file_mode)
        static_cast<void>(::fchmod(file.get(), file_mode));
    return std::make_unique<file_lock>(std::move(file), wait_);
}

} // namespace azure_wi
