#include "helper/hand_over.hpp"

#include <array>
#include <string>

#include <unistd.h>

namespace azure_wi::helper {

namespace {

constexpr const char *online_name = "git-credential-azure-wi--online";

[[nodiscard]] std::string own_directory() {
    std::array<char, 4096> path{};
    const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0 || static_cast<std::size_t>(size) == path.size())
        return {};
    const std::string own(path.data(), static_cast<std::size_t>(size));
    return own.substr(0, own.rfind('/') + 1); // with the slash: an image may keep both in /
}

} // namespace

void hand_over(const std::vector<char *> &options, const std::vector<std::string> &words) {
    std::string name = online_name;
    std::vector<std::string> own_words = words;
    std::vector<char *> argv{name.data()};
    argv.insert(argv.end(), options.begin(), options.end());
    for (std::string &word : own_words)
        argv.push_back(word.data());
    argv.push_back(nullptr);

    if (const std::string own = own_directory(); !own.empty()) {
        ::execv((own + "../libexec/" + online_name).c_str(), argv.data());
        ::execv((own + online_name).c_str(), argv.data());
    }
    ::execv((std::string(AZURE_WI_LIBEXECDIR "/") + online_name).c_str(), argv.data());
}

} // namespace azure_wi::helper
