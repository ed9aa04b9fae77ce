#pragma once

#include "token-cache/exchange/transport.hpp"
#include "token-cache/network/chunked_body.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace azure_wi {

/// Makes an http_reply of the header lines and body bytes of one connection, and refuses whatever two HTTP
/// parsers could read differently (RFC 9112; RFC 9110 section 5). libcurl is lenient by design: it takes bare
/// LF, folded lines, "Content-Length: +5", both ways of framing at once, and interim responses without end.
///
/// Feed it until it is broken(); after that it takes nothing. Holds no reference to what it is fed.
/// Thread rules: as for a value.
class reply_reader {
public:
    static constexpr std::size_t body_limit = 256 * 1024;
    static constexpr std::size_t header_limit =
        16 * 1024; ///< all header lines of all responses; trailers again
    static constexpr int interim_limit = 8;

    /// One line with its line end. Returns false where the reply is broken.
    bool take_header_line(std::string_view line) noexcept;

    /// Bytes after the header, with chunked framing still in. Returns false where the reply is broken.
    bool take_body(std::string_view bytes) noexcept;

    [[nodiscard]] bool broken() const { return !fault_.empty(); }

    /// Why it is broken, in our words; a literal.
    [[nodiscard]] std::string_view fault() const { return fault_; }

    /// True once a final status line has come.
    [[nodiscard]] bool has_status() const { return reply_.status != 0; }

    /// True where nothing but the end of the connection tells where the body ends. The caller must then know
    /// that the end is the server's word (TLS close_notify) and not an attacker's cut.
    [[nodiscard]] bool ends_with_connection() const;

    /// True where the body is whole, as far as its framing tells.
    [[nodiscard]] bool whole() const;

    /// The reply; to be taken once.
    [[nodiscard]] http_reply take() { return std::move(reply_); }

private:
    bool fail(std::string_view reason);
    bool take_line(std::string_view line);
    bool take_bytes(std::string_view bytes);
    bool take_status_line(std::string_view line);
    bool take_field(std::string_view name, std::string_view value);
    bool check_framing();
    [[nodiscard]] bool bodiless() const { return reply_.status == 204 || reply_.status == 304; }

    http_reply reply_;
    std::size_t header_bytes_ = 0;
    int interim_ = 0;
    bool in_interim_ = false; ///< the lines belong to a 1xx response
    std::optional<std::uint64_t> content_length_;
    std::optional<chunked_body> chunks_;
    std::string_view fault_;
};

} // namespace azure_wi
