#include "tests/world/projected_token.hpp"

#include <fstream>
#include <stdexcept>

namespace azure_wi::world {

projected_token::projected_token(std::filesystem::path directory, const std::string &content)
    : directory_{std::move(directory)} {
    std::filesystem::create_directories(directory_);
    rotate(content);
    std::filesystem::create_symlink("..data/token", file());
}

void projected_token::rotate(const std::string &content) {
    const std::string name = "..2026_01_01_00_00_00." + std::to_string(1000000000U + ++generation_);
    std::filesystem::create_directory(directory_ / name);
    const auto fresh = directory_ / name / "token";
    std::ofstream stream{fresh, std::ios::binary};
    stream << content;
    stream.close();
    if (!stream)
        throw std::runtime_error{"cannot write " + fresh.string()};
    std::filesystem::permissions(fresh, std::filesystem::perms{0644});

    const auto current = directory_ / "..data";
    const auto old = std::filesystem::is_symlink(current) ? std::filesystem::read_symlink(current)
                                                          : std::filesystem::path{};
    std::filesystem::create_symlink(name, directory_ / "..data_tmp");
    std::filesystem::rename(directory_ / "..data_tmp", current);
    if (!old.empty())
        std::filesystem::remove_all(directory_ / old);
}

} // namespace azure_wi::world
