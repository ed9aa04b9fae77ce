// What stands in place of our record: rows file_* of cases/fs.tsv.

#include "tests/system/file_system_place.hpp"
#include "token-cache/store/cache_key.hpp"
#include "token-cache/store/record.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

using namespace azure_wi::tests;
using azure_wi::world::process_result;
namespace fs = std::filesystem;
namespace ut = boost::unit_test;

namespace {

struct record_place : file_system_place {
    // The record's own file, with the bait's content until a test changes it.
    fs::path record_file() { return cache() / bait().name; }
    process_result run() { return file_system_place::get({}); }

    // Not taken for ours, and replaced.
    void check_replaced() {
        check_cached([&] { return run(); });
        BOOST_TEST(mode_of(record_file()) == 0600U);
    }
    void check_replaced_content(std::string_view content) {
        write(record_file(), content);
        check_replaced();
    }

    azure_wi::cache_key key() const {
        return azure_wi::make_cache_key({.authority = "https://login.microsoftonline.com",
                                         .tenant_id = azure_wi::world::tenant_id,
                                         .client_id = azure_wi::world::build_client_id,
                                         .scope = azure_wi::azure_devops_scope,
                                         .token_file = token_file().string(),
                                         .token_command = {},
                                         .binding = {}});
    }
    // The bait as another hand could have written it, checksum and all.
    template <class Change>
    std::string edited(Change change) {
        auto token = azure_wi::decode_token_record(key(), bait().content);
        BOOST_REQUIRE(token.has_value());
        change(*token);
        return std::string(azure_wi::encode_token_record(key(), *token).reveal());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(file_system_record, record_place)

BOOST_AUTO_TEST_CASE(a_record_that_others_can_read_is_replaced, *ut::label("file_mode")) {
    for (const ::mode_t mode : {0644U, 0640U, 0660U, 0666U, 0400U}) {
        write(record_file(), bait().content, mode);
        check_replaced();
    }
}

BOOST_AUTO_TEST_CASE(a_record_of_another_user_is_replaced,
                     *ut::label("file_owner") * ut::precondition(other_users)) {
    give(record_file(), other_user);
    check_replaced();
}

BOOST_AUTO_TEST_CASE(a_record_with_a_second_name_is_replaced) {
    fs::create_hard_link(record_file(), scratch() / "second-name");
    check_replaced();
    BOOST_TEST(content_of(scratch() / "second-name") == bait().content);
}

BOOST_AUTO_TEST_CASE(a_fifo_is_replaced_and_not_waited_for, *ut::label("file_fifo")) {
    const fs::path file = record_file();
    fs::remove(file);
    BOOST_REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
    check_replaced();
}

BOOST_AUTO_TEST_CASE(a_link_is_replaced_and_not_followed) {
    const fs::path target = scratch() / "target";
    write(target, bait().content);
    fs::remove(record_file());
    fs::create_symlink(target, record_file());
    check_replaced();
    BOOST_TEST(content_of(target) == bait().content);
}

BOOST_AUTO_TEST_CASE(a_directory_is_in_the_way_for_good, *ut::label("file_dir")) {
    const fs::path file = record_file();
    fs::remove(file);
    fs::create_directory(file);
    check_uncached(file, [&] { return run(); });
    for (const auto &entry : fs::directory_iterator(cache()))
        BOOST_TEST(entry.path().extension() != ".tmp");
}

BOOST_AUTO_TEST_CASE(an_empty_record_is_absent, *ut::label("file_empty")) {
    check_replaced_content("");
}

BOOST_AUTO_TEST_CASE(a_record_cut_anywhere_is_absent, *ut::label("file_trunc")) {
    entra().set_token_size(300);
    const std::string whole = bait().content;
    // By the face alone, which would answer: an exchange for each byte takes a minute.
    const fs::path alone = scratch() / "alone";
    fs::copy_file(face(), alone);
    const auto face_alone = [&] {
        return all().run(
            {alone.string(), "--on-failure=next", "get"},
            {{"AZURE_FEDERATED_TOKEN_FILE", token_file().string()}, {"AZURE_WI_CACHE_DIR", cache().string()}},
            plain_request());
    };
    BOOST_TEST(read_credential(face_alone().out).token() == bait().token);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write(record_file(), std::string_view(whole).substr(0, size));
        BOOST_TEST(read_credential(face_alone().out).token() != bait().token, size);
    }
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{19}, std::size_t{36}, whole.size() / 2, whole.size() - 1})
        check_replaced_content(std::string_view(whole).substr(0, size));
}

BOOST_AUTO_TEST_CASE(a_huge_record_is_not_read, *ut::label("file_huge")) {
    write(record_file(), bait().content);
    BOOST_REQUIRE(::truncate(record_file().c_str(), ::off_t{1} << 30) == 0);
    check_replaced();
    check_replaced_content(std::string(azure_wi::max_record_size + 1, 'x'));
}

BOOST_AUTO_TEST_CASE(a_newer_versions_record_is_neither_read_nor_overwritten, *ut::label("file_newer")) {
    std::string newer = bait().content;
    newer[8] = static_cast<char>(newer[8] + 1);
    write(record_file(), newer);
    check_uncached(record_file(), [&] { return run(); });
}

BOOST_AUTO_TEST_CASE(another_identitys_record_under_our_name_is_replaced, *ut::label("file_other_id")) {
    const std::string ours = bait().content;
    fs::remove_all(cache());
    const process_result deploy = helper({"get"}, plain_request(), all().deploy_environment());
    BOOST_REQUIRE(!read_credential(deploy.out).token().empty());
    const std::string foreign = content_of(record_in(cache()));
    BOOST_REQUIRE(foreign != ours);
    fs::remove_all(cache());
    fs::create_directory(cache());
    set_mode(cache(), 0700);
    const std::uint64_t before = entra().exchanges();
    write(record_file(), foreign);
    BOOST_TEST(token_of(run()) != read_credential(deploy.out).token());
    BOOST_TEST(entra().exchanges() == before + 1);
}

BOOST_AUTO_TEST_CASE(an_expired_record_is_replaced, *ut::label("file_expired")) {
    check_replaced_content(edited([](azure_wi::access_token &token) {
        token.acquired_at -= 7200;
        token.refresh_from -= 7200;
        token.expiry -= 7200;
    }));
    // What has less than five minutes left is not handed out either.
    check_replaced_content(edited([](azure_wi::access_token &token) {
        token.acquired_at -= 3400;
        token.expiry = token.acquired_at + 3600;
    }));
    // From the future, and with a life that no token has.
    check_replaced_content(edited([](azure_wi::access_token &token) { token.acquired_at += 3000; }));
    check_replaced_content(edited([](azure_wi::access_token &token) { token.expiry += 24 * 60 * 60; }));
}

BOOST_AUTO_TEST_CASE(a_token_that_would_break_out_of_its_line_is_never_printed,
                     *ut::label("file_token_bad")) {
    const std::vector<std::string> bad{"a\nhost=evil.com", "a\r", std::string("a\0b", 3), "a b", "a\"",
                                       "\xc3\xa9",         "="};
    for (const std::string &value : bad)
        check_replaced_content(
            edited([&](azure_wi::access_token &token) { token.value = azure_wi::secret::copy_of(value); }));
}

BOOST_AUTO_TEST_CASE(a_record_that_is_anything_else_is_replaced, *ut::label("file_json_deep")) {
    std::string all_lengths = bait().content;
    all_lengths.replace(60, 8, 8, '\xff');
    for (const std::string &content :
         {std::string(60'000, '['), std::string(60'000, '{'), std::string(1000, '\0'),
          std::string(1000, '\xff'), std::string("azwi-tok"),
          std::string("{\"access_token\":\"x\",\"expires_in\":3600}"), all_lengths,
          bait().content + bait().content})
        check_replaced_content(content);
}

BOOST_AUTO_TEST_SUITE_END()
