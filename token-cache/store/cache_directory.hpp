#pragma once

#include "token-cache/trace.hpp"
#include "token-cache/unique_fd.hpp"

#include <string>

namespace azure_wi {

/// What the search for a cache directory looks at. Empty: not set.
struct cache_places {
    std::string given;       ///< the setting: it alone, or "none"
    std::string runtime_dir; ///< XDG_RUNTIME_DIR
    std::string cache_home;  ///< XDG_CACHE_HOME
    std::string home;        ///< HOME
};

/// A directory that only we can read or write, or none.
struct cache_directory {
    unique_fd fd;
    std::string path; ///< for messages alone: every access goes through `fd`
};

/// A directory the user gave serves itself where it is ours and 0700; else a private `azure-wi-<euid>` is
/// made in it, for a Kubernetes emptyDir is 0777 and root's. Without one, the first that passes of
/// `$XDG_RUNTIME_DIR/azure-wi`, `/dev/shm/azure-wi-<euid>` on a tmpfs, `$XDG_CACHE_HOME/azure-wi`,
/// `$HOME/.cache/azure-wi`: memory before disk. Never /tmp. Tells `log` at level 1 which was taken, and why
/// not the others.
[[nodiscard]] cache_directory open_cache_directory(const cache_places &places, trace &log);

} // namespace azure_wi
