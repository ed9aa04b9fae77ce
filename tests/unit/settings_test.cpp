#include "token-cache/settings/settings.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

using namespace azure_wi;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view client = "11111111-aaaa-4bbb-8ccc-000000000001";
constexpr std::string_view tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

// What the webhook sets, with `changes` to it; an empty value takes one away.
raw_settings with(std::initializer_list<std::pair<setting, std::string_view>> changes) {
    raw_settings raw;
    raw.set(setting::client_id, client);
    raw.set(setting::tenant_id, tenant);
    raw.set(setting::token_file, "/var/run/token");
    for (const auto &[which, value] : changes)
        raw.set(which, value);
    return raw;
}

settings read(std::initializer_list<std::pair<setting, std::string_view>> changes) {
    auto got = read_settings(with(changes));
    BOOST_REQUIRE(got.has_value());
    return std::move(*got);
}

failure fault(std::initializer_list<std::pair<setting, std::string_view>> changes) {
    const auto got = read_settings(with(changes));
    BOOST_REQUIRE(!got.has_value());
    return got.error();
}

} // namespace

BOOST_AUTO_TEST_SUITE(settings_)

BOOST_AUTO_TEST_CASE(of_the_webhook_are_enough) {
    const settings got = read({});
    BOOST_TEST(got.who.authority == "https://login.microsoftonline.com");
    BOOST_TEST(got.who.client_id == client);
    BOOST_TEST(got.who.tenant_id == tenant);
    BOOST_TEST(got.who.scope == "499b84ac-1321-427f-aa17-267ca6975798/.default");
    BOOST_TEST(got.who.token_file == "/var/run/token");
    BOOST_TEST(got.who.token_command == "");
    BOOST_TEST(!got.who.binding.active());
    BOOST_TEST((got.auth == auth_mode::automatic));
    BOOST_TEST((got.min_validity == 300s));
    BOOST_TEST((got.timeout == 30s));
    BOOST_TEST(got.cache_dir == "");
}

BOOST_AUTO_TEST_CASE(have_a_token_source_by_file_or_command_alone) {
    BOOST_TEST(has_token_source(with({})));
    BOOST_TEST(!has_token_source(with({{setting::token_file, ""}})));
    BOOST_TEST(has_token_source(with({{setting::token_file, ""}, {setting::token_command, "tool"}})));
}

BOOST_AUTO_TEST_CASE(without_client_or_tenant_say_which_is_missing) {
    BOOST_TEST((fault({{setting::client_id, ""}}).code == errc::client_id_missing));
    BOOST_TEST((fault({{setting::tenant_id, ""}}).code == errc::tenant_id_missing));
    BOOST_TEST((fault({{setting::client_id, ""}, {setting::tenant_id, ""}}).code == errc::client_id_missing));
}

BOOST_AUTO_TEST_CASE(take_a_tenant_by_its_domain) {
    BOOST_TEST(read({{setting::tenant_id, "contoso.onmicrosoft.com"}}).who.tenant_id ==
               "contoso.onmicrosoft.com");
}

BOOST_AUTO_TEST_CASE(prefer_a_command_to_a_file) {
    const settings got = read({{setting::token_command, "kubectl create token build"}});
    BOOST_TEST(got.who.token_command == "kubectl create token build");
    BOOST_TEST(got.who.token_file == "");
}

// Every fault is named by the setting, and its value is never repeated.
BOOST_AUTO_TEST_CASE(that_are_malformed_are_named_and_not_repeated) {
    const std::string long_command(5000, 'x');
    const std::string long_data(16 * 1024 + 1, 'x');
    const std::pair<setting, std::string_view> bad[]{
        {setting::client_id, "not-a-guid"},
        {setting::client_id, "{11111111-aaaa-4bbb-8ccc-000000000001}"},
        {setting::client_id, "11111111-aaaa-4bbb-8ccc-000000000001 "},
        {setting::tenant_id, "a/b"},
        {setting::tenant_id, "../common"},
        {setting::tenant_id, "contoso.com?x"},
        {setting::tenant_id, "-x"},
        {setting::token_file, "var/run/token"},
        {setting::token_file, "/var/run/\ntoken"},
        {setting::token_command, "tool\n--x"},
        {setting::token_command, long_command},
        {setting::authority_host, "login.microsoftonline.com"},
        {setting::cache_dir, "cache"},
        {setting::cache_dir, "/ca\x01che"},
        {setting::auth, "Bearer"},
        {setting::auth, "none"},
        {setting::min_validity, "soon"},
        {setting::min_validity, "-5m"},
        {setting::min_validity, "25h"},
        {setting::timeout, "0"},
        {setting::timeout, "11m"},
        {setting::timeout, "30 s"},
        {setting::binding_proxy, "http://proxy.test"},
        {setting::binding_proxy, "https://user@proxy.test"},
        {setting::binding_proxy, "https://@proxy.test"},
        {setting::binding_proxy, "https://proxy.test/a?b"},
        {setting::binding_proxy, "https://proxy.test/a#b"},
        {setting::binding_proxy, "https://proxy.test/a b"},
        {setting::binding_proxy, "https://proxy.test:0/"},
        {setting::binding_proxy, "https://proxy_.test/"},
        {setting::binding_proxy, "proxy.test"},
    };
    for (const auto &[which, value] : bad) {
        const failure why = fault({{which, value}});
        BOOST_TEST((why.code == errc::invalid_setting), value);
        BOOST_TEST(why.about == display_name(which), value);
    }
    BOOST_TEST(
        (fault({{setting::authority_host, "https://login.evil.com"}}).code == errc::authority_not_allowed));
}

BOOST_AUTO_TEST_CASE(of_an_identity_binding_are_read_together) {
    const settings got = read({{setting::binding_proxy, "https://proxy.test:8443/a/b"},
                               {setting::binding_sni, "tenant.ests.aks"},
                               {setting::binding_ca_file, "/ca.pem"},
                               {setting::binding_ca_data, "-----BEGIN"}});
    BOOST_TEST(got.who.binding.active());
    BOOST_TEST(got.who.binding.proxy == "https://proxy.test:8443/a/b");
    BOOST_TEST(got.who.binding.sni_name == "tenant.ests.aks");
    BOOST_TEST(got.who.binding.ca_file == "/ca.pem");
    BOOST_TEST(got.who.binding.ca_data == "-----BEGIN");
    const std::string too_long(16 * 1024 + 1, 'x');
    for (const auto &[which, value] :
         {std::pair<setting, std::string_view>{setting::binding_sni, "not a name"},
          std::pair<setting, std::string_view>{setting::binding_ca_file, "ca.pem"},
          std::pair<setting, std::string_view>{setting::ca_file, "ca.pem"},
          std::pair<setting, std::string_view>{setting::binding_ca_data, too_long}})
        BOOST_TEST(fault({{setting::binding_proxy, "https://proxy.test"}, {which, value}}).about ==
                   display_name(which));
}

BOOST_AUTO_TEST_CASE(of_a_binding_without_its_proxy_are_a_fault) {
    for (const setting sibling : {setting::binding_sni, setting::binding_ca_file, setting::binding_ca_data}) {
        const failure why = fault({{sibling, "/x"}});
        BOOST_TEST((why.code == errc::binding_without_proxy));
        BOOST_TEST(why.about == display_name(sibling));
    }
}

BOOST_AUTO_TEST_CASE(take_their_whole_range) {
    BOOST_TEST((read({{setting::auth, "auto"}}).auth == auth_mode::automatic));
    BOOST_TEST((read({{setting::auth, "bearer"}}).auth == auth_mode::bearer));
    BOOST_TEST((read({{setting::auth, "basic"}}).auth == auth_mode::basic));
    BOOST_TEST((read({{setting::min_validity, "0"}}).min_validity == 0s));
    BOOST_TEST((read({{setting::min_validity, "1500ms"}}).min_validity == 2s));
    BOOST_TEST((read({{setting::min_validity, "24h"}}).min_validity == 24h));
    BOOST_TEST((read({{setting::timeout, "1ms"}}).timeout == 1ms));
    BOOST_TEST((read({{setting::timeout, "10m"}}).timeout == 10min));
    BOOST_TEST(read({{setting::cache_dir, "none"}}).cache_dir == "none");
    BOOST_TEST(read({{setting::cache_dir, "/cache"}}).cache_dir == "/cache");
    BOOST_TEST(read({{setting::proxy, "http://proxy.test:3128"}}).proxy == "http://proxy.test:3128");
}

BOOST_AUTO_TEST_CASE(are_taken_from_the_environment_where_no_option_has_a_value) {
    const std::map<std::string, const char *> variables{
        {"AZURE_CLIENT_ID", "from-environment"},
        {"AZURE_TENANT_ID", "from-environment"},
        {"AZURE_WI_AUTH", ""},
        {"AZURE_WI_ALLOW_HOSTS", "https://environment.example"}};
    raw_settings raw;
    raw.set(setting::client_id, "from-option");
    raw.set(setting::tenant_id, ""); // set but empty counts as unset
    raw.add(setting::allow_host, "https://a.example");
    raw.add(setting::allow_host, "https://b.example");
    raw.fill_from_environment([&](const char *name) {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : found->second;
    });
    BOOST_TEST(raw.get(setting::client_id) == "from-option");
    BOOST_TEST(raw.get(setting::tenant_id) == "from-environment");
    BOOST_TEST(!raw.has(setting::auth));
    BOOST_TEST(raw.get(setting::allow_host) == "https://a.example,https://b.example");
}

BOOST_AUTO_TEST_CASE(are_called_by_what_the_user_has_to_change) {
    BOOST_TEST(display_name(setting::client_id) == "--client-id (AZURE_CLIENT_ID)");
    BOOST_TEST(display_name(setting::org) == "--org");
    BOOST_TEST(display_name(setting::cert_file) == "SSL_CERT_FILE");
}

BOOST_AUTO_TEST_SUITE_END()
