#pragma once

#include "token-cache/store/cache_directory.hpp"
#include "token-cache/store/cache_store.hpp"
#include "token-cache/store/file_lock.hpp"

namespace azure_wi {

/// A cache_store in a private directory: one file an entry, 0600, written to a temporary file with a random
/// name and renamed into place. No fsync: what a crash loses can be fetched again.
///
/// A file that is not regular, not ours, not 0600, linked twice, or larger than a record can be is as absent.
class file_store final : public cache_store {
public:
    explicit file_store(cache_directory directory, flock_wait wait = &flock_by_polling)
        : directory_(std::move(directory)), wait_(wait) {}

    [[nodiscard]] std::optional<secret> load(const std::string &name) const override;
    bool save(const std::string &name, const secret &bytes) override;
    void remove(const std::string &name) override;
    [[nodiscard]] std::unique_ptr<flight_lock> open_lock(const std::string &name) override;

    [[nodiscard]] const std::string &path() const { return directory_.path; }

private:
    cache_directory directory_;
    flock_wait wait_;
};

} // namespace azure_wi
