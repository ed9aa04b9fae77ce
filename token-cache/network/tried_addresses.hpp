#pragma once

#include <array>
#include <string>

struct sockaddr;

namespace azure_wi {

/// The addresses of one name, as a connection goes through them: a name with a thousand of them must not be
/// tried a thousand times. The limit holds for each family by itself, or unreachable IPv6 would use up
/// IPv4's share.
class tried_addresses {
public:
    /// False where enough of this one's family were tried before.
    [[nodiscard]] bool admit(const ::sockaddr &address);

    /// Tried or passed over.
    [[nodiscard]] int count() const { return of_family_[0] + of_family_[1]; }
    [[nodiscard]] bool passed_over_some() const;

    /// The last one admitted, for messages; empty where there is none.
    [[nodiscard]] const std::string &last() const { return last_; }

private:
    std::array<int, 2> of_family_{}; ///< of IPv4, of IPv6
    std::string last_;
};

} // namespace azure_wi
