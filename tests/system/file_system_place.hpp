#pragma once

#include "tests/system/fixture.hpp"
#include "tests/system/outcome.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace azure_wi::tests {

inline constexpr ::uid_t pod_user = 65533; // no entry in /etc/passwd
inline constexpr ::uid_t other_user = 65532;

// A tmpfs for as long as it lives: what Kubernetes mounts as emptyDir with medium Memory.
class mounted_memory {
public:
    mounted_memory(std::filesystem::path where, const std::string &options);
    ~mounted_memory();
    mounted_memory(const mounted_memory &) = delete;
    mounted_memory &operator=(const mounted_memory &) = delete;

    void make_read_only() const;
    const std::filesystem::path &path() const { return where_; }

private:
    std::filesystem::path where_;
};

// A directory that another user has put where ours would be.
class squatted_directory {
public:
    explicit squatted_directory(std::filesystem::path where, ::mode_t mode = 0700);
    ~squatted_directory();
    squatted_directory(const squatted_directory &) = delete;
    squatted_directory &operator=(const squatted_directory &) = delete;

private:
    std::filesystem::path where_;
};

void set_mode(const std::filesystem::path &path, ::mode_t mode);
::mode_t mode_of(const std::filesystem::path &path);
void give(const std::filesystem::path &path, ::uid_t user, ::gid_t group = 0);
std::string content_of(const std::filesystem::path &file);
void write(const std::filesystem::path &file, std::string_view content, ::mode_t mode = 0600);

// Everything below `directory` and itself: names, kinds, modes, owners, times of change, contents.
std::string snapshot(const std::filesystem::path &directory);

// What a machine must allow for a test; to be named in boost::unit_test::precondition.
boost::test_tools::assertion_result other_users(boost::unit_test::test_unit_id);
boost::test_tools::assertion_result user_namespaces(boost::unit_test::test_unit_id);
boost::test_tools::assertion_result system_call_injection(boost::unit_test::test_unit_id);

// A fixture whose helper and token file other users can reach too, and a record with a valid token to tempt
// it with.
class file_system_place : public fixture {
public:
    file_system_place();
    ~file_system_place();

    // The projected token of every run here.
    const std::filesystem::path &token_file() const { return token_file_; }
    const std::filesystem::path &program() const { return program_; }

    // `get` with these variables, by this process's user or another. `before` stands in front of the helper.
    world::process_result get(const variables &extra, const std::vector<std::string> &before = {});
    world::process_result get_as(::uid_t user, const variables &extra, ::gid_t group = 0);
    variables cache_at(const std::filesystem::path &directory) const;

    // The record that `get` leaves in cache() (0700, ours), and its token.
    struct record {
        std::string name;
        std::string content;
        std::string token;
    };
    const record &bait();
    // Puts the bait where a helper that looks would find it.
    void lay_bait(const std::filesystem::path &directory, ::uid_t owner = 0);
    std::filesystem::path record_in(const std::filesystem::path &directory) const;

    // A token by an exchange of its own; then the same token without one.
    template <class Run>
    void check_cached(Run run) {
        const std::uint64_t before = entra().exchanges();
        const std::string first = token_of(run());
        BOOST_TEST(first != bait_.token);
        BOOST_TEST(entra().exchanges() == before + 1);
        BOOST_TEST(token_of(run()) == first);
        BOOST_TEST(entra().exchanges() == before + 1);
    }
    // A token by an exchange each time, while `directory` stays as it is and the bait in it is not taken.
    template <class Run>
    void check_uncached(const std::filesystem::path &directory, Run run) {
        const std::string as_it_was = snapshot(directory);
        for (int time = 0; time < 2; ++time) {
            const std::uint64_t before = entra().exchanges();
            BOOST_TEST(token_of(run()) != bait_.token);
            BOOST_TEST(entra().exchanges() == before + 1);
        }
        BOOST_TEST(snapshot(directory) == as_it_was);
    }
    // The token of an answer that must be one, without a word on stderr but traces.
    static std::string token_of(const world::process_result &got);

private:
    std::filesystem::path token_file_;
    std::filesystem::path program_;
    record bait_;
};

} // namespace azure_wi::tests
