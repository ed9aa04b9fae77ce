#pragma once

#include "tests/world/world.hpp"

#include <string>
#include <vector>

namespace azure_wi::world {

// A fresh world with the few words in which its tests are written.
struct world_fixture {
    world here;

    explicit world_fixture(world_mode mode = world_mode::private_network) : here{{.mode = mode}} {}

    process_result git(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "git");
        return here.run(std::move(arguments));
    }

    process_result curl(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"curl", "--silent", "--show-error", "--max-time", "20"});
        return here.run(std::move(arguments));
    }

    // POSTs what a client of the given details would; `replaced` changes or (when empty) removes fields.
    process_result exchange(const std::string &assertion, const world::variables &replaced = {},
                            const std::string &tenant = tenant_id) const {
        world::variables form{
            {"grant_type", "client_credentials"},
            {"client_id", build_client_id},
            {"scope", std::string{azure_devops_resource} + "/.default"},
            {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
            {"client_assertion", assertion}};
        for (const auto &[name, value] : replaced)
            form[name] = value;
        std::vector<std::string> arguments{"https://login.microsoftonline.com/" + tenant +
                                               "/oauth2/v2.0/token",
                                           "-H", "client-request-id: 12345678-1234-4234-8234-123456789abc"};
        for (const auto &[name, value] : form)
            if (!value.empty())
                arguments.insert(arguments.end(), {"--data-urlencode", name + '=' + value});
        return curl(std::move(arguments));
    }

    // The AADSTS number of the answer; 0 for a token, -1 for something else.
    static int code_of(const std::string &answer) {
        constexpr std::string_view mark = "\"error_codes\":[";
        if (const auto at = answer.find(mark); at != std::string::npos)
            return std::stoi(answer.substr(at + mark.size()));
        return answer.find("\"access_token\"") != std::string::npos ? 0 : -1;
    }
    int entra_code(const claims &what = {}, const world::variables &replaced = {},
                   const std::string &tenant = tenant_id) const {
        return code_of(exchange(here.cluster().mint(what), replaced, tenant).out);
    }

    // A token of the build workload.
    std::string token() {
        const auto answer = exchange(here.cluster().mint());
        return code_of(answer.out) == 0 ? here.ledger().tokens().back() : "";
    }
    static std::string bearer(const std::string &token) {
        return "http.extraHeader=Authorization: Bearer " + token;
    }
};

} // namespace azure_wi::world
