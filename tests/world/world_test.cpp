#define BOOST_TEST_NO_MAIN
#define BOOST_TEST_ALTERNATIVE_INIT_API
#include "tests/world/world_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

using namespace azure_wi::world;

namespace {

std::string contents(const std::filesystem::path &file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_world, world_fixture)

BOOST_AUTO_TEST_CASE(unknown_names_fail_at_once) {
    const auto start = std::chrono::steady_clock::now();
    BOOST_TEST(curl({"https://no-such-name.example/"}).status == 6); // could not resolve
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds{3}));
}

BOOST_AUTO_TEST_CASE(trust_stands_where_the_test_says) {
    const auto reaches = [&](std::vector<std::string> options) {
        options.emplace_back("https://dev.azure.com/contoso");
        return curl(options).status == 0;
    };
    const std::vector<std::string> bundle_alone{"--capath", "/nonexistent"};
    const std::vector<std::string> directory_alone{"--cacert", here.home() / "none", "--capath",
                                                   "/etc/ssl/certs"};
    std::ofstream{here.home() / "none"} << certificate_authority{"unrelated"}.pem();

    here.trust_authority(trust::bundle);
    BOOST_TEST(reaches(bundle_alone));
    BOOST_TEST(!reaches(directory_alone));
    here.trust_authority(trust::directory);
    BOOST_TEST(!reaches(bundle_alone));
    BOOST_TEST(reaches(directory_alone));
    here.trust_authority(trust::none);
    BOOST_TEST(curl({"https://dev.azure.com/contoso"}).status == 60); // unknown issuer
    here.trust_authority(trust::both);
    BOOST_TEST(reaches({}));
}

BOOST_AUTO_TEST_CASE(names_can_be_moved) {
    auto hosts = default_hosts();
    hosts.push_back({"127.0.1.4", "late.example.com"});
    set_hosts(hosts);
    here.foreign().always(reply::http(200, {}, "late"));
    BOOST_TEST(curl({"-k", "https://late.example.com/"}).out == "late");
    set_hosts(default_hosts());
    BOOST_TEST(curl({"-k", "https://late.example.com/"}).status == 6);
}

BOOST_AUTO_TEST_CASE(the_projected_token_is_laid_out_as_kubelet_does) {
    const auto file = here.build_token().file();
    BOOST_TEST(std::filesystem::read_symlink(file) == std::filesystem::path{"..data/token"});
    const auto data = file.parent_path() / "..data";
    const auto generation = std::filesystem::read_symlink(data);
    const auto before = contents(file);
    here.rotate();
    BOOST_TEST(std::filesystem::read_symlink(data) != generation);
    BOOST_TEST(contents(file) != before);
    BOOST_TEST(!std::filesystem::exists(file.parent_path() / generation));
}

BOOST_AUTO_TEST_CASE(children_get_nothing_of_the_machine) {
    ::setenv("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt", 1);
    ::setenv("https_proxy", "http://127.0.0.1:9", 1);
    const auto variables = here.run({"env"}).out;
    ::unsetenv("https_proxy");
    BOOST_TEST(variables.find("SSL_CERT_FILE") == std::string::npos);
    BOOST_TEST(variables.find("https_proxy") == std::string::npos);
    BOOST_TEST(variables.find("AZURE_FEDERATED_TOKEN_FILE=" + here.build_token().file().string()) !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_script_can_stage_and_count) {
    const auto control = here.control_url();
    BOOST_TEST(curl({"-X", "POST", control + "/fault/entra/AADSTS700213"}).out == "done\n");
    BOOST_TEST(entra_code() == 700213);
    BOOST_TEST(curl({"-X", "POST", control + "/clear"}).status == 0);
    BOOST_TEST(entra_code() == 0);
    const auto counters = curl({control + "/counters"}).out;
    BOOST_TEST(counters.find(R"("entra":{"requests":2,"exchanges":1})") != std::string::npos, counters);
    BOOST_TEST(curl({"-X", "POST", control + "/nonsense"}).out.starts_with("unknown"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_world_behind_a_proxy)

BOOST_AUTO_TEST_CASE(clones_without_a_namespace) {
    world_fixture there{world_mode::proxy};
    const auto token = there.token();
    BOOST_TEST_REQUIRE(!token.empty());
    const auto clone = there.git({"-c", "http.extraHeader=Authorization: Bearer " + token, "clone", "--quiet",
                                  default_repository, "work"});
    BOOST_TEST(clone.status == 0, clone.err);
    BOOST_TEST(there.here.proxy().tunnels() >= 2);
    BOOST_TEST(there.here.proxy().targets().back() == "dev.azure.com:443");
}

BOOST_AUTO_TEST_CASE(the_proxy_wants_its_credentials) {
    world_fixture there{world_mode::proxy};
    there.here.proxy().require_credentials("user", "secret");
    BOOST_TEST(there.curl({"https://dev.azure.com/contoso"}).status == 56);
    BOOST_TEST(there.curl({"--proxy-user", "user:secret", "https://dev.azure.com/contoso"}).status == 0);
    BOOST_TEST(there.here.proxy().credentials_seen() == 1);
    there.here.proxy().next(reply::redirect(302, "https://evil.com/"));
    BOOST_TEST(there.curl({"--proxy-user", "user:secret", "https://dev.azure.com/contoso"}).status == 56);
}

BOOST_AUTO_TEST_SUITE_END()

int main(int count, char **values) {
    enter_private_network();
    return boost::unit_test::unit_test_main([] { return true; }, count, values);
}
