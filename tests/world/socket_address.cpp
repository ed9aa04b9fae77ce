#include "tests/world/socket_address.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace azure_wi::world {
namespace {

struct raw_address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    explicit raw_address(const endpoint &where) {
        if (where.address.find(':') != std::string::npos) {
            sockaddr_in6 six{};
            six.sin6_family = AF_INET6;
            six.sin6_port = htons(where.port);
            fill(inet_pton(AF_INET6, where.address.c_str(), &six.sin6_addr), &six, sizeof six);
        } else {
            sockaddr_in four{};
            four.sin_family = AF_INET;
            four.sin_port = htons(where.port);
            fill(inet_pton(AF_INET, where.address.c_str(), &four.sin_addr), &four, sizeof four);
        }
    }
    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }

private:
    void fill(int parsed, const void *from, std::size_t bytes) {
        if (parsed != 1)
            throw std::invalid_argument{"not an IP address"};
        std::memcpy(&storage, from, bytes);
        size = static_cast<socklen_t>(bytes);
    }
};

[[noreturn]] void fail(const char *step, const endpoint &where) {
    throw std::system_error{errno, std::generic_category(),
                            std::string{step} + ' ' + where.address + ':' + std::to_string(where.port)};
}

file_descriptor open_socket(const raw_address &address, int flags, const endpoint &where) {
    file_descriptor socket{::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | flags, 0)};
    if (!socket)
        fail("socket", where);
    const int one = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return socket;
}

} // namespace

file_descriptor listen_at(const endpoint &where, int backlog) {
    const raw_address address{where};
    auto socket = open_socket(address, SOCK_NONBLOCK, where);
    const int one = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (::bind(socket.get(), address.get(), address.size) != 0)
        fail("bind", where);
    if (::listen(socket.get(), backlog) != 0)
        fail("listen", where);
    return socket;
}

endpoint bound_to(int socket) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    ::getsockname(socket, reinterpret_cast<sockaddr *>(&storage), &size);
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 six;
        std::memcpy(&six, &storage, sizeof six);
        inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
        return {text.data(), ntohs(six.sin6_port)};
    }
    sockaddr_in four;
    std::memcpy(&four, &storage, sizeof four);
    inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
    return {text.data(), ntohs(four.sin_port)};
}

file_descriptor connect_to(const endpoint &where, bool blocking) {
    const raw_address address{where};
    auto socket = open_socket(address, blocking ? 0 : SOCK_NONBLOCK, where);
    if (::connect(socket.get(), address.get(), address.size) != 0 && (blocking || errno != EINPROGRESS))
        fail("connect", where);
    return socket;
}

} // namespace azure_wi::world
