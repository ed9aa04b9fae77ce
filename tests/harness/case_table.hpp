#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace azure_wi::tests {

// A row of tests/cases/*.tsv: its columns by the names in the first line, unescaped.
struct case_row {
    std::map<std::string, std::string> columns;

    const std::string &operator[](const std::string &column) const { return columns.at(column); }

    // What a row needs: `{cfg allow=URL}`, `{op store}`, `{env NAME=value}` in any column; empty where it
    // stands in none.
    std::string directive(std::string_view kind) const;
};

// Escapes are those of C (\n \r \t \0 \\ \xNN) and `@{N:text}`: text N times.
std::vector<case_row> read_cases(const std::filesystem::path &table);
std::string unescape(std::string_view text);

} // namespace azure_wi::tests
