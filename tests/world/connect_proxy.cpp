#include "tests/world/connect_proxy.hpp"

#include "tests/world/base64url.hpp"
#include "tests/world/connection.hpp"
#include "tests/world/socket_address.hpp"

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>

#include <poll.h>
#include <sys/socket.h>

namespace azure_wi::world {
namespace {

struct credentials {
    std::string user;
    std::string password;
};

bool send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// False at the end of that direction.
bool pass_on(int from, int to) {
    std::array<char, 16384> buffer;
    const auto got = ::recv(from, buffer.data(), buffer.size(), 0);
    return got > 0 && send_all(to, {buffer.data(), static_cast<std::size_t>(got)});
}

// Each direction ends by itself, so that a half-closed tunnel stays one.
void relay(int left, int right) {
    std::array<pollfd, 2> wanted{{{left, POLLIN, 0}, {right, POLLIN, 0}}};
    while (wanted[0].fd >= 0 || wanted[1].fd >= 0) {
        ::poll(wanted.data(), wanted.size(), -1);
        for (std::size_t i = 0; i < 2; ++i) {
            const int other = i == 0 ? right : left;
            if (wanted[i].fd >= 0 && wanted[i].revents != 0 && !pass_on(wanted[i].fd, other)) {
                ::shutdown(other, SHUT_WR);
                wanted[i].fd = -1;
            }
        }
    }
}

} // namespace

struct connect_proxy::state {
    mutable std::mutex mutex;
    std::map<std::string, endpoint> names;
    std::optional<credentials> wanted;
    std::vector<std::string> targets;
    std::uint64_t tunnels = 0;
    std::uint64_t credentials_seen = 0;

    std::optional<endpoint> find(const std::string &target) const {
        for (const auto &key : {target, target.substr(0, target.rfind(':')), std::string{"*"}})
            if (const auto found = names.find(key); found != names.end())
                return found->second;
        return std::nullopt;
    }

    bool admits(const recorded_request &request) const {
        if (!wanted)
            return true;
        const auto value = request.header("proxy-authorization").value_or("");
        return value.starts_with("Basic ") &&
               base64_decode(value.substr(6)) == wanted->user + ':' + wanted->password;
    }
};

connect_proxy::connect_proxy() : state_{std::make_unique<state>()} {}
connect_proxy::~connect_proxy() = default;

void connect_proxy::map(const std::string &name, endpoint to) {
    const std::lock_guard lock{state_->mutex};
    state_->names.insert_or_assign(name, std::move(to));
}

void connect_proxy::require_credentials(const std::string &user, const std::string &password) {
    const std::lock_guard lock{state_->mutex};
    state_->wanted = credentials{user, password};
}

void connect_proxy::require_no_credentials() {
    const std::lock_guard lock{state_->mutex};
    state_->wanted.reset();
}

std::vector<std::string> connect_proxy::targets() const {
    const std::lock_guard lock{state_->mutex};
    return state_->targets;
}

std::uint64_t connect_proxy::tunnels() const {
    const std::lock_guard lock{state_->mutex};
    return state_->tunnels;
}

std::uint64_t connect_proxy::credentials_seen() const {
    const std::lock_guard lock{state_->mutex};
    return state_->credentials_seen;
}

void connect_proxy::observe(const recorded_request &request) {
    const std::lock_guard lock{state_->mutex};
    if (request.method == "CONNECT")
        state_->targets.push_back(request.target);
    if (request.header("proxy-authorization"))
        ++state_->credentials_seen;
}

http_answer connect_proxy::respond(const recorded_request &request) {
    const std::lock_guard lock{state_->mutex};
    if (request.method != "CONNECT")
        return http_answer{.status = 501, .body = "this proxy knows CONNECT only"};
    if (!state_->admits(request))
        return http_answer{.status = 407, .headers = {{"Proxy-Authenticate", "Basic realm=\"proxy\""}}};
    const auto to = state_->find(request.target);
    if (!to)
        return http_answer{.status = 502, .body = "unknown name"};
    std::shared_ptr<file_descriptor> upstream;
    try {
        upstream = std::make_shared<file_descriptor>(connect_to(*to));
    } catch (const std::system_error &error) {
        return http_answer{.status = 502, .body = error.what()};
    }
    ++state_->tunnels;
    return http_answer{.then = [upstream](connection &peer) { relay(peer.socket(), upstream->get()); }};
}

} // namespace azure_wi::world
