#include "tests/system/each_git.hpp"

#include "token-cache/store/crc32c.hpp"
#include "token-cache/store/record_bytes.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <stdexcept>

namespace azure_wi::tests {

namespace {

bool in_ci() {
    const char *value = std::getenv("CI");
    return value != nullptr && std::string(value) == "true";
}

std::string joined(const std::vector<std::string> &words) {
    std::string line;
    for (const std::string &word : words)
        line += ' ' + word;
    return line;
}

} // namespace

std::filesystem::path new_git() {
    const char *given = std::getenv("AZURE_WI_GIT_NEW");
    if (given != nullptr && *given != '\0')
        return given;
    return std::filesystem::path(AZURE_WI_SOURCE_DIR) / "build" / "gits" / "trixie" / "bin" / "git";
}

boost::test_tools::assertion_result new_git_is_there(boost::unit_test::test_unit_id which) {
    boost::test_tools::assertion_result there(in_ci() || std::filesystem::exists(new_git()));
    if (!there) {
        there.message() << "no git >= 2.46 at " << new_git().string() << " (tests/gits/fetch brings one)";
        std::cout << "skipped: "
                  << boost::unit_test::framework::get(which, boost::unit_test::TUT_ANY).full_name()
                  << ": no git >= 2.46 here; tests/gits/fetch brings one\n";
    }
    return there;
}

git_fixture::git_fixture(git_age age) : age_(age) {
    if (age == git_age::with_authtype) {
        if (!std::filesystem::exists(new_git()))
            throw std::runtime_error("no git >= 2.46 at " + new_git().string());
        set_git({new_git().string()});
    }
}

world::process_result git_fixture::must(std::vector<std::string> arguments, const variables &extra,
                                        const std::filesystem::path &directory) {
    const std::string line = joined(arguments);
    world::process_result result = git(std::move(arguments), extra, directory);
    BOOST_REQUIRE_MESSAGE(result.status == 0, "git" << line << " ended with " << result.status << '\n'
                                                    << result.out << result.err);
    return result;
}

void git_fixture::commit(const std::filesystem::path &tree, const std::string &file,
                         const std::string &content) {
    write_file(tree / file, content);
    must({"add", file}, {}, tree);
    must({"commit", "--quiet", "-m", "add " + file}, {}, tree);
}

void git_fixture::age_cached_token(std::chrono::seconds left) {
    for (const auto &entry : std::filesystem::directory_iterator(cache())) {
        if (entry.path().extension() != ".token")
            continue;
        const std::string old = read_file(entry.path());
        record_reader reader(old);
        const std::string_view head = reader.text(16);
        static_cast<void>(reader.number<std::uint32_t>());
        const std::string_view id = reader.text(16);
        const auto acquired = reader.number<std::int64_t>();
        const auto refresh = reader.number<std::int64_t>();
        const auto expiry = reader.number<std::int64_t>();
        const auto passed =
            expiry - std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()) - left.count();
        record_writer checked;
        checked.text(id);
        for (const std::int64_t moment : {acquired, refresh, expiry})
            checked.number(moment - passed);
        checked.text(std::string_view(old).substr(60));
        const secret bytes = checked.take();
        record_writer record;
        record.text(head);
        record.number(crc32c(bytes.reveal(), crc32c(head)));
        record.text(bytes.reveal());
        write_file(entry.path(), std::string(record.take().reveal()));
        return;
    }
    throw std::runtime_error("no token is cached");
}

std::string read_file(const std::filesystem::path &file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write_file(const std::filesystem::path &file, const std::string &content) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << content;
    stream.close();
    if (!stream)
        throw std::runtime_error("cannot write " + file.string());
}

std::string noise(std::size_t size) {
    std::mt19937_64 generator(size);
    std::string bytes;
    while (bytes.size() < size) {
        const std::uint64_t word = generator();
        bytes.append(reinterpret_cast<const char *>(&word), sizeof word);
    }
    bytes.resize(size);
    return bytes;
}

} // namespace azure_wi::tests
