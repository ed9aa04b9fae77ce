#include "token-cache/network/tried_addresses.hpp"

#include "token-cache/network/destination.hpp"

#include <algorithm>

#include <sys/socket.h>

namespace azure_wi {
namespace {

constexpr int limit_of_family = 8;

} // namespace

bool tried_addresses::admit(const ::sockaddr &address) {
    if (++of_family_[address.sa_family == AF_INET6 ? 1 : 0] > limit_of_family)
        return false;
    last_ = address_text(address);
    return true;
}

bool tried_addresses::passed_over_some() const {
    return std::ranges::max(of_family_) > limit_of_family;
}

} // namespace azure_wi
