#include "tests/system/without_namespaces.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <exception>
#include <system_error>
#include <thread>

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

namespace azure_wi::tests {

namespace {

void check(int status, const char *step) {
    if (status != 0)
        throw std::system_error{errno, std::generic_category(), step};
}

constexpr ::sock_filter load(std::size_t offset) {
    return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

constexpr ::sock_filter answer(std::uint32_t what) {
    return BPF_STMT(BPF_RET | BPF_K, what);
}

// As in Docker's default profile: clone3 does not exist, for its flags are out of a filter's sight.
void refuse_namespaces() {
    constexpr std::uint32_t namespaces =
        0x7e020000; // CLONE_NEWNS, _NEWCGROUP, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET
    constexpr std::uint32_t refused = SECCOMP_RET_ERRNO | EPERM;
    std::array program{
        load(offsetof(::seccomp_data, nr)),
        ::sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
        answer(SECCOMP_RET_ERRNO | ENOSYS),
        ::sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 3, 0),
        ::sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        load(offsetof(::seccomp_data, args)), // the flags' lower half, on a little-endian machine
        ::sock_filter BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, namespaces, 0, 1),
        answer(refused),
        answer(SECCOMP_RET_ALLOW),
    };
    const ::sock_fprog filter{.len = program.size(), .filter = program.data()};
    check(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges");
    check(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter), "seccomp filter");
}

} // namespace

world::process_result run_without_namespaces(const world::command &what) {
    world::process_result result;
    std::exception_ptr fault;
    // Capabilities and filters belong to a thread and to what it starts, so this process keeps its own.
    std::thread confined([&] {
        try {
            check(::prctl(PR_CAPBSET_DROP, CAP_SYS_ADMIN, 0, 0, 0), "dropping CAP_SYS_ADMIN");
            refuse_namespaces();
            result = world::run(what);
        } catch (...) {
            fault = std::current_exception();
        }
    });
    confined.join();
    if (fault)
        std::rethrow_exception(fault);
    return result;
}

} // namespace azure_wi::tests
