#include "tests/world/reply.hpp"

#include "tests/world/connection.hpp"

#include <algorithm>

namespace azure_wi::world {
namespace {

bool has(const header_list &headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const auto &h) { return equal_ignoring_case(h.first, name); });
}

std::string chunked(const std::string &body) {
    constexpr std::size_t piece = 4000; // no multiple of anything a reader's buffer might be
    constexpr std::string_view digits = "0123456789abcdef";
    std::string coded;
    for (std::size_t at = 0; at < body.size(); at += piece) {
        const std::size_t size = std::min(piece, body.size() - at);
        for (int shift = 12; shift >= 0; shift -= 4)
            coded += digits[(size >> shift) & 15U];
        coded += "\r\n";
        coded.append(body, at, size);
        coded += "\r\n";
    }
    return coded + "0\r\n\r\n";
}

// One overload per step; true means that the connection is finished.
class performer {
public:
    explicit performer(connection &peer) : peer_{peer} {}

    bool operator()(const step::send &what) const {
        peer_.write(what.bytes);
        return false;
    }
    bool operator()(const step::send_bytewise &what) const {
        for (const char c : what.bytes) {
            peer_.write({&c, 1});
            if (what.pause.count() > 0 && !peer_.wait(what.pause))
                return true;
        }
        return false;
    }
    bool operator()(const step::send_until_closed &what) const {
        while (!what.bytes.empty())
            peer_.write(what.bytes); // ends by connection_lost
        return true;
    }
    bool operator()(const step::wait &what) const { return !peer_.wait(what.time); }
    bool operator()(const step::request_renegotiation &what) const {
        for (int i = 0; i < what.times; ++i)
            peer_.request_renegotiation();
        return false;
    }
    bool operator()(const step::hang &) const {
        peer_.wait_until_closed();
        return true;
    }
    bool operator()(const step::close &) const {
        peer_.close();
        return true;
    }
    bool operator()(const step::close_without_notify &) const {
        peer_.close_without_notify();
        return true;
    }
    bool operator()(const step::reset &) const {
        peer_.reset();
        return true;
    }

private:
    connection &peer_;
};

} // namespace

reply::reply(content what) : content_{std::make_shared<const content>(std::move(what))} {}
reply::reply(http_answer answer) : content_{std::make_shared<const content>(std::move(answer))} {}
reply::reply(steps what) : content_{std::make_shared<const content>(std::move(what))} {}

reply reply::normal() {
    return content{ordinary{}};
}
reply reply::error(int code) {
    return content{coded{code}};
}
reply reply::raw(steps what) {
    return reply{std::move(what)};
}
reply reply::raw(std::string bytes) {
    return steps{step::send{std::move(bytes)}};
}
reply reply::from(computed what) {
    return content{std::move(what)};
}

reply reply::http(int status, header_list headers, std::string body) {
    return http_answer{.status = status, .headers = std::move(headers), .body = std::move(body)};
}

reply reply::json(int status, std::string body) {
    return http(status, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body));
}

reply reply::redirect(int status, std::string location) {
    return http(status, {{"Location", std::move(location)}});
}

reply reply::throttled(std::string retry_after) {
    return http(429, {{"Content-Type", "text/plain"}, {"Retry-After", std::move(retry_after)}},
                "Too Many Requests");
}

std::string serialise(const http_answer &answer, bool keep_alive, bool head_only) {
    std::string bytes = "HTTP/1.1 " + std::to_string(answer.status) + ' ' +
                        std::string{reason_phrase(answer.status)} + "\r\n";
    for (const auto &[name, value] : answer.headers)
        bytes += name + ": " + value + "\r\n";
    if (!has(answer.headers, "date"))
        bytes +=
            "Date: " + http_date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) +
            "\r\n";
    const bool bodiless = answer.status == 204 || answer.status / 100 == 1 || answer.then != nullptr;
    if (answer.chunked && !bodiless)
        bytes += "Transfer-Encoding: chunked\r\n";
    else if (!bodiless && !has(answer.headers, "content-length"))
        bytes += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
    if (answer.then == nullptr && !has(answer.headers, "connection"))
        bytes += keep_alive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
    bytes += "\r\n";
    if (!bodiless && !head_only)
        bytes += answer.chunked ? chunked(answer.body) : answer.body;
    return bytes;
}

void play(const reply::steps &steps, connection &peer) {
    for (const auto &each : steps)
        if (std::visit(performer{peer}, each))
            return;
    peer.close();
}

} // namespace azure_wi::world
