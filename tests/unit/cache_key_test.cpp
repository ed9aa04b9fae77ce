#include "token-cache/store/cache_key.hpp"
#include "token-cache/store/entry_names.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <vector>

using namespace azure_wi;

namespace {

identity example() {
    return {.authority = "https://login.microsoftonline.com",
            .tenant_id = "tenant",
            .client_id = "client",
            .scope = azure_devops_scope,
            .token_file = "/token",
            .token_command = {},
            .binding = {}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(cache_key_)

BOOST_AUTO_TEST_CASE(is_the_same_for_the_same_identity) {
    BOOST_TEST(make_cache_key(example()).full == make_cache_key(example()).full);
    BOOST_TEST(make_cache_key(example()).name == make_cache_key(example()).name);
}

// What decides which token it is must decide which record it is.
BOOST_AUTO_TEST_CASE(differs_where_any_field_differs) {
    using change = void (*)(identity &);
    const std::vector<change> changes{
        [](identity &) {},
        [](identity &who) { who.authority += 'x'; },
        [](identity &who) { who.tenant_id += 'x'; },
        [](identity &who) { who.client_id += 'x'; },
        [](identity &who) { who.scope += 'x'; },
        [](identity &who) { who.token_file += 'x'; },
        [](identity &who) { who.token_command += 'x'; },
        [](identity &who) { who.binding.proxy += 'x'; },
        [](identity &who) { who.binding.sni_name += 'x'; },
        [](identity &who) { who.binding.ca_file += 'x'; },
        [](identity &who) { who.binding.ca_data += 'x'; },
    };
    std::set<std::string> keys;
    std::set<std::string> names;
    for (const change make : changes) {
        identity who = example();
        make(who);
        keys.insert(make_cache_key(who).full);
        names.insert(make_cache_key(who).name);
    }
    BOOST_TEST(keys.size() == changes.size());
    BOOST_TEST(names.size() == changes.size());
}

BOOST_AUTO_TEST_CASE(does_not_let_a_byte_move_from_one_field_to_the_next) {
    identity one = example();
    one.tenant_id = "ab";
    one.client_id = "c";
    identity other = example();
    other.tenant_id = "a";
    other.client_id = "bc";
    BOOST_TEST(make_cache_key(one).full != make_cache_key(other).full);
}

BOOST_AUTO_TEST_CASE(names_a_file_by_sixteen_hex_digits) {
    const std::string name = make_cache_key(example()).name;
    BOOST_TEST(name.size() == 16U);
    BOOST_TEST(name.find_first_not_of("0123456789abcdef") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(tells_records_from_locks) {
    const cache_key key = make_cache_key(example());
    BOOST_TEST(is_record_name(token_entry(key)));
    BOOST_TEST(is_record_name(refusal_entry(key)));
    BOOST_TEST(is_record_name(".0123.tmp"));
    BOOST_TEST(!is_record_name(holder_lock(key)));
    BOOST_TEST(!is_record_name(successor_lock(key)));
    BOOST_TEST(!is_record_name(".."));
}

BOOST_AUTO_TEST_SUITE_END()
