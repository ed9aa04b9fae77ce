#include "token-cache/network/curl_transport.hpp"

#include "token-cache/network/reply_reader.hpp"
#include "token-cache/network/transfer_fault.hpp"
#include "token-cache/network/tried_addresses.hpp"
#include "token-cache/network/two_step_trust.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <new>
#include <optional>
#include <utility>

#include <sys/socket.h>

namespace azure_wi {
namespace {

using stop = transfer_facts::stop;
using easy_handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using line_list = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// What fails without a network fails for want of memory, or of descriptors.
void check(bool good) {
    if (!good)
        throw std::bad_alloc();
}

/// One connection and what came over it. libcurl holds pointers to it, so it stays where it is.
struct transfer {
    tls_watch &watch;
    std::function<bool()> given_up; // the deadline has passed, or cancel() was called
    trust_roots roots;
    reply_reader reply{};
    tried_addresses addresses{};
    line_list headers{nullptr, &curl_slist_free_all};
    line_list connect_to{nullptr, &curl_slist_free_all};
    easy_handle easy{curl_easy_init(), &curl_easy_cleanup}; // last, for it points to the others
    bool options_stand = easy != nullptr;

    // An option that does not stand is a guard that is down, so each is looked at.
    template <class Value>
    void set(CURLoption option, Value value) {
        options_stand = curl_easy_setopt(easy.get(), option, value) == CURLE_OK && options_stand;
    }

    template <class Number>
    [[nodiscard]] Number info(CURLINFO which) const {
        Number value{};
        curl_easy_getinfo(easy.get(), which, &value);
        return value;
    }
};

// libcurl's callbacks. No exception may pass through its C frames.
template <bool (reply_reader::*Take)(std::string_view) noexcept>
std::size_t feed(char *bytes, std::size_t, std::size_t size, void *self) noexcept {
    return (static_cast<transfer *>(self)->reply.*Take)({bytes, size}) ? size : size + 1; // +1: stop
}

extern "C" curl_socket_t azure_wi_open_socket(void *self, curlsocktype, curl_sockaddr *where) noexcept {
    auto &one = *static_cast<transfer *>(self);
    if (!one.addresses.admit(where->addr))
        return CURL_SOCKET_BAD;
    return ::socket(where->family, where->socktype | SOCK_CLOEXEC, where->protocol);
}

// A proxy's endless answer keeps libcurl 7.88 inside one curl_multi_perform; it asks this at each byte.
extern "C" int azure_wi_on_progress(void *self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
    return static_cast<transfer *>(self)->given_up() ? 1 : 0;
}

extern "C" CURLcode azure_wi_on_tls_context(CURL *, void *context, void *self) noexcept {
    auto &watch = static_cast<transfer *>(self)->watch;
    return apply_tls_policy(static_cast<ssl_ctx_st *>(context), watch) ? CURLE_OK : CURLE_SSL_CONNECT_ERROR;
}

// For every request. libcurl's defaults do the rest: no redirects, no netrc, no cookies, no content coding,
// no HTTP/0.9, our headers not shown to the proxy, Basic as the only proxy authentication.
// clang-format off
constexpr std::pair<CURLoption, long> numbers[] = {
    {CURLOPT_NOPROGRESS, 0}, {CURLOPT_NOSIGNAL, 1}, {CURLOPT_QUICK_EXIT, 1}, // a resolver thread that hangs is left behind
    {CURLOPT_FRESH_CONNECT, 1}, {CURLOPT_FORBID_REUSE, 1}, {CURLOPT_SSL_SESSIONID_CACHE, 0},
    {CURLOPT_CONNECTTIMEOUT_MS, 10'000}, {CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS, 250},
    {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1}, {CURLOPT_POST, 1},
    {CURLOPT_HTTP_TRANSFER_DECODING, 0}, {CURLOPT_DISALLOW_USERNAME_IN_URL, 1}, // reply_reader takes chunks apart
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2}, {CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1}, {CURLOPT_SSL_VERIFYPEER, 1}, {CURLOPT_SSL_VERIFYHOST, 2}};

constexpr std::pair<CURLcode, stop> stops[] = {
    {CURLE_COULDNT_RESOLVE_HOST, stop::no_address}, {CURLE_COULDNT_RESOLVE_PROXY, stop::no_proxy_address},
    {CURLE_COULDNT_CONNECT, stop::no_connection}, {CURLE_PROXY, stop::proxy},
    {CURLE_OPERATION_TIMEDOUT, stop::connect_limit}, // the deadline is not libcurl's
    {CURLE_ABORTED_BY_CALLBACK, stop::deadline}, // given_up()
    {CURLE_SSL_CONNECT_ERROR, stop::tls}, {CURLE_SSL_CLIENTCERT, stop::client_certificate},
    {CURLE_PEER_FAILED_VERIFICATION, stop::certificate}, {CURLE_SSL_CACERT_BADFILE, stop::certificate_file},
    {CURLE_SEND_ERROR, stop::line}, {CURLE_RECV_ERROR, stop::line}, {CURLE_GOT_NOTHING, stop::line},
    {CURLE_PARTIAL_FILE, stop::line}, {CURLE_OK, stop::line}, // good for libcurl and not for us
    {CURLE_UNSUPPORTED_PROTOCOL, stop::reply}, // HTTP/0.9, HTTP/2 and what begins like neither
    {CURLE_WEIRD_SERVER_REPLY, stop::reply}, {CURLE_FILESIZE_EXCEEDED, stop::reply},
    {CURLE_BAD_CONTENT_ENCODING, stop::reply}, {CURLE_OUT_OF_MEMORY, stop::reply}}; // a header line of 100 KiB
// clang-format on

void append(line_list &list, const std::string &line) {
    curl_slist *longer = curl_slist_append(list.get(), line.c_str());
    check(longer != nullptr);
    (void)list.release(); // `longer` begins with it
    list.reset(longer);
}

void set_trust(transfer &to) {
    // NULL, not unset: libcurl's built-in default would read the whole bundle.
    const char *directory = to.roots.directory.empty() ? nullptr : to.roots.directory.c_str();
    curl_blob pem{to.roots.pem.data(), to.roots.pem.size(), CURL_BLOB_NOCOPY};
    curl_blob *blob = to.roots.pem.empty() ? nullptr : &pem;
    to.set<char *>(CURLOPT_CAINFO, nullptr);
    to.set(CURLOPT_CAPATH, directory);
    to.set(CURLOPT_CAINFO_BLOB, blob);
    to.set<char *>(CURLOPT_PROXY_CAINFO, nullptr);
    to.set(CURLOPT_PROXY_CAPATH, directory);
    to.set(CURLOPT_PROXY_CAINFO_BLOB, blob);
    to.set(CURLOPT_SSL_CTX_FUNCTION, &azure_wi_on_tls_context);
    to.set(CURLOPT_SSL_CTX_DATA, &to);
}

void set_request(transfer &to, const http_request &request, const destination &where,
                 const std::string &proxy) {
    for (const std::string &line : request.headers)
        append(to.headers, line);
    append(to.headers, "Expect:"); // no value: libcurl's own is left out
    if (!request.connect_to.empty())
        append(to.connect_to, "::" + request.connect_to);
    for (const auto &[option, value] : numbers)
        to.set(option, value);
    to.set(CURLOPT_URL, request.url.c_str());
    to.set(CURLOPT_PROTOCOLS_STR, where.encrypted ? "https" : "http");
    to.set(CURLOPT_HTTPHEADER, to.headers.get());
    to.set(CURLOPT_CONNECT_TO, to.connect_to.get());
    to.set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(reply_reader::body_limit));
    to.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    // A null pointer would mean: ask the read callback, which by default is stdin.
    to.set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.reveal().data());
    to.set(CURLOPT_HEADERFUNCTION, &feed<&reply_reader::take_header_line>);
    to.set(CURLOPT_HEADERDATA, &to);
    to.set(CURLOPT_WRITEFUNCTION, &feed<&reply_reader::take_body>);
    to.set(CURLOPT_WRITEDATA, &to);
    to.set(CURLOPT_OPENSOCKETFUNCTION, &azure_wi_open_socket);
    to.set(CURLOPT_OPENSOCKETDATA, &to);
    to.set(CURLOPT_XFERINFOFUNCTION, &azure_wi_on_progress);
    to.set(CURLOPT_XFERINFODATA, &to);
    // "": none, whatever the environment says; NULL: the environment's. No proxy reaches our own loopback.
    const bool direct = !request.use_proxy || !where.encrypted;
    to.set(CURLOPT_PROXY, direct ? "" : proxy.empty() ? nullptr : proxy.c_str());
}

transfer_facts facts_of(const transfer &one, std::optional<CURLcode> code, const destination &where) {
    const auto known = std::ranges::find(stops, code, &std::pair<CURLcode, stop>::first);
    return {.stopped = known != std::end(stops) ? known->second
                       : code                   ? stop::other
                                                : stop::deadline,
            .where = where,
            .last_address = one.addresses.last(),
            .reply_fault = one.reply.fault(),
            .proxy_status = static_cast<int>(one.info<long>(CURLINFO_HTTP_CONNECTCODE)),
            .os_error = static_cast<int>(one.info<long>(CURLINFO_OS_ERRNO)),
            .verify_result = one.info<long>(CURLINFO_SSL_VERIFYRESULT),
            // libcurl 7.88 takes any end of TLS for the end of the body: one on the path could cut.
            .cut = where.encrypted && one.reply.ends_with_connection() && !one.watch.closed_cleanly,
            .whole = one.reply.whole(),
            .resolved = one.addresses.count() > 0,
            .passed_over = one.addresses.passed_over_some(),
            .connected = one.watch.context != nullptr || one.info<curl_off_t>(CURLINFO_CONNECT_TIME_T) > 0,
            .watch = one.watch};
}

} // namespace

struct curl_transport::engine {
    engine() {
        static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
        multi.reset(curl_multi_init());
        check(started == CURLE_OK && multi != nullptr);
    }

    tls_watch watch; // before `multi`: a connection that was given up is closed with it, and heard until then
    std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi{nullptr, &curl_multi_cleanup};
    std::atomic<bool> cancelled = false;
};

curl_transport::curl_transport(trust_settings trust, std::string proxy, clock &time, trace &notes)
    : trust_(trust_store(std::move(trust))), proxy_(std::move(proxy)), time_(time), notes_(notes),
      engine_(std::make_unique<engine>()) {}

curl_transport::~curl_transport() = default;

void curl_transport::cancel() {
    engine_->cancelled = true;
    curl_multi_wakeup(engine_->multi.get());
}

result<http_reply> curl_transport::post(const http_request &request, instant deadline) {
    const auto where = destination_of(request.url);
    if (!where)
        return failure{.code = errc::connection_failed, .about = "an ambiguous URL"};
    if (notes_.wants(1))
        notes_.note(1, "POST to " + where->host);
    return trust_.post(request, where->encrypted, notes_, [&](trust_roots roots) {
        return attempt(request, deadline, *where, std::move(roots));
    });
}

result<http_reply> curl_transport::attempt(const http_request &request, instant deadline,
                                           const destination &where, trust_roots roots) {
    const auto given_up = [&] { return engine_->cancelled || time_.now() >= deadline; };
    engine_->watch = {};
    transfer one{.watch = engine_->watch, .given_up = given_up, .roots = std::move(roots)};
    set_request(one, request, where, proxy_);
    set_trust(one);
    if (!one.options_stand)
        return failure{.code = errc::tls_failed, .about = where.host + " (libcurl lacks an option)"};

    CURLM *const multi = engine_->multi.get();
    check(curl_multi_add_handle(multi, one.easy.get()) == CURLM_OK);
    std::optional<CURLcode> code; // none: the deadline or cancel() came first
    for (int running = 1, seen = 0; !engine_->cancelled; seen = one.addresses.count()) {
        check(curl_multi_perform(multi, &running) == CURLM_OK);
        int queued = 0;
        if (const CURLMsg *message = curl_multi_info_read(multi, &queued))
            code = message->data.result;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - time_.now()).count();
        if (code || left <= 0)
            break;
        // libcurl 7.88 sets no timer for the next address after one that failed: it has to be asked again.
        const long longest = one.watch.context != nullptr ? 60'000 : one.addresses.count() == seen ? 20 : 0;
        curl_multi_poll(multi, nullptr, 0, static_cast<int>(std::min<long>(left, longest)), nullptr);
    }
    if (code != CURLE_OK && engine_->cancelled)
        return failure{.code = errc::cancelled, .about = where.host};

    const transfer_facts facts = facts_of(one, code, where);
    if (code == CURLE_OK && facts.good())
        return one.reply.take();
    return judge_transfer(facts, request.use_proxy ? proxy_name(proxy_) : "");
}

} // namespace azure_wi
