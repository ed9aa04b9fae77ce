#include "token-cache/refresh_policy.hpp"
#include "token-cache/store/crc32c.hpp"
#include "token-cache/store/record.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <string_view>

using namespace azure_wi;

namespace {

constexpr std::int64_t now = 1'700'000'000;

cache_key key_of(std::string full = "the whole key") {
    return {.full = std::move(full), .name = "0123456789abcdef"};
}

access_token example_token(std::string_view value = "eyJ.ab-c_~+/=") {
    access_token token;
    token.value = secret::copy_of(value);
    plan_life(token, {.expires_in = 3600, .refresh_in = 1800}, now, 0);
    for (std::size_t i = 0; i < token.id.size(); ++i)
        token.id[i] = static_cast<unsigned char>(0xf0 + i);
    return token;
}

refusal example_refusal() {
    return {.id = {1, 2, 3},
            .refused_at = now,
            .remember_until = now + 10,
            .token_file = {.device = 1, .inode = 1ULL << 63U, .modified_ns = -1, .size = 1234},
            .code = errc::refused,
            .aadsts = 700213,
            .text = {.error = "no federated credential matches", .hint = "add one"}};
}

std::string bytes_of(const access_token &token) {
    return std::string(encode_token_record(key_of(), token).reveal());
}
std::string bytes_of(const refusal &refused) {
    return std::string(encode_refusal_record(key_of(), refused).reveal());
}

bool reads(std::string_view bytes, const cache_key &key = key_of()) {
    return decode_token_record(key, bytes).has_value() || decode_refusal_record(key, bytes).has_value();
}

void put(std::string &bytes, std::size_t at, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
        bytes[at + i] = static_cast<char>((value >> (8 * i)) & 0xffU);
}

// As a hand that knows the format would leave it: length and sum fit again.
std::string sealed(std::string bytes) {
    put(bytes, 12, bytes.size(), 4);
    put(bytes, 16, crc32c(std::string_view(bytes).substr(20), crc32c(std::string_view(bytes).substr(0, 16))),
        4);
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(record)

BOOST_AUTO_TEST_CASE(of_a_token_comes_back_as_it_was) {
    const access_token token = example_token();
    const auto read = decode_token_record(key_of(), bytes_of(token));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->value.reveal() == "eyJ.ab-c_~+/=");
    BOOST_TEST(read->acquired_at == now);
    BOOST_TEST(read->refresh_from == now + 1800);
    BOOST_TEST(read->expiry == now + 3600);
    BOOST_TEST(read->life_known);
    BOOST_TEST((read->id == token.id));
}

BOOST_AUTO_TEST_CASE(remembers_that_a_life_is_a_guess) {
    access_token token = example_token();
    plan_life(token, {.expires_in = {}, .refresh_in = {}}, now, 0);
    const auto read = decode_token_record(key_of(), bytes_of(token));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(!read->life_known);
    BOOST_TEST(read->expiry == now + 300);
}

BOOST_AUTO_TEST_CASE(of_a_refusal_comes_back_as_it_was) {
    const refusal refused = example_refusal();
    const auto read = decode_refusal_record(key_of(), bytes_of(refused));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->id == refused.id));
    BOOST_TEST(read->refused_at == refused.refused_at);
    BOOST_TEST(read->remember_until == refused.remember_until);
    BOOST_TEST((read->token_file == refused.token_file));
    BOOST_TEST((read->code == errc::refused));
    BOOST_TEST(read->aadsts == 700213);
    BOOST_TEST(read->text.error == refused.text.error);
    BOOST_TEST(read->text.hint == refused.text.hint);
}

BOOST_AUTO_TEST_CASE(of_one_kind_is_none_of_the_other) {
    BOOST_TEST(!decode_refusal_record(key_of(), bytes_of(example_token())));
    BOOST_TEST(!decode_token_record(key_of(), bytes_of(example_refusal())));
}

BOOST_AUTO_TEST_CASE(cut_anywhere_is_rejected) {
    for (const std::string &whole : {bytes_of(example_token()), bytes_of(example_refusal())}) {
        BOOST_TEST(reads(whole));
        for (std::size_t size = 0; size < whole.size(); ++size)
            BOOST_TEST(!reads(std::string_view(whole).substr(0, size)), size);
        BOOST_TEST(!reads(whole + '\0'));
    }
}

// Even where its length and sum were made to fit.
BOOST_AUTO_TEST_CASE(cut_anywhere_and_sealed_again_is_rejected) {
    for (const std::string &whole : {bytes_of(example_token()), bytes_of(example_refusal())}) {
        BOOST_TEST(reads(sealed(whole)));
        for (std::size_t size = 20; size < whole.size(); ++size)
            BOOST_TEST(!reads(sealed(whole.substr(0, size))), size);
        BOOST_TEST(!reads(sealed(whole + '\0')));
    }
}

BOOST_AUTO_TEST_CASE(with_one_bit_flipped_is_rejected) {
    for (const std::string &whole : {bytes_of(example_token()), bytes_of(example_refusal())}) {
        for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
            std::string flipped = whole;
            flipped[bit / 8] =
                static_cast<char>(static_cast<unsigned char>(flipped[bit / 8]) ^ (1U << (bit % 8)));
            BOOST_TEST(!decode_token_record(key_of(), flipped), bit);
            BOOST_TEST(!decode_refusal_record(key_of(), flipped), bit);
        }
    }
}

BOOST_AUTO_TEST_CASE(of_a_newer_version_is_not_parsed_and_known_as_such) {
    for (std::string bytes : {bytes_of(example_token()), bytes_of(example_refusal())}) {
        BOOST_TEST(!is_newer_record(bytes));
        put(bytes, 8, record_version + 1U, 2);
        BOOST_TEST(!reads(bytes));
        BOOST_TEST(!reads(sealed(bytes)));
        BOOST_TEST(is_newer_record(bytes));
        BOOST_TEST(is_newer_record(bytes.substr(0, 10)));
        BOOST_TEST(!is_newer_record(bytes.substr(0, 9)));
        put(bytes, 8, record_version - 1U, 2);
        BOOST_TEST(!reads(sealed(bytes)));
        BOOST_TEST(!is_newer_record(bytes));
    }
    BOOST_TEST(!is_newer_record("{\"version\": 99}"));
    BOOST_TEST(!is_newer_record(""));
}

BOOST_AUTO_TEST_CASE(of_another_identity_under_our_name_is_rejected) {
    for (const std::string &bytes : {bytes_of(example_token()), bytes_of(example_refusal())}) {
        BOOST_TEST(!reads(bytes, key_of("the whole kex")));
        BOOST_TEST(!reads(bytes, key_of("the whole key ")));
        BOOST_TEST(!reads(bytes, key_of("")));
    }
}

BOOST_AUTO_TEST_CASE(with_a_token_that_no_server_may_send_is_rejected) {
    for (const std::string_view value :
         {"", "=", "a b", "a\nhost=evil.com", "a\r", "a\x7f", "a=b", "\xc3\xa9"})
        BOOST_TEST(!reads(bytes_of(example_token(value))), value);
    BOOST_TEST(!reads(bytes_of(example_token(std::string_view("a\0b", 3)))));
    BOOST_TEST(!reads(bytes_of(example_token(std::string(32769, 'a')))));
    BOOST_TEST(reads(bytes_of(example_token(std::string(32768, 'a')))));
}

BOOST_AUTO_TEST_CASE(with_words_that_do_not_belong_on_a_terminal_is_rejected) {
    refusal refused = example_refusal();
    refused.text.error = "red \x1b[31m";
    BOOST_TEST(!reads(bytes_of(refused)));
    refused = example_refusal();
    refused.text.hint = "two\nlines";
    BOOST_TEST(!reads(bytes_of(refused)));
}

BOOST_AUTO_TEST_CASE(over_the_limit_is_rejected_however_well_made) {
    const cache_key large = key_of(std::string(max_record_size, 'k'));
    const secret bytes = encode_token_record(large, example_token());
    BOOST_TEST(bytes.size() > max_record_size);
    BOOST_TEST(!decode_token_record(large, bytes.reveal()));
}

// Lengths that overflow, lengths beyond the end, and none of the format at all.
BOOST_AUTO_TEST_CASE(made_by_a_stranger_is_rejected) {
    const std::string whole = bytes_of(example_token());
    constexpr std::size_t key_size_at = 60;
    constexpr std::size_t token_size_at = 64;
    for (const std::uint64_t length : {0ULL, 1ULL, 0x7fffffffULL, 0x80000000ULL, 0xffffffffULL}) {
        for (const std::size_t at : {key_size_at, token_size_at}) {
            std::string bytes = whole;
            put(bytes, at, length, 4);
            BOOST_TEST(!reads(sealed(bytes)), length);
        }
    }
    BOOST_TEST(!reads(std::string(36, '\0')));
    BOOST_TEST(!reads(std::string(1000, '\xff')));
    BOOST_TEST(!reads(std::string(60000, '[')));
    BOOST_TEST(!reads(sealed("azwi-tok" + std::string(12, '\0'))));
}

// Times are another's business, but whatever stands there must not become a life.
BOOST_AUTO_TEST_CASE(with_impossible_times_is_read_and_its_token_unusable) {
    const auto usable = [](std::int64_t acquired, std::int64_t expiry) {
        access_token token = example_token();
        token.acquired_at = acquired;
        token.expiry = expiry;
        const auto read = decode_token_record(key_of(), bytes_of(token));
        BOOST_REQUIRE(read.has_value());
        return judge(*read, now, std::chrono::seconds(0)) != usability::unusable;
    };
    BOOST_TEST(usable(now, now + 3600));
    BOOST_TEST(!usable(now + 1, now + 3600));         // from the future
    BOOST_TEST(!usable(now, now + 24 * 60 * 60 + 1)); // longer than any token lives
    BOOST_TEST(!usable(now - 3600, now));             // dead
    BOOST_TEST(!usable(INT64_MIN, INT64_MAX));
    BOOST_TEST(!usable(INT64_MIN, now + 1));
    BOOST_TEST(!usable(now, INT64_MIN));
}

BOOST_AUTO_TEST_SUITE_END()
