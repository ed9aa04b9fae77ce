// What each refusal of Entra's says to the user.

#include "tests/system/entra_refusal_asker.hpp"

#include <map>
#include <regex>
#include <set>

using namespace azure_wi::tests;
using namespace std::chrono_literals;
using azure_wi::world::claims;
using azure_wi::world::reply;
namespace world = azure_wi::world;

namespace {

// The table of facts/entra.md: which numbers a user can meet, and words that name cause and cure.
struct refusal_words {
    std::string cause;
    std::string cure;
    bool credential_line = false;
};

const std::map<int, refusal_words> &table() {
    static const std::map<int, refusal_words> rows{
        {70021, {"no federated credential of 11111111-", "last character", true}},
        {700211, {"issuer", "trailing slash", true}},
        {700212, {"audience", "audience of the projected token", true}},
        {700213, {"subject", "service account", true}},
        {70025, {"has no federated credential at all", "create", true}},
        {700016, {"has no application", "AZURE_CLIENT_ID"}},
        {700024, {"time range", "clock"}},
        {700027, {"signature", "key"}},
        {50027, {"could not read the service-account token", "JSON web token"}},
        {90061, {"cannot reach the issuer", ".well-known/openid-configuration"}},
        {90002, {"has no tenant", "AZURE_TENANT_ID"}},
        {900023, {"malformed", "AZURE_TENANT_ID"}},
        {500011, {"does not know Azure DevOps", "connect"}},
        {70011, {"scope", "AZURE_AUTHORITY_HOST"}},
        {1002012, {"scope", "AZURE_AUTHORITY_HOST"}},
        {53003, {"Conditional Access", "administrator"}},
        {7000215, {"client secret", "no secret was sent"}},
        {7000222, {"client secret", "no secret was sent"}},
        {900382, {"another cloud", "AZURE_AUTHORITY_HOST"}},
        {90038, {"another cloud", "AZURE_AUTHORITY_HOST"}},
    };
    return rows;
}

class refused : public asker {
public:
    outcome check(int number, const variables &extra = {}) {
        outcome seen = ask_uncached(extra);
        const refusal_words &words = table().at(number);
        check_failed(seen);
        const std::string code = "(AADSTS" + std::to_string(number) + ")";
        BOOST_CHECK_MESSAGE(seen.error().ends_with(code), seen.error());
        BOOST_CHECK_MESSAGE(contains(seen.error(), words.cause), seen.error());
        BOOST_CHECK_MESSAGE(contains(seen.hint(), words.cure), seen.hint());
        BOOST_CHECK_EQUAL(contains(seen.hint(), "az identity federated-credential create"),
                          words.credential_line);
        check_support_ids(seen);
        BOOST_CHECK_MESSAGE(!leaks(seen.raw.err, read_whole(all().build_token().file())), seen.raw.err);
        // Entra's own words: they can echo what was sent.
        for (const char *words_of_entra :
             {"presented assertion", "was not found in the directory", "Please verify", "Trace ID"})
            BOOST_CHECK_MESSAGE(!contains(seen.raw.err, words_of_entra), seen.raw.err);
        return seen;
    }

    // What the line would create, created: then the same token must be good.
    void follow(const outcome &seen) {
        static const std::regex line("az identity federated-credential create --name [A-Za-z0-9_-]{3,120} "
                                     "--identity-name IDENTITY --resource-group GROUP "
                                     "--issuer (\\S+) --subject (\\S+) --audiences ([^\\s;]+)");
        std::smatch found;
        const std::string hint = seen.hint();
        BOOST_REQUIRE_MESSAGE(std::regex_search(hint, found, line), hint);
        for (const std::size_t part : {1, 2, 3}) // and in words, for who has no az at hand
            BOOST_CHECK_GE(occurrences(hint, found[part].str()), 2U);
        entra().add_federated_credential(world::tenant_id, world::build_client_id,
                                         {found[1], found[2], found[3]});
        BOOST_CHECK_MESSAGE(!token_of(ask_uncached()).empty(), hint);
    }

private:
    void check_support_ids(const outcome &seen) {
        const std::string guid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
        const std::regex ids("; trace " + guid + ", correlation " + guid +
                             ", timestamp \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ, request (" + guid +
                             ")$");
        std::smatch found;
        const std::string hint = seen.hint();
        BOOST_REQUIRE_MESSAGE(std::regex_search(hint, found, ids), hint);
        BOOST_CHECK_EQUAL(found[1].str(), entra().last_request().header("client-request-id").value_or(""));
    }

    static std::size_t occurrences(std::string_view text, std::string_view part) {
        std::size_t count = 0;
        for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1))
            ++count;
        return count;
    }
};

constexpr auto stranger = "99999999-aaaa-4bbb-8ccc-000000000009";

} // namespace

BOOST_FIXTURE_TEST_SUITE(messages, refused)

BOOST_AUTO_TEST_CASE(an_issuer_without_its_slash_is_shown_to_the_last_character) {
    std::string issuer = world::cluster_issuer;
    issuer.pop_back();
    entra().clear_federated_credentials(world::tenant_id, world::build_client_id);
    entra().add_federated_credential(world::tenant_id, world::build_client_id,
                                     {issuer, world::build_subject});
    const outcome seen = check(700211);
    BOOST_CHECK_MESSAGE(contains(seen.hint(), std::string("issuer ") + world::cluster_issuer + " "),
                        seen.hint());
    follow(seen);
}

BOOST_AUTO_TEST_CASE(another_service_account_is_shown) {
    all().rotate({.subject = "system:serviceaccount:default:o'brien"});
    const outcome seen = check(700213);
    BOOST_CHECK_MESSAGE(contains(seen.hint(), "--subject 'system:serviceaccount:default:o'\\''brien'"),
                        seen.hint());
    all().rotate({.subject = "system:serviceaccount:default:other"});
    follow(check(700213));
}

BOOST_AUTO_TEST_CASE(another_audience_is_shown) {
    all().rotate({.audiences = {"https://kubernetes.default.svc"}});
    follow(check(700212));
}

BOOST_AUTO_TEST_CASE(an_identity_without_any_federated_credential_is_told) {
    entra().clear_federated_credentials(world::tenant_id, world::build_client_id);
    follow(check(70025));
}

BOOST_AUTO_TEST_CASE(an_unknown_client_is_named) {
    const outcome seen = check(700016, {{"AZURE_CLIENT_ID", stranger}});
    BOOST_CHECK_MESSAGE(contains(seen.error(), stranger) && contains(seen.error(), world::tenant_id),
                        seen.error());
}

BOOST_AUTO_TEST_CASE(an_unknown_tenant_is_named) {
    const outcome seen = check(90002, {{"AZURE_TENANT_ID", stranger}});
    BOOST_CHECK_MESSAGE(contains(seen.error(), stranger), seen.error());
    check(900023, {{"AZURE_TENANT_ID", "no-domain"}});
}

BOOST_AUTO_TEST_CASE(an_assertion_that_has_expired_for_entra_is_told) {
    all().clock().advance(2h);
    check(700024);
}

BOOST_AUTO_TEST_CASE(an_assertion_that_has_expired_here_is_not_even_sent) {
    all().rotate(
        {.issued_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - 2h});
    const outcome seen = ask_uncached();
    check_failed(seen);
    BOOST_CHECK_MESSAGE(contains(seen.error(), "expired at 2"), seen.error());
    BOOST_CHECK_EQUAL(entra().request_count(), 0U);
}

BOOST_AUTO_TEST_CASE(a_bad_signature_is_told) {
    all().rotate({.corrupt_signature = true});
    check(700027);
}

BOOST_AUTO_TEST_CASE(a_token_that_entra_cannot_read_is_told) {
    all().rotate({.omit = {"iss"}});
    check(50027);
}

BOOST_AUTO_TEST_CASE(an_issuer_out_of_reach_is_told) {
    entra().add_federated_credential(world::tenant_id, world::build_client_id,
                                     {"https://private.test/", world::build_subject});
    all().rotate({.issuer = "https://private.test/"});
    check(90061);
}

BOOST_AUTO_TEST_CASE(a_tenant_without_azure_devops_is_named) {
    entra().connect_azure_devops(world::tenant_id, false);
    const outcome seen = check(500011);
    BOOST_CHECK_MESSAGE(contains(seen.error(), world::tenant_id), seen.error());
}

// Those above too: what the code alone makes of a message must not need the misconfiguration.
BOOST_AUTO_TEST_CASE(every_number_of_the_table_has_words_for_cause_and_cure) {
    for (const auto &[number, words] : table()) {
        BOOST_TEST_CONTEXT("AADSTS" << number) {
            entra().always(reply::error(number));
            check(number);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_number_without_words_is_told_with_the_place_that_explains_it) {
    entra().always(reply::error(123456));
    const outcome seen = ask_uncached();
    check_failed(seen);
    BOOST_CHECK_MESSAGE(contains(seen.error(), "(AADSTS123456)"), seen.error());
    BOOST_CHECK_MESSAGE(contains(seen.hint(), "https://login.microsoftonline.com/error?code=123456"),
                        seen.hint());
}

BOOST_AUTO_TEST_CASE(entras_own_faults_are_tried_again_and_told_as_such) {
    for (const int number : {90033, 90006, 90024, 90090, 90012}) {
        BOOST_TEST_CONTEXT("AADSTS" << number) {
            entra().forget_requests();
            entra().next(reply::error(number));
            BOOST_CHECK(!token_of(ask_uncached()).empty());
            BOOST_CHECK_EQUAL(entra().request_count(), 2U);
        }
    }
    entra().always(reply::error(90033));
    const outcome seen = ask_uncached();
    check_failed(seen);
    BOOST_CHECK_MESSAGE(contains(seen.error(), "(AADSTS90033)") && contains(seen.hint(), "try again"),
                        seen.raw.err);
}

BOOST_AUTO_TEST_CASE(a_token_rotated_meanwhile_heals_a_stale_one) {
    const std::string stale = read_whole(all().build_token().file());
    entra().next(reply::from([this](const world::recorded_request &) {
        all().rotate();
        return reply::error(700024);
    }));
    BOOST_CHECK(!token_of(ask()).empty());
    const auto asked = entra().requests();
    BOOST_REQUIRE_EQUAL(asked.size(), 2U);
    BOOST_CHECK_EQUAL(asked[0].form.at("client_assertion"), stale);
    BOOST_CHECK_EQUAL(asked[1].form.at("client_assertion"), read_whole(all().build_token().file()));
}

BOOST_AUTO_TEST_SUITE_END()
