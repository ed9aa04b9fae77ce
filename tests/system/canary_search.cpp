#include "tests/system/canary.hpp"
#include "tests/system/each_git.hpp"

#include <algorithm>

namespace azure_wi::tests {

namespace {

std::string base64(std::string_view bytes, std::string_view alphabet) {
    std::string text;
    for (std::size_t i = 0; i + 3 <= bytes.size(); i += 3) {
        const unsigned group = static_cast<unsigned char>(bytes[i]) << 16U |
                               static_cast<unsigned char>(bytes[i + 1]) << 8U |
                               static_cast<unsigned char>(bytes[i + 2]);
        for (const unsigned shift : {18U, 12U, 6U, 0U})
            text += alphabet[group >> shift & 63U];
    }
    return text;
}

std::string hexadecimal(std::string_view bytes, std::string_view digits, bool percent) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (percent)
            text += '%';
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

} // namespace

void canary::add(const std::string &secret) {
    add_windows(secret);
    for (std::size_t offset = 0; offset < 3; ++offset) {
        add_windows(base64(std::string_view(secret).substr(offset), std::string(letters) + "+/"));
        add_windows(base64(std::string_view(secret).substr(offset), std::string(letters) + "-_"));
    }
    for (const std::string_view digits : {"0123456789abcdef", "0123456789ABCDEF"}) {
        add_windows(hexadecimal(secret, digits, false));
        add_windows(hexadecimal(secret, digits, true));
    }
}

void canary::add_windows(const std::string &encoded) {
    texts_.push_back(std::make_unique<std::string>(encoded));
    const std::string_view all = *texts_.back();
    for (std::size_t i = 0; i + window <= all.size(); ++i)
        windows_.insert(all.substr(i, window));
}

std::string canary::find_in(std::string_view text) const {
    for (std::size_t i = 0; i + window <= text.size(); ++i) {
        if (!windows_.contains(text.substr(i, window)))
            continue;
        const std::size_t line = text.rfind('\n', i) + 1;
        return "16 bytes of a secret at " + std::to_string(i) +
               ", in: " + std::string(text.substr(line, std::min<std::size_t>(i - line, 120)));
    }
    return {};
}

std::string canary::find_below(const std::filesystem::path &directory,
                               const std::vector<std::filesystem::path> &skip) const {
    std::error_code gone; // others write to shared places meanwhile
    for (std::filesystem::recursive_directory_iterator at(directory, gone), end; at != end;
         at.increment(gone)) {
        const auto path = at->path();
        if (std::ranges::find(skip, path) != skip.end()) {
            at.disable_recursion_pending();
            continue;
        }
        std::string found = find_in(path.string());
        if (found.empty() && at->is_symlink(gone))
            found = find_in(std::filesystem::read_symlink(path, gone).string());
        else if (found.empty() && at->is_regular_file(gone))
            found = find_in(read_file(path));
        if (!found.empty())
            return path.string() + ": " + found;
    }
    return {};
}

canary canary_of(fixture &it) {
    canary secrets;
    secrets.add(read_file(it.all().build_token().file()));
    secrets.add(read_file(it.all().deploy_token().file()));
    for (const std::string &token : it.all().ledger().tokens())
        secrets.add(token);
    return secrets;
}

} // namespace azure_wi::tests
