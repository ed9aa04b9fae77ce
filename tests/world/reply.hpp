#pragma once

#include "tests/world/http_message.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace azure_wi::world {

class connection;

// What a raw reply does on the wire, in order. A reply that ends without closing is closed with close_notify.
namespace step {
struct send {
    std::string bytes;
};
struct send_bytewise { // one write per byte
    std::string bytes;
    std::chrono::milliseconds pause{0};
};
struct send_until_closed { // the same bytes over and over, until the client goes away
    std::string bytes;
};
struct wait {
    std::chrono::milliseconds time;
};
struct request_renegotiation { // HelloRequest; TLS 1.2 only
    int times = 1;
};
struct hang {}; // says nothing until the client closes
struct close {};
struct close_without_notify {};
struct reset {}; // RST
} // namespace step

using wire_step = std::variant<step::send, step::send_bytewise, step::send_until_closed, step::wait,
                               step::request_renegotiation, step::hang, step::close,
                               step::close_without_notify, step::reset>;

// How a stand-in answers one request. Converts from what tests write most.
class reply {
public:
    struct ordinary {}; // as if there were no fault
    struct coded {
        int code;
    };
    using computed = std::function<reply(const recorded_request &)>;
    using steps = std::vector<wire_step>;
    using content = std::variant<ordinary, coded, http_answer, steps, computed>;

    reply(content what);
    reply(http_answer answer);
    reply(steps what);

    static reply normal();
    // An error by the number its server gives it: AADSTS at Entra, TF at Azure Repos.
    static reply error(int code);
    static reply http(int status, header_list headers = {}, std::string body = {});
    static reply json(int status, std::string body);
    static reply redirect(int status, std::string location);
    // Entra's throttling: plain text, no JSON.
    static reply throttled(std::string retry_after = "60");
    static reply raw(steps what);
    static reply raw(std::string bytes);
    static reply from(computed what);

    const content &get() const { return *content_; }

private:
    std::shared_ptr<const content> content_; // one reply may stand for many requests
};

// The bytes of an answer; `keep_alive` decides its Connection header.
std::string serialise(const http_answer &answer, bool keep_alive, bool head_only = false);
// Plays raw steps. The connection is finished afterwards.
void play(const reply::steps &steps, connection &peer);

} // namespace azure_wi::world
