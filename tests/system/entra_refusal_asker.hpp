#pragma once

#include "tests/system/cache_files.hpp"
#include "tests/system/many_helpers.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <sys/stat.h>

namespace azure_wi::tests {

// A world whose helper is asked, and asked again.
class asker : public fixture {
public:
    outcome ask(const variables &extra = {}, std::vector<std::string> arguments = {}) {
        arguments.emplace_back("get");
        return read_outcome(helper(std::move(arguments), plain_request(), extra));
    }

    // As ask(), with no cache that could remember anything.
    outcome ask_uncached(variables extra = {}) {
        extra["AZURE_WI_CACHE_DIR"] = "none";
        return ask(extra);
    }

    std::string token_of(const outcome &seen) { return read_credential(seen.raw.out).token(); }

    // Until so many processes stand before a lock of our cache.
    bool wait_for_waiters(std::size_t count) {
        return wait_until([&] { return waiters() >= count; });
    }

private:
    // "7: -> FLOCK  ADVISORY  WRITE 4711 fd:01:1234 0 EOF": one who waits for the lock above it.
    std::size_t waiters() const {
        std::set<std::string> inodes;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(cache())) {
            struct ::stat status {};
            if (::stat(entry.path().c_str(), &status) == 0)
                inodes.insert(std::to_string(status.st_ino));
        }
        std::size_t count = 0;
        std::ifstream locks("/proc/locks");
        for (std::string line; std::getline(locks, line);) {
            std::istringstream words(line);
            std::string number;
            std::string arrow;
            std::string word;
            words >> number >> arrow;
            if (arrow != "->")
                continue;
            while (words >> word)
                if (const auto colon = word.rfind(':');
                    colon != word.npos && inodes.contains(word.substr(colon + 1)))
                    ++count;
        }
        return count;
    }
};

} // namespace azure_wi::tests
