#include "token-cache/store/private_directory.hpp"

#include "token-cache/store/entry_names.hpp"

#include <cerrno>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace azure_wi {

namespace {

constexpr ::mode_t private_mode = 0700;

[[nodiscard]] opened_directory refuse(std::string why) {
    return {.fd = {}, .why = std::move(why)};
}

[[nodiscard]] bool is_private(const struct ::stat &found) {
    return (found.st_mode & 07777U & ~S_ISGID) == private_mode;
}

/// Whoever could read the directory could have planted or read what is in it.
void discard_records(int directory) {
    ::DIR *entries = ::fdopendir(::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (entries == nullptr)
        return;
    while (const ::dirent *entry =
               ::readdir(entries)) { // NOLINT(concurrency-mt-unsafe): the stream is this function's own
        if (is_record_name(entry->d_name))
            ::unlinkat(directory, entry->d_name, 0);
    }
    ::closedir(entries);
}

/// Through /proc and not by name: the name can be another directory by now.
[[nodiscard]] bool set_private_mode(int path_fd) {
    const std::string self = "/proc/self/fd/" + std::to_string(path_fd);
    return ::chmod(self.c_str(), private_mode) == 0;
}

} // namespace

opened_directory open_private_directory(int parent, const std::string &name, creation create, repair mend) {
    constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    bool made = false;
    unique_fd fd(::openat(parent, name.c_str(), flags));
    if (!fd && errno == ENOENT && create == creation::if_missing) {
        if (::mkdirat(parent, name.c_str(), private_mode) != 0 && errno != EEXIST)
            return refuse(std::string("cannot be made: ") + ::strerrordesc_np(errno));
        made = true;
        fd = unique_fd(::openat(parent, name.c_str(), flags));
    }
    if (!fd && errno == EACCES && (made || mend == repair::if_ours)) {
        // A umask of 0777 made it, or somebody took our own read permission away.
        const unique_fd path(::openat(parent, name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        struct ::stat found {};
        if (path && ::fstat(path.get(), &found) == 0 && found.st_uid == ::geteuid() &&
            set_private_mode(path.get()))
            fd = unique_fd(::openat(parent, name.c_str(), flags));
        else
            errno = EACCES;
    }
    if (!fd)
        return refuse(errno == ELOOP || errno == ENOTDIR ? "is a symbolic link or no directory"
                                                         : ::strerrordesc_np(errno));

    struct ::stat found {};
    if (::fstat(fd.get(), &found) != 0)
        return refuse(::strerrordesc_np(errno));
    if (found.st_uid != ::geteuid())
        return refuse("belongs to another user");
    if (is_private(found))
        return {.fd = std::move(fd), .why = {}};
    if (!made && mend == repair::never)
        return refuse("its mode is not 0700");

    discard_records(fd.get());
    if (::fchmod(fd.get(), private_mode) != 0 || ::fstat(fd.get(), &found) != 0 || !is_private(found))
        return refuse("its mode cannot be made 0700");
    return {.fd = std::move(fd), .why = made ? "" : "was too open: records discarded, mode set to 0700"};
}

} // namespace azure_wi
