#pragma once

#include "token-cache/unique_fd.hpp"

#include <string>

namespace azure_wi {

/// How a directory was opened, or why not.
struct opened_directory {
    unique_fd fd;    ///< none where it could not be used
    std::string why; ///< in words, for traces; empty where it was taken as it was
};

enum class repair {
    never,   ///< a directory the user gave: its mode is the user's business
    if_ours, ///< one that we made: the kubelet re-chmods volumes under fsGroup
};

enum class creation { never, if_missing };

/// Opens `name` below the directory `parent` (or AT_FDCWD and a path) if it is a directory, no symlink, owned
/// by the effective user, with mode 0700; a set-gid bit is tolerated. With repair::if_ours one of ours that
/// is too open is emptied of records, set to 0700 and checked again. All checks are made on the descriptor
/// that is returned, so it does not matter what is renamed under the name meanwhile.
[[nodiscard]] opened_directory open_private_directory(int parent, const std::string &name, creation create,
                                                      repair mend);

} // namespace azure_wi
