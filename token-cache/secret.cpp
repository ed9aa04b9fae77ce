#include "token-cache/secret.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <string.h>

namespace azure_wi {

secret::secret(std::size_t size) : bytes_(std::make_unique<char[]>(size)), size_(size), capacity_(size) {}

secret secret::copy_of(std::string_view bytes) {
    secret copy(bytes.size());
    std::ranges::copy(bytes, copy.bytes_.get());
    return copy;
}

secret::secret(secret &&other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

secret &secret::operator=(secret &&other) noexcept {
    if (this != &other) {
        wipe();
        bytes_ = std::move(other.bytes_);
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, 0);
    }
    return *this;
}

secret::~secret() {
    wipe();
}

void secret::wipe() noexcept {
    // explicit_bzero and not memset: the compiler may drop a store nobody reads.
    if (bytes_)
        ::explicit_bzero(bytes_.get(), capacity_);
}

void secret::truncate(std::size_t size) noexcept {
    if (size < size_)
        ::explicit_bzero(bytes_.get() + size, size_ - size);
    size_ = std::min(size, size_);
}

void secret::append(std::string_view bytes) {
    if (capacity_ - size_ < bytes.size()) {
        secret larger(std::max(2 * capacity_, size_ + bytes.size()));
        std::ranges::copy(reveal(), larger.bytes_.get());
        larger.size_ = size_;
        *this = std::move(larger);
    }
    std::ranges::copy(bytes, bytes_.get() + size_);
    size_ += bytes.size();
}

bool secret::equals(std::string_view other) const noexcept {
    if (other.size() != size_)
        return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < size_; ++i)
        difference = static_cast<unsigned char>(difference | (bytes_[i] ^ other[i]));
    return difference == 0;
}

} // namespace azure_wi
