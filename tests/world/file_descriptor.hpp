#pragma once

#include <utility>

#include <unistd.h>

namespace azure_wi::world {

// Owns one descriptor. Everything the world opens carries O_CLOEXEC, so that no child inherits a socket.
class file_descriptor {
public:
    file_descriptor() = default;
    explicit file_descriptor(int number) : number_{number} {}
    file_descriptor(file_descriptor &&other) noexcept : number_{std::exchange(other.number_, -1)} {}
    file_descriptor &operator=(file_descriptor &&other) noexcept {
        if (this != &other) {
            reset();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }
    ~file_descriptor() { reset(); }

    int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }
    int release() { return std::exchange(number_, -1); }
    void reset() {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }

private:
    int number_ = -1;
};

} // namespace azure_wi::world
