// Servers that echo what they were sent, and proxies with passwords: nothing of it is printed.

#include "tests/system/canary.hpp"
#include "tests/system/each_git.hpp"

#include <functional>

namespace azure_wi::tests {

using world::recorded_request;
using world::reply;

BOOST_AUTO_TEST_SUITE(canary_error)

namespace {

std::string assertion_of(const recorded_request &request) {
    return request.form.at("client_assertion");
}

std::string entra_error(int code, const std::string &echo) {
    const std::string number = std::to_string(code);
    return R"({"error":")" + (code % 2 == 0 ? std::string("invalid_client") : echo) +
           R"(","error_description":"AADSTS)" + number + ": rejected " + echo + R"( Trace ID: )" + echo +
           R"(","error_codes":[)" + number + R"(],"timestamp":")" + echo + R"(","trace_id":")" + echo +
           R"(","correlation_id":")" + echo +
           R"(","error_uri":"https://login.microsoftonline.com/error?code=)" + echo + R"(","suberror":")" +
           echo + R"("})";
}

struct echo_case {
    std::string name;
    std::function<reply(const std::string &)> answer; // of the assertion
};

std::vector<echo_case> echo_cases() {
    std::vector<echo_case> all;
    for (const int code :
         {70021,  700211, 700212, 700213,  70025, 700016,  700024,  700027, 50027, 90061, 90002,
          900023, 500011, 70011,  1002012, 53003, 7000215, 7000222, 900382, 90038, 90033, 12345})
        for (const int status : {400, 401, 503})
            all.push_back(
                {"AADSTS" + std::to_string(code) + " as " + std::to_string(status),
                 [=](const std::string &echo) { return reply::json(status, entra_error(code, echo)); }});
    const std::vector<echo_case> others{
        {"html",
         [](auto &echo) {
             return reply::http(500, {{"Content-Type", "text/html"}}, "<p>" + echo);
         }},
        {"text",
         [](auto &echo) {
             return reply::http(400, {{"Content-Type", "text/plain"}}, echo);
         }},
        {"throttled",
         [](auto &echo) {
             return reply::http(429, {{"Retry-After", echo}}, echo);
         }},
        {"redirect", [](auto &echo) { return reply::redirect(302, "https://evil.com/" + echo); }},
        {"header",
         [](auto &echo) {
             return reply::http(418, {{"X-Echo", echo}, {"Server", echo}}, "");
         }},
        {"content type",
         [](auto &echo) {
             return reply::http(200, {{"Content-Type", echo}}, echo);
         }},
        {"broken json", [](auto &echo) { return reply::json(200, "{\"access_token\":\"" + echo); }},
        {"token",
         [](auto &echo) {
             return reply::json(200, R"({"token_type":"Bearer","expires_in":3599,"access_token":")" + echo +
                                         "\"}");
         }},
        {"token type",
         [](auto &echo) {
             return reply::json(200, R"({"expires_in":3599,"access_token":"eyJ.A.B","token_type":")" + echo +
                                         "\"}");
         }},
        {"status line", [](auto &echo) { return reply::raw("HTTP/1.1 400 " + echo + "\r\n\r\n"); }},
        {"no http", [](auto &echo) { return reply::raw(echo + "\r\n\r\n"); }},
    };
    all.insert(all.end(), others.begin(), others.end());
    return all;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(a_reply_that_echoes_the_assertion_is_not_repeated, fixture) {
    const canary secrets = canary_of(*this);
    for (const echo_case &each : echo_cases()) {
        entra().clear_faults();
        entra().always(
            reply::from([&](const recorded_request &got) { return each.answer(assertion_of(got)); }));
        const auto answer = helper({"-vv", "--timeout", "2s", "--cache-dir", "none", "get"},
                                   capable_request(), {{"AZURE_WI_TRACE", "2"}});
        BOOST_TEST(answer.out == "quit=1\n", each.name);
        BOOST_TEST(!answer.err.empty(), each.name);
        const std::string found = secrets.find_in(answer.err);
        BOOST_TEST(found.empty(), each.name << ": " << found);
    }
}

// A refusal is remembered, as text; what is kept must be as clean as what is printed.
BOOST_FIXTURE_TEST_CASE(a_remembered_refusal_holds_no_secret, fixture) {
    const canary secrets = canary_of(*this);
    entra().always(reply::from([&](const recorded_request &got) {
        return reply::json(400, entra_error(700213, assertion_of(got)));
    }));
    const auto first = helper({"-vv", "get"}, capable_request());
    const auto second = helper({"-vv", "get"}, capable_request());
    BOOST_TEST(second.err.find("remembered") != std::string::npos);
    BOOST_TEST(secrets.find_in(first.err + second.err).empty());
    const std::string found = secrets.find_below(cache());
    BOOST_TEST(found.empty(), found);
}

BOOST_FIXTURE_TEST_CASE(a_proxys_password_is_not_printed, fixture) {
    const std::string password = "correct-horse-battery-staple-9f3a";
    canary secrets = canary_of(*this);
    secrets.add(password);
    secrets.add("pod:" + password);
    const auto ask = [&](const std::string &proxy) {
        return helper({"-vv", "--timeout", "2s", "--cache-dir", "none", "get"}, capable_request(),
                      {{"HTTPS_PROXY", proxy}, {"AZURE_WI_TRACE", "2"}});
    };
    const auto check = [&](const world::process_result &answer, bool good, const char *name) {
        BOOST_TEST(!answer.out.empty(), name);
        BOOST_TEST((read_credential(answer.out).token().empty() == !good), name << ": " << answer.err);
        const std::string found = secrets.find_in(answer.err);
        BOOST_TEST(found.empty(), name << ": " << found);
        BOOST_TEST((answer.err.find(password) == std::string::npos), name);
    };
    all().proxy().require_credentials("pod", password);
    check(ask("http://pod:" + password + "@proxy.test:3128"), true, "right password");
    all().proxy().require_credentials("pod", "another");
    check(ask("http://pod:" + password + "@proxy.test:3128"), false, "refused password");
    check(ask("http://pod:" + password + "@proxy.test:3999"), false, "nobody listens");
    check(ask("http://pod:" + password + "@no-such-proxy.test:3128"), false, "no such host");
    check(ask("http://pod:" + password + "@proxy.test:3128x"), false, "not a URL");
    all().proxy().require_no_credentials();
    all().proxy().always(reply::http(502, {{"X-Echo", password}}, password));
    check(ask("http://pod:" + password + "@proxy.test:3128"), false, "a proxy that echoes");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
