// Row sa_swap of cases/fs.tsv: kubelet's rotation while others read.

#include "tests/fakes/json_web_token.hpp"
#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/assertion/assertion_file.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace azure_wi;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_CASE(every_read_during_ten_thousand_swaps_is_wholly_old_or_wholly_new) {
    const scratch_directory place;
    const fs::path volume = place.file("volume");
    fs::create_directory(volume);
    fs::create_symlink("..data/token", volume / "token");

    const std::int64_t expiry = system_clock().wall_seconds() + 3600;
    const std::string one = service_account_token(expiry);
    const std::string other = service_account_token(expiry + 1000);
    BOOST_REQUIRE(one != other);

    // As kubelet's atomic writer: a new directory, a new link beside `..data`, a rename over it, and the old
    // one goes.
    auto rotate = [&, generation = 0]() mutable {
        const std::string fresh = "..generation-" + std::to_string(generation);
        fs::create_directory(volume / fresh);
        std::ofstream(volume / fresh / "token") << (generation % 2 == 0 ? one : other);
        fs::create_symlink(fresh, volume / "..data_tmp");
        fs::rename(volume / "..data_tmp", volume / "..data");
        if (generation > 0)
            fs::remove_all(volume / ("..generation-" + std::to_string(generation - 1)));
        ++generation;
    };
    rotate();

    // Each reader reads again once there was another swap, and so while the next one is under way; readers
    // that never rest would only take the processor from the writer.
    std::atomic<int> swaps{0};
    std::atomic<int> torn{0};
    std::atomic<int> failed{0};
    std::atomic<int> reads{0};
    constexpr int all_swaps = 10'000;
    std::vector<std::jthread> readers;
    for (int reader = 0; reader < 8; ++reader) {
        readers.emplace_back([&] {
            system_clock time;
            silent_trace log;
            assertion_file file((volume / "token").string(), time, log);
            for (int seen = 0; seen < all_swaps; seen = swaps) {
                swaps.wait(seen);
                const auto got = file.read(time.now() + std::chrono::seconds(30));
                ++reads;
                if (!got)
                    ++failed;
                else if (got->jwt.reveal() != one && got->jwt.reveal() != other)
                    ++torn;
            }
        });
    }
    while (swaps < all_swaps) {
        rotate();
        ++swaps;
        swaps.notify_all();
    }
    readers.clear();
    BOOST_TEST(torn == 0);
    BOOST_TEST(failed == 0);
    BOOST_TEST(reads > 100);
}
