#include "tests/world/lfs_store.hpp"

#include <boost/json.hpp>

namespace azure_wi::world {
namespace {

constexpr auto lfs_type = "application/vnd.git-lfs+json";

http_answer lfs_answer(int status, const boost::json::object &body) {
    return http_answer{
        .status = status, .headers = {{"Content-Type", lfs_type}}, .body = boost::json::serialize(body)};
}

} // namespace

void lfs_store::put(const std::string &oid, std::string content) {
    const std::lock_guard lock{mutex_};
    objects_.insert_or_assign(oid, std::move(content));
}

std::optional<std::string> lfs_store::get(const std::string &oid) const {
    const std::lock_guard lock{mutex_};
    const auto found = objects_.find(oid);
    return found == objects_.end() ? std::nullopt : std::optional{found->second};
}

std::size_t lfs_store::size() const {
    const std::lock_guard lock{mutex_};
    return objects_.size();
}

http_answer lfs_store::batch(const recorded_request &request, const std::string &href_base) const {
    boost::system::error_code error;
    const auto wanted = boost::json::parse(request.body, error);
    const auto *fields = wanted.if_object();
    const auto *operation = fields != nullptr ? fields->if_contains("operation") : nullptr;
    const auto *objects = fields != nullptr ? fields->if_contains("objects") : nullptr;
    if (operation == nullptr || !operation->is_string() || objects == nullptr || !objects->is_array())
        return lfs_answer(422, {{"message", "not a batch request"}});

    boost::json::array answers;
    for (const auto &each : objects->get_array()) {
        const auto &object = each.as_object();
        const std::string oid{object.at("oid").as_string()};
        const bool present = get(oid).has_value();
        boost::json::object answer{{"oid", oid}, {"size", object.at("size")}};
        const boost::json::object action{{"href", href_base + '/' + oid}};
        if (operation->get_string() == "upload" && !present)
            answer["actions"] = {{"upload", action}};
        else if (operation->get_string() == "download" && present)
            answer["actions"] = {{"download", action}};
        else if (operation->get_string() == "download")
            answer["error"] = {{"code", 404}, {"message", "no such object"}};
        answers.push_back(std::move(answer));
    }
    return lfs_answer(200, {{"transfer", "basic"}, {"objects", std::move(answers)}});
}

http_answer lfs_store::transfer(const recorded_request &request, const std::string &oid) {
    if (request.method == "PUT") {
        put(oid, request.body);
        return {};
    }
    const auto content = get(oid);
    if (!content)
        return lfs_answer(404, {{"message", "no such object"}});
    return http_answer{.headers = {{"Content-Type", "application/octet-stream"}}, .body = *content};
}

} // namespace azure_wi::world
