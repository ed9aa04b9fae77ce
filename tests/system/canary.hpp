#pragma once

#include "tests/system/fixture.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace azure_wi::tests {

// Looks for secrets where they do not belong: every 16 bytes of each secret as it is, in base64 (at each of
// the three alignments, both alphabets), in hexadecimal and percent-encoded.
class canary {
public:
    static constexpr std::size_t window = 16;

    void add(const std::string &secret);

    // What was found, or empty.
    std::string find_in(std::string_view text) const;
    // Every file below, names too; `skip` and what is below it are left out.
    std::string find_below(const std::filesystem::path &directory,
                           const std::vector<std::filesystem::path> &skip = {}) const;

private:
    void add_windows(const std::string &encoded);

    std::unordered_set<std::string_view> windows_;
    std::vector<std::unique_ptr<std::string>> texts_; // what the views point into
};

// Every secret of the world so far: both workloads' assertions, and the tokens that Entra issued.
canary canary_of(fixture &it);

} // namespace azure_wi::tests
