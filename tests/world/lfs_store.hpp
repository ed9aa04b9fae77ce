#pragma once

#include "tests/world/http_message.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace azure_wi::world {

// Git LFS objects in memory, with the batch API and the basic transfer.
class lfs_store {
public:
    void put(const std::string &oid, std::string content);
    std::optional<std::string> get(const std::string &oid) const;
    std::size_t size() const;

    // `href_base` + "/" + oid is where the actions of the answer point.
    http_answer batch(const recorded_request &request, const std::string &href_base) const;
    // GET and PUT of one object.
    http_answer transfer(const recorded_request &request, const std::string &oid);

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::string> objects_;
};

} // namespace azure_wi::world
