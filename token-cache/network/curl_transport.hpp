#pragma once

#include "token-cache/clock.hpp"
#include "token-cache/exchange/transport.hpp"
#include "token-cache/network/destination.hpp"
#include "token-cache/network/two_step_trust.hpp"
#include "token-cache/settings/settings.hpp"
#include "token-cache/trace.hpp"

#include <memory>
#include <string>

namespace azure_wi {

/// HTTP/1.1 by libcurl (design section 5). Each post makes a connection of its own: TLS 1.2 or newer, checked
/// against the roots of trust_store, and given 10 s from the name to the end of the handshake.
///
/// A certificate that the first roots do not vouch for is tried a second time with all roots. That is no
/// retry: nothing has been sent by then. The second time's success is remembered by the object.
///
/// Thread rules: one post() at a time; cancel() from any thread, also during one; the rest as for any object.
/// Errors: those of transport::post, with failure::about "host:port" or "host:port (reason)", in our words
/// alone: libcurl's own error texts can hold server text and a proxy's password. std::bad_alloc for want of
/// memory. Memory: libcurl and OpenSSL keep copies of request and reply in buffers that they free without
/// wiping.
class curl_transport final : public transport {
public:
    /// `proxy`: URL of an HTTP proxy, or empty for HTTPS_PROXY; NO_PROXY applies to both, as with curl.
    /// `time` and `notes` must outlive the object.
    curl_transport(trust_settings trust, std::string proxy, clock &time, trace &notes);
    ~curl_transport() override;
    curl_transport(const curl_transport &) = delete;
    curl_transport &operator=(const curl_transport &) = delete;

    [[nodiscard]] result<http_reply> post(const http_request &request, instant deadline) override;

    /// Ends the post under way, and every later one, with errc::cancelled.
    void cancel();

private:
    struct engine; // libcurl's part, so that its header stays in one file

    result<http_reply> attempt(const http_request &request, instant deadline, const destination &where,
                               trust_roots roots);

    two_step_trust trust_;
    std::string proxy_;
    clock &time_;
    trace &notes_;
    std::unique_ptr<engine> engine_;
};

} // namespace azure_wi
