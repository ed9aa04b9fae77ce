#include "token-cache/store/cache_directory.hpp"

#include "token-cache/store/private_directory.hpp"
#include "token-cache/store/work_tree.hpp"

#include <cerrno>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace azure_wi {

namespace {

constexpr int open_any = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

[[nodiscard]] std::string name_with_uid() {
    return "azure-wi-" + std::to_string(::geteuid());
}

void tell(trace &log, const std::string &path, std::string_view outcome) {
    if (log.wants(1))
        log.note(1, "cache directory " + path + ": " + std::string(outcome));
}

/// `fd` as the cache, or none with a note why not.
[[nodiscard]] std::optional<cache_directory> settle(opened_directory opened, const std::string &path,
                                                    trace &log) {
    if (!opened.fd) {
        tell(log, path, "not used, it " + opened.why);
        return std::nullopt;
    }
    tell(log, path, opened.why.empty() ? "used" : "used; it " + opened.why);
    return cache_directory{.fd = std::move(opened.fd), .path = path};
}

[[nodiscard]] std::optional<cache_directory> open_given(std::string path, trace &log) {
    // A trailing slash would make the kernel follow a symbolic link in spite of O_NOFOLLOW.
    while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();

    opened_directory given = open_private_directory(AT_FDCWD, path, creation::never, repair::never);
    if (given.fd)
        return settle(std::move(given), path, log);

    struct ::stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        if (errno == ENOENT && in_work_tree(path)) {
            tell(log, path, "not made below a git work tree, where it could be committed");
            return std::nullopt;
        }
        if (errno == ENOENT) {
            const std::size_t slash = path.rfind('/');
            for (std::size_t end = path.find('/', 1); end <= slash; end = path.find('/', end + 1))
                ::mkdir(path.substr(0, end).c_str(), 0700);
        }
        return settle(open_private_directory(AT_FDCWD, path, creation::if_missing, repair::never), path, log);
    }
    const unique_fd outer(::open(path.c_str(), open_any | O_NOFOLLOW));
    if (!outer) {
        tell(log, path, "not used, it " + given.why);
        return std::nullopt;
    }
    // A volume is root's. Whoever else owns it could have put it in our way, and could rename what is in it.
    struct ::stat owned {};
    if (::fstat(outer.get(), &owned) != 0 || (owned.st_uid != ::geteuid() && owned.st_uid != 0)) {
        tell(log, path, "not used, it belongs to another user");
        return std::nullopt;
    }
    const std::string inner = name_with_uid();
    const std::string inner_path = path + "/" + inner;
    if (::faccessat(outer.get(), inner.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0 && in_work_tree(inner_path)) {
        tell(log, inner_path, "not made below a git work tree, where it could be committed");
        return std::nullopt;
    }
    return settle(open_private_directory(outer.get(), inner, creation::if_missing, repair::if_ours),
                  inner_path, log);
}

/// `base`/`name`, where `base` is ours: with `sudo -E`, HOME is another user's, and root neither trusts nor
/// litters that.
[[nodiscard]] std::optional<cache_directory> open_in_own(const std::string &base, const std::string &name,
                                                         trace &log) {
    const std::string path = base + "/" + name;
    const unique_fd outer(::open(base.c_str(), open_any));
    struct ::stat found {};
    if (!outer || ::fstat(outer.get(), &found) != 0) {
        tell(log, path, "not used, " + base + " cannot be opened");
        return std::nullopt;
    }
    if (found.st_uid != ::geteuid()) {
        tell(log, path, "not used, " + base + " belongs to another user");
        return std::nullopt;
    }
    return settle(open_private_directory(outer.get(), name, creation::if_missing, repair::if_ours), path,
                  log);
}

/// The containers of a pod share /dev/shm; a token on a tmpfs never reaches a disk.
[[nodiscard]] std::optional<cache_directory> open_in_shared_memory(trace &log) {
    const std::string name = name_with_uid();
    const std::string path = "/dev/shm/" + name;
    const unique_fd outer(::open("/dev/shm", open_any));
    struct ::statfs kind {};
    if (!outer || ::fstatfs(outer.get(), &kind) != 0 || kind.f_type != TMPFS_MAGIC) {
        tell(log, path, "not used, /dev/shm is no tmpfs");
        return std::nullopt;
    }
    return settle(open_private_directory(outer.get(), name, creation::if_missing, repair::if_ours), path,
                  log);
}

[[nodiscard]] bool usable_base(const std::string &base) {
    return base.starts_with('/');
}

} // namespace

cache_directory open_cache_directory(const cache_places &places, trace &log) {
    if (places.given == "none") {
        tell(log, "none", "no cache, as the settings say");
        return {};
    }
    if (!places.given.empty())
        return open_given(places.given, log).value_or(cache_directory{});

    if (usable_base(places.runtime_dir)) {
        if (auto found = open_in_own(places.runtime_dir, "azure-wi", log))
            return std::move(*found);
    }
    if (auto found = open_in_shared_memory(log))
        return std::move(*found);
    if (usable_base(places.cache_home)) {
        if (auto found = open_in_own(places.cache_home, "azure-wi", log))
            return std::move(*found);
    }
    if (usable_base(places.home)) {
        const unique_fd home(::open(places.home.c_str(), open_any));
        struct ::stat found {};
        if (home && ::fstat(home.get(), &found) == 0 && found.st_uid == ::geteuid())
            ::mkdirat(home.get(), ".cache", 0700); // as the XDG base directory specification wants it
        if (auto directory = open_in_own(places.home + "/.cache", "azure-wi", log))
            return std::move(*directory);
    }
    tell(log, "none", "no place is fit for a cache");
    return {};
}

} // namespace azure_wi
