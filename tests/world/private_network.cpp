#include "tests/world/private_network.hpp"

#include "tests/world/file_descriptor.hpp"
#include "tests/world/trust_store.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace azure_wi::world {
namespace {

constexpr auto certificates = "/etc/ssl/certs";

// Namespaces belong to the process, so this does too.
struct network_state {
    std::mutex mutex;
    std::filesystem::path hosts_file;
    std::unique_ptr<trust_store> trust;
};

network_state &the_network() {
    static network_state state;
    return state;
}

void check(bool good, const std::string &step) {
    if (!good)
        throw std::system_error{errno, std::generic_category(), "private network: " + step};
}

void write_file(const std::filesystem::path &file, const std::string &content) {
    // In place, not by rename: a bind mount shows the inode.
    std::ofstream stream{file, std::ios::binary | std::ios::trunc};
    stream << content;
    stream.close();
    check(static_cast<bool>(stream), "writing " + file.string());
}

std::string read_file(const std::filesystem::path &file) {
    std::ifstream stream{file, std::ios::binary};
    std::ostringstream content;
    content << stream.rdbuf();
    return content.str();
}

// As root without a user namespace, so that other users stay what they are; else with one that maps the
// caller only.
void unshare_namespaces() {
    if (::unshare(CLONE_NEWNS | CLONE_NEWNET) == 0)
        return;
    const auto user = std::to_string(::geteuid());
    const auto group = std::to_string(::getegid());
    check(::unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) == 0,
          "user, mount and network namespaces are refused here (unshare)");
    write_file("/proc/self/setgroups", "deny");
    write_file("/proc/self/uid_map", user + ' ' + user + " 1");
    write_file("/proc/self/gid_map", group + ' ' + group + " 1");
}

void raise_loopback() {
    const file_descriptor socket{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    check(static_cast<bool>(socket), "socket");
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    check(::ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0, "loopback up");
}

void mount_over(const std::filesystem::path &source, const char *target) {
    if (std::filesystem::exists(target))
        check(::mount(source.c_str(), target, nullptr, MS_BIND, nullptr) == 0,
              std::string{"mount over "} + target);
}

void mount_memory_over(const char *target, const char *options) {
    check(::mount("azure-wi-world", target, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0,
          std::string{"tmpfs over "} + target);
}

std::string hosts_text(std::span<const host_entry> hosts) {
    std::string text = "127.0.0.1 localhost\n::1 localhost ip6-localhost\n";
    for (const auto &entry : hosts)
        text += entry.address + ' ' + entry.name + '\n';
    return text;
}

} // namespace

bool private_network_possible() {
    if (in_private_network())
        return true;
    const pid_t child = ::fork();
    if (child == 0) {
        const bool possible = ::unshare(CLONE_NEWNS | CLONE_NEWNET) == 0 ||
                              ::unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) == 0;
        // Some containers allow the namespaces and refuse to mount in them.
        ::_exit(possible && ::mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 ? 0 : 1);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
           std::filesystem::exists(certificates);
}

void enter_private_network(const std::filesystem::path &scratch, std::span<const host_entry> hosts,
                           network_options options) {
    if (in_private_network())
        throw std::logic_error{"private network: entered already"};
    const std::string roots = options.keep_system_roots
                                  ? read_file(std::filesystem::path{certificates} / "ca-certificates.crt")
                                  : "";
    unshare_namespaces();
    check(::mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "private mounts");
    raise_loopback();
    // Programs without capabilities may listen on 443 here, too.
    if (std::ofstream start{"/proc/sys/net/ipv4/ip_unprivileged_port_start"})
        start << 0;

    const auto hosts_file = scratch / "hosts";
    write_file(hosts_file, hosts_text(hosts));
    write_file(scratch / "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
    write_file(scratch / "resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
    mount_over(hosts_file, "/etc/hosts");
    mount_over(scratch / "nsswitch.conf", "/etc/nsswitch.conf");
    mount_over(scratch / "resolv.conf", "/etc/resolv.conf");
    mount_memory_over(certificates, "mode=0755,size=16m");
    // Caches that choose shared memory would meet those of other runs.
    mount_memory_over("/dev/shm", "mode=1777,size=64m");

    auto &network = the_network();
    const std::lock_guard lock{network.mutex};
    network.hosts_file = hosts_file;
    network.trust = std::make_unique<trust_store>(certificates, roots);
}

bool in_private_network() {
    auto &network = the_network();
    const std::lock_guard lock{network.mutex};
    return network.trust != nullptr;
}

void set_hosts(std::span<const host_entry> hosts) {
    auto &network = the_network();
    const std::lock_guard lock{network.mutex};
    if (!network.trust)
        throw std::logic_error{"private network: not entered"};
    write_file(network.hosts_file, hosts_text(hosts));
}

void set_trust(trust where, const std::string &authority_pem) {
    auto &network = the_network();
    const std::lock_guard lock{network.mutex};
    if (!network.trust)
        throw std::logic_error{"private network: not entered"};
    network.trust->set(where, authority_pem);
}

} // namespace azure_wi::world
