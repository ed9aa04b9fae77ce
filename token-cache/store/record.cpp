#include "token-cache/store/record.hpp"

#include "token-cache/exchange/b64token.hpp"
#include "token-cache/store/crc32c.hpp"
#include "token-cache/store/record_bytes.hpp"

#include <algorithm>

namespace azure_wi {

namespace {

constexpr std::string_view token_magic = "azwi-tok";
constexpr std::string_view refusal_magic = "azwi-ref";
constexpr std::size_t sum_at = 16; ///< where the CRC stands: it covers the bytes before and behind it
constexpr std::size_t sum_end = 20;
constexpr std::uint16_t life_unknown_flag = 1;

/// Puts the head before `fields`, which start with the record id.
[[nodiscard]] secret with_head(std::string_view magic, std::uint16_t flags, const secret &fields) {
    record_writer head;
    head.text(magic);
    head.number(record_version);
    head.number(flags);
    head.number(static_cast<std::uint32_t>(sum_end + fields.size()));
    secret record = head.take();
    record_writer sum;
    sum.number(crc32c(fields.reveal(), crc32c(record.reveal())));
    record.append(sum.take().reveal());
    record.append(fields.reveal());
    return record;
}

struct opened_record {
    std::uint16_t flags = 0;
    record_id id{};
    record_reader fields;
};

[[nodiscard]] std::optional<opened_record> open_record(std::string_view magic, std::string_view bytes) {
    record_reader head(bytes);
    if (bytes.size() > max_record_size || head.text(magic.size()) != magic ||
        head.number<std::uint16_t>() != record_version)
        return std::nullopt;
    opened_record opened{.flags = head.number<std::uint16_t>(), .fields = record_reader({})};
    if (head.number<std::uint32_t>() != bytes.size())
        return std::nullopt;
    const auto sum = head.number<std::uint32_t>();
    if (!head.ok() || sum != crc32c(bytes.substr(sum_end), crc32c(bytes.substr(0, sum_at))))
        return std::nullopt;
    const std::string_view id = head.text(opened.id.size());
    std::ranges::transform(id, opened.id.begin(), [](char c) { return static_cast<unsigned char>(c); });
    opened.fields = head;
    return opened;
}

[[nodiscard]] std::string_view id_text(const record_id &id) {
    return {reinterpret_cast<const char *>(id.data()), id.size()};
}

} // namespace

secret encode_token_record(const cache_key &key, const access_token &token) {
    record_writer fields;
    fields.text(id_text(token.id));
    fields.number(token.acquired_at);
    fields.number(token.refresh_from);
    fields.number(token.expiry);
    fields.number(static_cast<std::uint32_t>(key.full.size()));
    fields.number(static_cast<std::uint32_t>(token.value.size()));
    fields.text(key.full);
    fields.text(token.value.reveal());
    return with_head(token_magic, token.life_known ? std::uint16_t{0} : life_unknown_flag, fields.take());
}

std::optional<access_token> decode_token_record(const cache_key &key, std::string_view bytes) {
    std::optional<opened_record> record = open_record(token_magic, bytes);
    if (!record)
        return std::nullopt;
    access_token token;
    token.id = record->id;
    token.life_known = (record->flags & life_unknown_flag) == 0;
    token.acquired_at = record->fields.number<std::int64_t>();
    token.refresh_from = record->fields.number<std::int64_t>();
    token.expiry = record->fields.number<std::int64_t>();
    const auto key_size = record->fields.number<std::uint32_t>();
    const auto token_size = record->fields.number<std::uint32_t>();
    const bool same_key = record->fields.text(key_size) == key.full;
    const std::string_view value = record->fields.text(token_size);
    if (!record->fields.at_end() || !same_key || !is_b64token(value))
        return std::nullopt;
    token.value = secret::copy_of(value);
    return token;
}

secret encode_refusal_record(const cache_key &key, const refusal &refused) {
    record_writer fields;
    fields.text(id_text(refused.id));
    fields.number(refused.refused_at);
    fields.number(refused.remember_until);
    fields.number(refused.token_file.device);
    fields.number(refused.token_file.inode);
    fields.number(refused.token_file.modified_ns);
    fields.number(refused.token_file.size);
    fields.number(static_cast<std::uint16_t>(refused.code));
    fields.number(std::uint16_t{0});
    fields.number(static_cast<std::uint32_t>(refused.aadsts));
    fields.number(static_cast<std::uint32_t>(key.full.size()));
    fields.number(static_cast<std::uint32_t>(refused.text.error.size()));
    fields.number(static_cast<std::uint32_t>(refused.text.hint.size()));
    fields.text(key.full);
    fields.text(refused.text.error);
    fields.text(refused.text.hint);
    return with_head(refusal_magic, 0, fields.take());
}

std::optional<refusal> decode_refusal_record(const cache_key &key, std::string_view bytes) {
    std::optional<opened_record> record = open_record(refusal_magic, bytes);
    if (!record)
        return std::nullopt;
    record_reader &fields = record->fields;
    refusal refused;
    refused.id = record->id;
    refused.refused_at = fields.number<std::int64_t>();
    refused.remember_until = fields.number<std::int64_t>();
    refused.token_file.device = fields.number<std::uint64_t>();
    refused.token_file.inode = fields.number<std::uint64_t>();
    refused.token_file.modified_ns = fields.number<std::int64_t>();
    refused.token_file.size = fields.number<std::uint64_t>();
    refused.code = static_cast<errc>(fields.number<std::uint16_t>());
    static_cast<void>(fields.number<std::uint16_t>());
    refused.aadsts = static_cast<int>(fields.number<std::uint32_t>());
    const auto key_size = fields.number<std::uint32_t>();
    const auto error_size = fields.number<std::uint32_t>();
    const auto hint_size = fields.number<std::uint32_t>();
    const bool same_key = fields.text(key_size) == key.full;
    refused.text.error = fields.text(error_size);
    refused.text.hint = fields.text(hint_size);
    if (!fields.at_end() || !same_key || !is_printable(refused.text.error) ||
        !is_printable(refused.text.hint))
        return std::nullopt;
    return refused;
}

bool is_newer_record(std::string_view bytes) {
    record_reader head(bytes);
    const std::string_view magic = head.text(token_magic.size());
    const auto version = head.number<std::uint16_t>();
    return head.ok() && (magic == token_magic || magic == refusal_magic) && version > record_version;
}

} // namespace azure_wi
