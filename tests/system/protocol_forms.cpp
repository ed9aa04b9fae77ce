// The forms of an answer, line by line, from the face (warm) and from the online part (cold).

#include "tests/system/fixture.hpp"
#include "tests/system/outcome.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

using namespace azure_wi::tests;
using azure_wi::world::process_result;

namespace {

struct forms : fixture {
    // The keys in their order; the state's random id apart.
    std::string shape(const std::string &out) {
        std::string keys;
        for (const std::string &line : read_credential(out).lines) {
            const std::string key = line.substr(0, line.find('='));
            const bool fixed = key == "capability[]" || key == "authtype" || key == "username" ||
                               key == "ephemeral" || key == "continue";
            keys += (fixed ? line : key) + ' ';
        }
        return keys;
    }

    // The same whether the token is in the cache or has to be fetched.
    void check(const std::string &request, const std::string &expected,
               std::vector<std::string> options = {}) {
        options.push_back("get");
        std::filesystem::remove_all(cache());
        for (const char *round : {"cold", "warm"}) {
            const process_result got = helper(options, request);
            BOOST_TEST_CONTEXT(round) {
                BOOST_TEST(got.status == 0);
                BOOST_TEST(got.err == "");
                BOOST_TEST(shape(got.out) == expected);
                BOOST_TEST(got.out.ends_with('\n'));
            }
        }
    }

    const std::string authtype_only = "capability[]=authtype\n" + plain_request();
    const std::string bearer_with_state =
        "capability[]=authtype capability[]=state authtype=Bearer credential "
        "ephemeral=1 password_expiry_utc continue=1 state[] ";
    const std::string bearer =
        "capability[]=authtype authtype=Bearer credential ephemeral=1 password_expiry_utc ";
    const std::string basic = "username=azure-wi password password_expiry_utc ";
    const std::string basic_for_authtype =
        "capability[]=authtype username=azure-wi password ephemeral=1 password_expiry_utc ";
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(protocol_forms, forms)

BOOST_AUTO_TEST_CASE(auto_is_bearer_where_it_is_offered_and_basic_elsewhere) {
    check(plain_request(), basic);
    check("capability[]=state\n" + plain_request(), basic);
    check(authtype_only, bearer);
    check(capable_request(), bearer_with_state);
    check(capable_request(), bearer_with_state, {"--auth=auto"});
    check("capability[]=authtype\ncapability[]=state\ncapability[]=\n" + plain_request(), basic);
}

BOOST_AUTO_TEST_CASE(basic_is_basic_wherever_it_is_asked_for) {
    check(plain_request(), basic, {"--auth=basic"});
    check(authtype_only, basic_for_authtype, {"--auth=basic"});
    check(capable_request(), basic_for_authtype, {"--auth", "basic"});
}

BOOST_AUTO_TEST_CASE(bearer_is_bearer_or_a_failure_with_a_hint) {
    check(authtype_only, bearer, {"--auth=bearer"});
    check(capable_request(), bearer_with_state, {"--auth=bearer"});
    const outcome refused = read_outcome(helper({"--auth=bearer", "get"}, plain_request()));
    check_failed(refused);
    BOOST_TEST(contains(refused.hint(), "--auth=auto"));
}

BOOST_AUTO_TEST_CASE(a_second_round_is_basic_without_capabilities_and_with_another_token) {
    const credential first = read_credential(helper({"get"}, capable_request()).out);
    const std::string again = "capability[]=authtype\ncapability[]=state\n" + plain_request() +
                              "authtype=Bearer\nstate[]=other:1\nstate[]=" + first["state[]"] + "\n";
    const process_result second = helper({"get"}, again);
    BOOST_TEST(shape(second.out) == basic);
    const std::string fresh = read_credential(second.out).token();
    BOOST_TEST(fresh != first.token());
    BOOST_TEST(entra().exchanges() == 2U);

    // Asked once more with that state, the record is another already: it serves, and nothing is fetched.
    const process_result third = helper({"get"}, again);
    BOOST_TEST(shape(third.out) == basic);
    BOOST_TEST(read_credential(third.out).token() == fresh);
    BOOST_TEST(entra().exchanges() == 2U);
}

BOOST_AUTO_TEST_CASE(a_state_that_names_no_record_fetches_nothing) {
    const std::string token = read_credential(get().out).token();
    for (const char *state :
         {"azure-wi:", "azure-wi:nonsense", "azure-wi:00000000000000000000000000000000"}) {
        const process_result got = helper({"get"}, capable_request() + "state[]=" + state + "\n");
        BOOST_TEST(shape(got.out) == basic, state);
        BOOST_TEST(read_credential(got.out).token() == token);
    }
    BOOST_TEST(entra().exchanges() == 1U);
}

// git 2.46 to 2.53 after a 401 on a POST over http.postBuffer: it has left the header out, and nothing was
// refused.
BOOST_AUTO_TEST_CASE(a_bearer_request_without_our_state_gets_the_same_token_as_basic) {
    const std::string token = read_credential(helper({"get"}, capable_request()).out).token();
    for (const std::string &request :
         {capable_request() + "authtype=Bearer\n", capable_request() + "authtype=bearer\nstate[]=other:1\n",
          plain_request() + "authtype=Bearer\n"}) {
        const process_result got = helper({"get"}, request);
        BOOST_TEST(shape(got.out) == basic);
        BOOST_TEST(read_credential(got.out).token() == token);
    }
    BOOST_TEST(entra().exchanges() == 1U);
}

BOOST_AUTO_TEST_CASE(the_expiry_is_the_servers_and_left_out_where_it_named_none) {
    entra().set_lifetime({.expires_in = std::chrono::seconds{4000}});
    const std::int64_t before =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    const std::int64_t expiry = std::stoll(read_credential(get().out)["password_expiry_utc"]);
    BOOST_TEST(expiry >= before + 4000);
    BOOST_TEST(expiry <= before + 4000 + 60);

    entra().set_lifetime({.omit_expires_in = true});
    std::filesystem::remove_all(cache());
    for (const char *round : {"cold", "warm"})
        BOOST_TEST(shape(get().out) == "username=azure-wi password ", round);
    BOOST_TEST(shape(helper({"get"}, authtype_only).out) ==
               "capability[]=authtype authtype=Bearer credential ephemeral=1 ");
}

BOOST_AUTO_TEST_CASE(erase_drops_the_token_by_either_of_its_names_and_no_other) {
    const std::string token = read_credential(get().out).token();
    for (const std::string &secret : {"password=" + token + "x", "credential=" + token.substr(1),
                                      std::string("password="), std::string("credential=")})
        BOOST_TEST(helper({"erase"}, plain_request() + secret + "\n").status == 0);
    BOOST_TEST(helper({"erase"}, "protocol=http\nhost=dev.azure.com\npassword=" + token + "\n").status == 0);
    BOOST_TEST(read_credential(get().out).token() == token);

    BOOST_TEST(helper({"erase"}, capable_request() + "authtype=Bearer\ncredential=" + token + "\n").status ==
               0);
    const std::string second = read_credential(get().out).token();
    BOOST_TEST(second != token);
    BOOST_TEST(helper({"erase"}, plain_request() + "password=" + token + "\n").status ==
               0); // a late rejection
    BOOST_TEST(read_credential(get().out).token() == second);
    BOOST_TEST(helper({"erase"}, plain_request() + "username=azure-wi\npassword=" + second + "\n").status ==
               0);
    BOOST_TEST(read_credential(get().out).token() != second);
    BOOST_TEST(entra().exchanges() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
