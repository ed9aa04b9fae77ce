#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace azure_wi::world {

// A fresh directory under TMPDIR, removed at the end. Others may look in: tests play pods that run as another
// user.
class temporary_directory {
public:
    explicit temporary_directory(const std::string &prefix) {
        std::string name = (std::filesystem::temp_directory_path() / (prefix + "-XXXXXX")).string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::system_error{errno, std::generic_category(), name};
        path_ = name;
        std::filesystem::permissions(path_, std::filesystem::perms{0755});
    }
    ~temporary_directory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_directory(const temporary_directory &) = delete;
    temporary_directory &operator=(const temporary_directory &) = delete;

    const std::filesystem::path &path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace azure_wi::world
