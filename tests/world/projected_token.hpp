#pragma once

#include <filesystem>
#include <string>

namespace azure_wi::world {

// A projected service-account token as kubelet writes it: token -> ..data/token, ..data -> ..timestamp.
class projected_token {
public:
    explicit projected_token(std::filesystem::path directory, const std::string &content = {});

    std::filesystem::path file() const { return directory_ / "token"; }
    // Swaps ..data in one rename, then removes the old one: readers see the old or the new token, never half.
    void rotate(const std::string &content);

private:
    std::filesystem::path directory_;
    unsigned generation_ = 0;
};

} // namespace azure_wi::world
