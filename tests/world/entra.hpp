#pragma once

#include "tests/world/issuer.hpp"
#include "tests/world/stand_in.hpp"
#include "tests/world/token_ledger.hpp"
#include "tests/world/world_clock.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace azure_wi::world {

inline constexpr auto azure_devops_resource = "499b84ac-1321-427f-aa17-267ca6975798";

struct federated_credential {
    std::string issuer = {};
    std::string subject = {};
    std::string audience = "api://AzureADTokenExchange";
};

struct token_lifetime {
    std::chrono::seconds expires_in{3599};
    std::optional<std::chrono::seconds> refresh_in = std::nullopt;
    bool as_strings = false; // "3599", as some endpoints answer
    bool omit_expires_in = false;
};

// Entra's token endpoint. What is registered decides the answer, in the order in which Entra looks.
class entra_stand_in : public stand_in {
public:
    entra_stand_in(token_ledger &ledger, const world_clock &clock);
    ~entra_stand_in() override;

    void add_tenant(const std::string &tenant);
    void add_tenant_name(const std::string &tenant, const std::string &domain); // contoso.onmicrosoft.com
    void remove_tenant(const std::string &tenant);
    // Whether Azure DevOps' service principal is in the tenant; new tenants have it.
    void connect_azure_devops(const std::string &tenant, bool connected);
    void add_application(const std::string &tenant, const std::string &client_id);
    void remove_application(const std::string &tenant, const std::string &client_id);
    void add_federated_credential(const std::string &tenant, const std::string &client_id,
                                  federated_credential what);
    void clear_federated_credentials(const std::string &tenant, const std::string &client_id);
    // Whose signatures can be checked; the issuer is copied. An unknown one is AADSTS90061.
    void trust_issuer(const issuer &who);

    void set_lifetime(token_lifetime what);
    void set_token_size(std::size_t bytes); // about; 1500 unless told

    // Successful exchanges.
    std::uint64_t exchanges() const;
    static std::string object_id(const std::string &client_id);
    // The body of a success, for replies that vary one detail of it. The token is entered as issued.
    http_answer success(const recorded_request &request);

protected:
    http_answer respond(const recorded_request &request) override;
    http_answer respond_with_error(int code, const recorded_request &request) override;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace azure_wi::world
