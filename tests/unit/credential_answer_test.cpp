#include "helper/credential_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <string_view>

using namespace azure_wi;
using namespace azure_wi::helper;

namespace {

const std::string id_text = "000102030405060708090a0b0c0d0eff";

record_id id() {
    record_id made{};
    for (std::size_t i = 0; i + 1 < made.size(); ++i)
        made[i] = static_cast<unsigned char>(i);
    made.back() = 0xff;
    return made;
}

std::string rendered(answer_form form, bool life_known = true) {
    access_token token;
    token.value = secret::copy_of("TOKEN");
    token.expiry = 1'700'003'600;
    token.life_known = life_known;
    token.id = id();
    return std::string(render_answer(form, token).reveal());
}

credential_request with_states(std::initializer_list<std::string_view> states) {
    credential_request request;
    request.offers_authtype = request.offers_state = true;
    request.states = states;
    return request;
}

bool chosen(const credential_request &request, auth_mode auth, std::optional<answer_form> expected) {
    return choose_form(request, auth) == expected;
}

} // namespace

BOOST_AUTO_TEST_SUITE(credential_answer)

BOOST_AUTO_TEST_CASE(has_its_lines_in_the_order_that_git_needs) {
    BOOST_TEST(rendered(answer_form::bearer_with_state) == "capability[]=authtype\ncapability[]=state\n"
                                                           "authtype=Bearer\ncredential=TOKEN\nephemeral=1\n"
                                                           "password_expiry_utc=1700003600\ncontinue=1\n"
                                                           "state[]=azure-wi:" +
                                                               id_text + "\n");
    BOOST_TEST(rendered(answer_form::bearer) == "capability[]=authtype\nauthtype=Bearer\ncredential=TOKEN\n"
                                                "ephemeral=1\npassword_expiry_utc=1700003600\n");
    BOOST_TEST(rendered(answer_form::basic) ==
               "username=azure-wi\npassword=TOKEN\npassword_expiry_utc=1700003600\n");
    BOOST_TEST(rendered(answer_form::basic_for_authtype) ==
               "capability[]=authtype\nusername=azure-wi\npassword=TOKEN\n"
               "ephemeral=1\npassword_expiry_utc=1700003600\n");
}

BOOST_AUTO_TEST_CASE(says_no_expiry_where_the_life_is_a_guess) {
    for (const answer_form form : {answer_form::bearer, answer_form::bearer_with_state, answer_form::basic,
                                   answer_form::basic_for_authtype})
        BOOST_TEST(rendered(form, false).find("expiry") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(takes_the_form_that_the_request_offers) {
    credential_request request;
    BOOST_TEST(chosen(request, auth_mode::automatic, answer_form::basic));
    BOOST_TEST(chosen(request, auth_mode::basic, answer_form::basic));
    BOOST_TEST(chosen(request, auth_mode::bearer, std::nullopt));

    request.offers_state = true; // without authtype it is of no use
    BOOST_TEST(chosen(request, auth_mode::automatic, answer_form::basic));

    request.offers_authtype = true;
    request.offers_state = false;
    BOOST_TEST(chosen(request, auth_mode::automatic, answer_form::bearer));
    BOOST_TEST(chosen(request, auth_mode::bearer, answer_form::bearer));
    BOOST_TEST(chosen(request, auth_mode::basic, answer_form::basic_for_authtype));

    request.offers_state = true;
    BOOST_TEST(chosen(request, auth_mode::automatic, answer_form::bearer_with_state));
    BOOST_TEST(chosen(request, auth_mode::bearer, answer_form::bearer_with_state));
    BOOST_TEST(chosen(request, auth_mode::basic, answer_form::basic_for_authtype));
}

BOOST_AUTO_TEST_CASE(is_basic_in_a_second_round_whatever_is_offered) {
    for (const auth_mode auth : {auth_mode::automatic, auth_mode::bearer, auth_mode::basic}) {
        BOOST_TEST(chosen(with_states({"azure-wi:" + id_text}), auth, answer_form::basic));
        BOOST_TEST(chosen(with_states({"other:1", "azure-wi:nonsense"}), auth, answer_form::basic));
        credential_request request = with_states({});
        request.authtype = "Bearer";
        BOOST_TEST(chosen(request, auth, answer_form::basic));
        request.authtype = "bearer";
        BOOST_TEST(chosen(request, auth, answer_form::basic));
    }
}

BOOST_AUTO_TEST_CASE(does_not_heed_another_helpers_state) {
    BOOST_TEST(
        chosen(with_states({"other-helper:xyz"}), auth_mode::automatic, answer_form::bearer_with_state));
    credential_request request = with_states({});
    request.authtype = "Negotiate";
    BOOST_TEST(chosen(request, auth_mode::automatic, answer_form::bearer_with_state));
}

BOOST_AUTO_TEST_CASE(finds_the_refused_record_in_our_state_alone) {
    BOOST_TEST((refused_record(with_states({"azure-wi:" + id_text})) == id()));
    BOOST_TEST(
        (refused_record(with_states({"other:1", "azure-wi:000102030405060708090A0B0C0D0EFF"})) == id()));
    for (const std::string &state :
         {"other:" + id_text, std::string("azure-wi:"), "azure-wi:" + id_text + "0",
          "azure-wi:" + id_text.substr(1), "azure-wi:g" + id_text.substr(1), "azure-wi: " + id_text.substr(1),
          "Azure-wi:" + id_text, id_text})
        BOOST_TEST(!refused_record(with_states({state})), state);
    BOOST_TEST(!refused_record(with_states({})));
}

BOOST_AUTO_TEST_CASE(form_has_a_name_between_the_executables) {
    for (const answer_form form : {answer_form::bearer, answer_form::bearer_with_state, answer_form::basic,
                                   answer_form::basic_for_authtype})
        BOOST_TEST((answer_form_named(name_of(form)) == form));
    BOOST_TEST(!answer_form_named("").has_value());
    BOOST_TEST(!answer_form_named("Bearer").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
