#pragma once

#include "tests/fakes/manual_clock.hpp"
#include "token-cache/exchange/transport.hpp"

#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azure_wi {

/// Answers each request with the next reply of its script, after `delay`, and keeps what it was asked.
class scripted_transport final : public transport {
public:
    struct request {
        std::string url;
        std::vector<std::string> headers;
        std::string body;
        std::string connect_to;
        std::string only_ca_pem;
        bool use_proxy;
    };

    explicit scripted_transport(manual_clock &time) : time_(time) {}

    void will_reply(int status, std::string_view body, std::string content_type = "application/json") {
        http_reply reply;
        reply.status = status;
        reply.content_type = std::move(content_type);
        reply.body = secret::copy_of(body);
        script_.emplace_back(std::move(reply));
    }
    void will_reply(http_reply reply) { script_.emplace_back(std::move(reply)); }
    void will_fail(failure what) { script_.emplace_back(std::move(what)); }

    result<http_reply> post(const http_request &asked, instant) override {
        requests.push_back({asked.url, asked.headers, std::string(asked.body.reveal()), asked.connect_to,
                            asked.only_ca_pem, asked.use_proxy});
        if (script_.empty())
            throw std::logic_error("scripted_transport: a request that the script does not know");
        time_.advance(delay);
        auto reply = std::move(script_.front());
        script_.pop_front();
        return reply;
    }

    [[nodiscard]] bool at_end() const { return script_.empty(); }

    std::vector<request> requests;
    std::chrono::milliseconds delay{0};

private:
    manual_clock &time_;
    std::deque<result<http_reply>> script_;
};

} // namespace azure_wi
