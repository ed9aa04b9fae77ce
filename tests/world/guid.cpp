#include "tests/world/guid.hpp"

#include <cctype>
#include <random>

namespace azure_wi::world {
namespace {

std::mt19937_64 &generator() {
    thread_local std::mt19937_64 own{std::random_device{}()};
    return own;
}

std::string random_of(std::string_view alphabet, std::size_t length) {
    std::uniform_int_distribution<std::size_t> pick{0, alphabet.size() - 1};
    std::string text(length, ' ');
    for (char &c : text)
        c = alphabet[pick(generator())];
    return text;
}

} // namespace

std::string random_guid() {
    std::string text = random_of("0123456789abcdef", 36);
    for (const std::size_t dash : {8U, 13U, 18U, 23U})
        text[dash] = '-';
    text[14] = '4';
    text[19] = 'a';
    return text;
}

bool is_guid(std::string_view text) {
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0)
            return false;
    }
    return true;
}

std::string random_text(std::size_t length) {
    return random_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", length);
}

} // namespace azure_wi::world
