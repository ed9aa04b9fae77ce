#include "tests/world/connection.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace azure_wi::world {
namespace {

// A close with unread bytes would turn into RST and could destroy what was just sent.
void drain(int socket) {
    ::shutdown(socket, SHUT_WR);
    std::array<char, 4096> waste;
    for (int budget = 256; budget > 0; --budget) {
        pollfd wanted{socket, POLLIN, 0};
        if (::poll(&wanted, 1, 500) <= 0 || ::recv(socket, waste.data(), waste.size(), 0) <= 0)
            return;
    }
}

} // namespace

connection::connection(file_descriptor socket, std::uint64_t number)
    : socket_{std::move(socket)}, number_{number} {}

connection::~connection() {
    close_without_notify();
}

void connection::accept_tls(std::shared_ptr<ssl_ctx_st> context) {
    context_ = std::move(context);
    tls_ = SSL_new(context_.get());
    SSL_set_fd(tls_, socket_.get());
    ERR_clear_error();
    if (SSL_accept(tls_) != 1)
        throw connection_lost{"TLS handshake failed"};
}

std::size_t connection::read_some(std::span<char> buffer) {
    if (!socket_)
        return 0;
    if (tls_ == nullptr) {
        const auto got = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
        if (got < 0)
            throw connection_lost{"recv"};
        return static_cast<std::size_t>(got);
    }
    ERR_clear_error();
    std::size_t got = 0;
    if (SSL_read_ex(tls_, buffer.data(), buffer.size(), &got) == 1)
        return got;
    if (SSL_get_error(tls_, 0) == SSL_ERROR_ZERO_RETURN)
        return 0;
    throw connection_lost{"SSL_read"};
}

void connection::write(std::string_view bytes) {
    if (!socket_)
        throw connection_lost{"closed"};
    while (!bytes.empty()) {
        std::size_t done = 0;
        if (tls_ != nullptr) {
            ERR_clear_error();
            if (SSL_write_ex(tls_, bytes.data(), bytes.size(), &done) != 1)
                throw connection_lost{"SSL_write"};
        } else {
            const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0)
                throw connection_lost{"send"};
            done = static_cast<std::size_t>(sent);
        }
        bytes.remove_prefix(done);
    }
}

bool connection::wait(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return true;
        pollfd wanted{socket_.get(), POLLRDHUP, 0};
        const int ready = ::poll(&wanted, 1, static_cast<int>(left));
        if (ready > 0)
            return false;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

void connection::wait_until_closed() {
    while (wait(std::chrono::hours{1})) {
    }
}

void connection::request_renegotiation() {
    if (tls_ == nullptr)
        return;
    ERR_clear_error();
    if (SSL_renegotiate(tls_) != 1 || SSL_do_handshake(tls_) != 1)
        throw connection_lost{"renegotiation"};
}

void connection::close() {
    if (tls_ != nullptr && socket_) {
        ERR_clear_error();
        if (SSL_is_init_finished(tls_) == 1)
            SSL_shutdown(tls_);
    }
    close_without_notify();
}

void connection::close_without_notify() {
    if (socket_)
        drain(socket_.get());
    close_socket();
}

void connection::reset() {
    if (socket_) {
        const linger at_once{1, 0};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    close_socket();
}

void connection::interrupt() {
    const std::lock_guard lock{mutex_};
    if (socket_)
        ::shutdown(socket_.get(), SHUT_RDWR);
}

void connection::close_socket() {
    const std::lock_guard lock{mutex_};
    SSL_free(tls_);
    tls_ = nullptr;
    socket_.reset();
}

bool connection::session_resumed() const {
    return tls_ != nullptr && SSL_session_reused(tls_) == 1;
}

std::string connection::server_name() const {
    const char *name = tls_ != nullptr ? SSL_get_servername(tls_, TLSEXT_NAMETYPE_host_name) : nullptr;
    return name != nullptr ? name : "";
}

std::string connection::application_protocol() const {
    const unsigned char *name = nullptr;
    unsigned size = 0;
    if (tls_ != nullptr)
        SSL_get0_alpn_selected(tls_, &name, &size);
    return name != nullptr ? std::string{reinterpret_cast<const char *>(name), size} : std::string{};
}

} // namespace azure_wi::world
