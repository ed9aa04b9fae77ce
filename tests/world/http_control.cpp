#include "tests/world/http_control.hpp"

#include "tests/world/world.hpp"

#include <boost/json.hpp>

#include <charconv>

namespace azure_wi::world {
namespace {

http_answer text(int status, std::string body) {
    return http_answer{
        .status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::move(body) + '\n'};
}

boost::json::object counters(world &of) {
    return {{"entra", {{"requests", of.entra().request_count()}, {"exchanges", of.entra().exchanges()}}},
            {"repos",
             {{"requests", of.repos().request_count()},
              {"challenges", of.repos().challenges()},
              {"served", of.repos().served()},
              {"bearer", of.repos().served_with("bearer")},
              {"basic", of.repos().served_with("basic")}}},
            {"token_proxy", {{"requests", of.token_proxy().request_count()}}},
            {"foreign",
             {{"requests", of.foreign().request_count()}, {"leaked", of.foreign().leaked_authorization()}}},
            {"proxy", {{"tunnels", of.proxy().tunnels()}}}};
}

std::optional<int> number_in(std::string_view text) {
    for (const std::string_view prefix : {"AADSTS", "TF"})
        if (text.starts_with(prefix))
            text.remove_prefix(prefix.size());
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

reply fault_of(const std::string &name, int number) {
    if (name == "429")
        return reply::throttled();
    return name.size() == 3 ? reply::http(number) : reply::error(number);
}

std::optional<trust> trust_named(const std::string &name) {
    if (name == "directory")
        return trust::directory;
    if (name == "bundle")
        return trust::bundle;
    if (name == "both")
        return trust::both;
    return name == "none" ? std::optional{trust::none} : std::nullopt;
}

// The path's segments: a verb and up to two words.
std::vector<std::string> words_of(const std::string &path) {
    std::vector<std::string> words;
    std::size_t at = 1;
    while (at < path.size()) {
        const auto end = std::min(path.find('/', at), path.size());
        words.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

stand_in *role_named(world &of, const std::string &name) {
    if (name == "entra")
        return &of.entra();
    if (name == "repos")
        return &of.repos();
    if (name == "foreign")
        return &of.foreign();
    return name == "proxy" ? &of.proxy() : nullptr;
}

bool act_without_words(world &of, const std::string &verb) {
    if (verb == "clear") {
        for (const char *name : {"entra", "repos", "foreign", "proxy"})
            role_named(of, name)->clear_faults();
        of.clock().reset();
    } else if (verb == "revoke") {
        of.ledger().revoke_all();
    } else if (verb == "rotate") {
        of.rotate();
    } else {
        return false;
    }
    return true;
}

bool act_with_word(world &of, const std::string &verb, const std::string &word) {
    stand_in *role = role_named(of, word);
    const auto seconds = std::chrono::seconds{number_in(word).value_or(0)};
    if (verb == "hold" && role != nullptr)
        role->hold();
    else if (verb == "release" && role != nullptr)
        role->release();
    else if (verb == "advance" && seconds.count() != 0)
        of.clock().advance(seconds);
    else if (verb == "lifetime" && seconds.count() > 0)
        of.entra().set_lifetime({.expires_in = seconds});
    else if (const auto where = trust_named(word);
             verb == "trust" && where && of.mode() == world_mode::private_network)
        of.trust_authority(*where);
    else
        return false;
    return true;
}

bool act_with_two_words(world &of, const std::vector<std::string> &words) {
    stand_in *role = role_named(of, words[1]);
    const auto number = number_in(words[2]);
    if (words[0] != "fault" || role == nullptr || !number)
        return false;
    role->always(fault_of(words[2], *number));
    return true;
}

} // namespace

http_control::http_control(world &of) : world_{of} {}

http_answer http_control::respond(const recorded_request &request) {
    const auto words = words_of(request.path());
    if (request.method == "GET" && words == std::vector<std::string>{"counters"})
        return http_answer{.headers = {{"Content-Type", "application/json"}},
                           .body = boost::json::serialize(counters(world_)) + '\n'};
    if (request.method != "POST")
        return text(404, "GET /counters, or POST one of the verbs");
    const bool done = (words.size() == 1 && act_without_words(world_, words[0])) ||
                      (words.size() == 2 && act_with_word(world_, words[0], words[1])) ||
                      (words.size() == 3 && act_with_two_words(world_, words));
    return done ? text(200, "done") : text(404, "unknown: " + request.path());
}

} // namespace azure_wi::world
