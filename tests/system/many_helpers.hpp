#pragma once

#include "tests/system/fixture.hpp"
#include "tests/system/outcome.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace azure_wi::tests {

inline std::string read_whole(const std::filesystem::path &file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline bool wait_until(const std::function<bool()> &condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

// Any number of helpers that a shell starts at once; the constructor returns when the last one has ended. It
// can run on any thread; answers() checks, and Boost.Test is for the main thread alone.
class many_helpers {
public:
    many_helpers(fixture &in, int count, const std::vector<std::string> &arguments,
                 const fixture::variables &extra = {}) {
        const std::filesystem::path place = in.scratch() / "many";
        std::filesystem::remove_all(place);
        std::filesystem::create_directory(place);
        std::ofstream(place / "request") << fixture::plain_request();
        std::vector<std::string> command{
            "sh",
            "-c",
            "cd \"$0\"; n=$1; shift; i=0; while [ $i -lt $n ]; do i=$((i+1)); "
            "( \"$@\" <request >$i.out 2>$i.err; echo $? >$i.status ) & done; wait",
            place.string(),
            std::to_string(count),
            face().string()};
        command.insert(command.end(), arguments.begin(), arguments.end());
        fixture::variables all{{"AZURE_WI_CACHE_DIR", in.cache().string()}};
        for (const auto &[name, value] : extra)
            all[name] = value;
        const world::process_result shell = in.all().run(command, all);
        if (shell.status != 0)
            throw std::runtime_error("many_helpers: " + shell.err);
        for (int i = 1; i <= count; ++i) {
            const std::string stem = std::to_string(i);
            world::process_result one{.out = read_whole(place / (stem + ".out")),
                                      .err = read_whole(place / (stem + ".err"))};
            one.status = std::stoi("0" + read_whole(place / (stem + ".status")));
            ended_.push_back(std::move(one));
        }
    }

    std::vector<outcome> answers() const {
        std::vector<outcome> all;
        for (const world::process_result &one : ended_)
            all.push_back(read_outcome(one));
        return all;
    }

private:
    std::vector<world::process_result> ended_;
};

} // namespace azure_wi::tests
