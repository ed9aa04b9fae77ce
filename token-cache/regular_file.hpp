#pragma once

#include "token-cache/secret.hpp"

#include <cstddef>
#include <string>

namespace azure_wi {

/// How the reading of a file ended.
struct file_content {
    enum class ending { whole, not_a_file, too_large, failed };

    ending how = ending::failed;
    secret bytes;  ///< meaningful only where `whole`
    int error = 0; ///< errno where `failed`, else 0
};

/// Reads a regular file of at most `limit` bytes, through one descriptor: a swap of kubelet's `..data` link
/// meanwhile gives the old file or the new one, never parts of both. Symbolic links are followed. Never
/// blocks on a FIFO or a terminal, reads at most `limit` + 1 bytes of whatever size the file has.
/// May be called from any thread.
[[nodiscard]] file_content read_regular_file(const std::string &path, std::size_t limit);

} // namespace azure_wi
