#pragma once

#include "token-cache/secret.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace azure_wi {

/// Writes the little-endian fields of a record, in order.
class record_writer {
public:
    template <std::integral Number>
    void number(Number value) {
        using unsigned_number = std::make_unsigned_t<Number>;
        char bytes[sizeof(Number)];
        for (std::size_t i = 0; i < sizeof(Number); ++i)
            bytes[i] = static_cast<char>((static_cast<unsigned_number>(value) >> (8 * i)) & 0xffU);
        bytes_.append({bytes, sizeof bytes});
    }

    void text(std::string_view value) { bytes_.append(value); }

    [[nodiscard]] secret take() { return std::move(bytes_); }

private:
    secret bytes_;
};

/// Reads the same fields. After a read past the end everything reads as zero and ok() is false.
class record_reader {
public:
    explicit record_reader(std::string_view bytes) : rest_(bytes) {}

    template <std::integral Number>
    [[nodiscard]] Number number() {
        using unsigned_number = std::make_unsigned_t<Number>;
        const std::string_view bytes = text(sizeof(Number));
        unsigned_number value = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            value = static_cast<unsigned_number>(
                value | (static_cast<unsigned_number>(static_cast<unsigned char>(bytes[i])) << (8 * i)));
        return static_cast<Number>(value);
    }

    [[nodiscard]] std::string_view text(std::size_t size) {
        if (size > rest_.size()) {
            ok_ = false;
            rest_ = {};
            return {};
        }
        const std::string_view part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool at_end() const { return ok_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

} // namespace azure_wi
