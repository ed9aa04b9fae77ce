#include "token-cache/exchange/json_members.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace azure_wi {
namespace {

using boost::json::error_code;

constexpr std::size_t max_depth = 32;
constexpr std::size_t max_members = 256;

/// Longer keys are none of ours; their first bytes are enough to see that.
constexpr std::size_t max_kept_key = 64;

/// What basic_parser calls while it goes through the text. `depth_` counts the objects and arrays that
/// are open; the members that we look for stand at depth 1.
class member_collector {
public:
    static constexpr std::size_t max_object_size = max_members;
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    member_collector(std::span<const std::string_view> names, std::vector<json_member> &values)
        : names_(names), values_(values) {}

    bool on_document_begin(error_code &) { return true; }
    bool on_document_end(error_code &) { return true; }

    bool on_object_begin(error_code &) {
        begin_value(json_kind::object);
        ++depth_;
        return true;
    }
    bool on_object_end(std::size_t, error_code &) { return close(); }

    bool on_array_begin(error_code &ec) {
        if (depth_ == 0)
            return refuse(ec);
        begin_value(json_kind::array);
        ++depth_;
        return true;
    }
    bool on_array_end(std::size_t, error_code &) { return close(); }

    bool on_key_part(boost::json::string_view part, std::size_t, error_code &) {
        key_.append(part.data(), std::min(part.size(), max_kept_key - std::min(max_kept_key, key_.size())));
        key_size_ += part.size();
        return true;
    }
    bool on_key(boost::json::string_view part, std::size_t, error_code &ec) {
        on_key_part(part, 0, ec);
        const bool accepted = ++members_ <= max_members && (depth_ != 1 || enter_member());
        key_.clear();
        key_size_ = 0;
        return accepted || refuse(ec);
    }

    bool on_string_part(boost::json::string_view part, std::size_t, error_code &ec) {
        return scalar_part(json_kind::string, part, ec);
    }
    bool on_string(boost::json::string_view part, std::size_t, error_code &ec) {
        return scalar_end(json_kind::string, part, ec);
    }
    bool on_number_part(boost::json::string_view part, error_code &ec) {
        return scalar_part(json_kind::number, part, ec);
    }
    bool on_int64(std::int64_t, boost::json::string_view part, error_code &ec) {
        return scalar_end(json_kind::number, part, ec);
    }
    bool on_uint64(std::uint64_t, boost::json::string_view part, error_code &ec) {
        return scalar_end(json_kind::number, part, ec);
    }
    bool on_double(double, boost::json::string_view part, error_code &ec) {
        return scalar_end(json_kind::number, part, ec);
    }
    bool on_bool(bool, error_code &ec) { return scalar_end(json_kind::boolean, {}, ec); }
    bool on_null(error_code &ec) { return scalar_end(json_kind::null, {}, ec); }

    bool on_comment_part(boost::json::string_view, error_code &ec) { return refuse(ec); }
    bool on_comment(boost::json::string_view, error_code &ec) { return refuse(ec); }

private:
    static bool refuse(error_code &ec) {
        ec = boost::json::make_error_code(boost::json::error::syntax);
        return false;
    }

    bool close() {
        --depth_;
        return true;
    }

    /// False where the member was there before.
    bool enter_member() {
        current_ = nullptr;
        const auto name =
            key_size_ == key_.size() ? std::ranges::find(names_, std::string_view(key_)) : names_.end();
        if (name == names_.end())
            return true;
        current_ = &values_[static_cast<std::size_t>(name - names_.begin())];
        return current_->kind == json_kind::absent;
    }

    /// The member that keeps the value's text, or null.
    json_member *begin_value(json_kind kind) {
        if (current_ == nullptr)
            return nullptr;
        if (depth_ == 1) {
            current_->kind = kind;
            return current_;
        }
        if (depth_ == 2 && current_->kind == json_kind::array && current_->element == json_kind::absent) {
            current_->element = kind;
            return current_;
        }
        return nullptr;
    }

    bool scalar_part(json_kind kind, boost::json::string_view part, error_code &ec) {
        if (depth_ == 0)
            return refuse(ec);
        if (!in_scalar_)
            target_ = begin_value(kind);
        in_scalar_ = true;
        if (target_ != nullptr)
            target_->text.append({part.data(), part.size()});
        return true;
    }
    bool scalar_end(json_kind kind, boost::json::string_view part, error_code &ec) {
        const bool accepted = scalar_part(kind, part, ec);
        in_scalar_ = false;
        return accepted;
    }

    std::span<const std::string_view> names_;
    std::vector<json_member> &values_;
    std::string key_;
    std::size_t key_size_ = 0;
    std::size_t depth_ = 0;
    std::size_t members_ = 0;
    json_member *current_ = nullptr;
    json_member *target_ = nullptr;
    bool in_scalar_ = false;
};

} // namespace

json_members read_json_members(std::string_view text, std::span<const std::string_view> names) {
    json_members read;
    read.values.resize(names.size());

    boost::json::parse_options options;
    options.max_depth = max_depth;
    boost::json::basic_parser<member_collector> parser(options, names, read.values);
    error_code ec;
    // "More is to come", although none is: told that this is all, Boost 1.81 calls a number that ends behind
    // its decimal point a syntax error, and we could not tell a cut document from a wrong one.
    const std::size_t used = parser.write_some(true, text.data(), text.size(), ec);
    if (!ec && !parser.done())
        read.outcome = json_outcome::incomplete;
    else if (!ec && used == text.size())
        read.outcome = json_outcome::complete;
    return read;
}

} // namespace azure_wi
