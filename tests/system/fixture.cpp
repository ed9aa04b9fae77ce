#include "tests/system/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace azure_wi::tests {

std::filesystem::path face() {
    return AZURE_WI_FACE;
}
std::filesystem::path online() {
    return AZURE_WI_ONLINE;
}
std::filesystem::path cases(const std::string &table) {
    return std::filesystem::path(AZURE_WI_CASES) / table;
}

std::string credential::operator[](const std::string &key) const {
    const auto found = fields.find(key);
    return found == fields.end() ? "" : found->second;
}

std::string credential::token() const {
    const std::string bearer = (*this)["credential"];
    return bearer.empty() ? (*this)["password"] : bearer;
}

credential read_credential(const std::string &out) {
    credential read;
    std::istringstream lines(out);
    for (std::string line; std::getline(lines, line);) {
        read.lines.push_back(line);
        const std::size_t equals = line.find('=');
        if (equals != std::string::npos)
            read.fields[line.substr(0, equals)] = line.substr(equals + 1);
    }
    return read;
}

fixture::fixture() {
    std::string name = (std::filesystem::temp_directory_path() / "azure-wi-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("mkdtemp");
    scratch_ = name;
    cache_ = scratch_ / "cache";
    std::filesystem::create_directory(cache_);
    std::filesystem::permissions(cache_, std::filesystem::perms::owner_all);
}

fixture::~fixture() {
    BOOST_CHECK_MESSAGE(foreign().leaked_authorization() == 0,
                        "a host that is not Azure's was sent an Authorization header");
    std::error_code ignored;
    std::filesystem::remove_all(scratch_, ignored);
}

const std::string &fixture::plain_request() {
    static const std::string request = "protocol=https\nhost=dev.azure.com\n";
    return request;
}

const std::string &fixture::capable_request() {
    static const std::string request = "capability[]=authtype\ncapability[]=state\n" + plain_request();
    return request;
}

world::process_result fixture::helper(std::vector<std::string> arguments, const std::string &input,
                                      const variables &extra) {
    arguments.insert(arguments.begin(), face().string());
    variables all{{"AZURE_WI_CACHE_DIR", cache_.string()}};
    for (const auto &[name, value] : extra)
        all[name] = value;
    return world_.run(std::move(arguments), all, input);
}

world::process_result fixture::get(const variables &extra) {
    return helper({"get"}, plain_request(), extra);
}

world::process_result fixture::git(std::vector<std::string> arguments, const variables &extra,
                                   const std::filesystem::path &directory, std::string input) {
    variables all{{"AZURE_WI_CACHE_DIR", cache_.string()}};
    for (const auto &[name, value] : extra)
        all[name] = value;
    std::vector<std::string> command = git_;
    command.insert(command.end(), {"-c", "credential.helper=", "-c", "credential.helper=" + face().string()});
    command.insert(command.end(), arguments.begin(), arguments.end());
    return world_.run(std::move(command), all, std::move(input), directory);
}

} // namespace azure_wi::tests
