#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace azure_wi::tests {

// docs/cache-format.md: what the records of either kind begin with.
inline constexpr std::string_view token_magic = "azwi-tok";
inline constexpr std::string_view refusal_magic = "azwi-ref";

inline std::optional<std::string> find_record(const std::filesystem::path &cache, std::string_view magic) {
    for (const auto &entry : std::filesystem::recursive_directory_iterator(cache)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        std::string content{std::istreambuf_iterator<char>(stream), {}};
        if (content.starts_with(magic))
            return content;
    }
    return std::nullopt;
}

// A record's number of eight bytes, little-endian.
inline std::int64_t number_at(const std::string &record, std::size_t offset) {
    std::uint64_t number = 0;
    for (std::size_t i = 8; i-- > 0;)
        number = number << 8U | static_cast<unsigned char>(record.at(offset + i));
    return static_cast<std::int64_t>(number);
}

// For how many seconds the cache remembers a refusal; 0 where it remembers none.
inline std::int64_t remembered_for(const std::filesystem::path &cache) {
    const auto record = find_record(cache, refusal_magic);
    return record ? number_at(*record, 44) - number_at(*record, 36) : 0;
}

} // namespace azure_wi::tests
