#pragma once

#include "tests/world/bare_repository.hpp"
#include "tests/world/lfs_store.hpp"
#include "tests/world/stand_in.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace azure_wi::world {

// Every host that is not Azure's. It wants no credential, so each one that arrives is a leak.
class foreign_hosts : public stand_in {
public:
    explicit foreign_hosts(std::filesystem::path root);
    ~foreign_hosts() override;

    // Served as https://{any name}/{path}, for example "team/lib.git".
    std::filesystem::path create_repository(const std::string &path,
                                            const repository_contents &contents = {});
    void set_git_command(std::vector<std::string> command);
    // Asks for Basic until a request carries any Authorization.
    void challenge(bool yes);
    // Serves LFS objects of that store at /lfs/{oid}.
    void serve_objects(lfs_store &store);

    // Requests that carried an Authorization header.
    std::uint64_t leaked_authorization() const;
    std::vector<recorded_request> leaks() const;

protected:
    void observe(const recorded_request &request) override;
    http_answer respond(const recorded_request &request) override;
    std::size_t recorded_body_limit() const override { return std::size_t{1} << 16; }

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace azure_wi::world
