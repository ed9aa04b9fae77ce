#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace azure_wi {

/// Bytes that must not outlive their use: an assertion, an access token.
///
/// Owns its memory and wipes it on destruction, on assignment and when moved from. It cannot be copied,
/// streamed or turned into a std::string by accident; whoever needs the bytes says so with reveal().
///
/// Thread rules: as for std::string. Errors: allocation failure throws std::bad_alloc.
class secret {
public:
    secret() noexcept = default;

    /// `size` zero bytes, to be filled through buffer().
    explicit secret(std::size_t size);

    static secret copy_of(std::string_view bytes);

    secret(const secret &) = delete;
    secret &operator=(const secret &) = delete;
    secret(secret &&other) noexcept;
    secret &operator=(secret &&other) noexcept;
    ~secret();

    /// The bytes; valid until this object is changed or destroyed. Not terminated by a NUL.
    [[nodiscard]] std::string_view reveal() const noexcept { return {bytes_.get(), size_}; }

    /// The same bytes, writable.
    [[nodiscard]] std::span<char> buffer() noexcept { return {bytes_.get(), size_}; }

    /// Keeps the first `size` bytes and wipes the rest. Precondition: size <= this->size().
    void truncate(std::size_t size) noexcept;

    /// Appends, moving to larger memory and wiping the old where it does not fit.
    void append(std::string_view bytes);

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// True where the bytes are the same; the time taken tells nothing but the lengths.
    [[nodiscard]] bool equals(std::string_view other) const noexcept;

private:
    void wipe() noexcept;

    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace azure_wi
