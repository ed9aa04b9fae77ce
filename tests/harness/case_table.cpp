#include "tests/harness/case_table.hpp"

#include <fstream>
#include <stdexcept>

namespace azure_wi::tests {

namespace {

std::vector<std::string_view> split(std::string_view line, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = line.find(separator);
        parts.push_back(line.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        line.remove_prefix(end + 1);
    }
}

// Takes the escape at the front of `text`, which begins with a backslash.
char take_escape(std::string_view &text) {
    if (text.size() < 2)
        throw std::runtime_error("case table: a backslash at the end");
    const char kind = text[1];
    text.remove_prefix(2);
    switch (kind) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '0':
        return '\0';
    case '\\':
        return '\\';
    case 'x': {
        const char byte = static_cast<char>(std::stoi(std::string(text.substr(0, 2)), nullptr, 16));
        text.remove_prefix(2);
        return byte;
    }
    default:
        throw std::runtime_error(std::string("case table: unknown escape \\") + kind);
    }
}

} // namespace

std::string unescape(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        if (text.front() == '\\') {
            plain += take_escape(text);
        } else if (text.starts_with("@{") && text.find('}') != std::string_view::npos &&
                   text.find(':') < text.find('}')) {
            const std::size_t colon = text.find(':');
            const std::size_t end = text.find('}');
            const unsigned long times = std::stoul(std::string(text.substr(2, colon - 2)));
            const std::string part = unescape(text.substr(colon + 1, end - colon - 1));
            plain.reserve(plain.size() + times * part.size());
            for (unsigned long i = 0; i < times; ++i)
                plain += part;
            text.remove_prefix(end + 1);
        } else {
            plain += text.front();
            text.remove_prefix(1);
        }
    }
    return plain;
}

std::string case_row::directive(std::string_view kind) const {
    std::string opening = "{";
    opening.append(kind).append(" "); // in steps: GCC 12 warns falsely of a sum
    for (const auto &[name, value] : columns) {
        const std::size_t begin = value.find(opening);
        if (begin == std::string::npos)
            continue;
        const std::size_t from = begin + opening.size();
        return value.substr(from, value.find('}', from) - from);
    }
    return {};
}

std::vector<case_row> read_cases(const std::filesystem::path &table) {
    std::ifstream file(table);
    if (!file)
        throw std::runtime_error("case table: cannot read " + table.string());
    std::string line;
    std::getline(file, line);
    const std::string header = line;
    const std::vector<std::string_view> names = split(header, '\t');
    std::vector<case_row> rows;
    while (std::getline(file, line)) {
        const std::vector<std::string_view> fields = split(line, '\t');
        case_row row;
        for (std::size_t i = 0; i < names.size(); ++i)
            row.columns[std::string(names[i])] =
                i < fields.size() ? (names[i] == "reason" ? std::string(fields[i]) : unescape(fields[i]))
                                  : "";
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace azure_wi::tests
