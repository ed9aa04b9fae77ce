#include "token-cache/aadsts.hpp"

#include <boost/test/unit_test.hpp>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(aadsts)

BOOST_AUTO_TEST_CASE(every_number_that_the_documentation_lists_is_known) {
    for (const int number : {70021,  700211, 700212, 700213, 70025, 700016,  700024, 700027,  50027,
                             90061,  90002,  900023, 500011, 70011, 1002012, 53003,  7000215, 7000222,
                             900382, 90038,  90033,  90006,  90024, 90090,   90012}) {
        const aadsts_entry *entry = find_aadsts(number);
        BOOST_REQUIRE_MESSAGE(entry != nullptr, number);
        BOOST_TEST(entry->number == number);
        BOOST_TEST(!entry->cause.empty());
        BOOST_TEST(!entry->hint.empty());
        BOOST_TEST(!entry->cause.ends_with('.'));
        BOOST_TEST(!entry->hint.ends_with('.'));
    }
}

BOOST_AUTO_TEST_CASE(other_numbers_are_not) {
    for (const int number : {0, -1, 1, 700000, 999999999})
        BOOST_TEST(find_aadsts(number) == nullptr);
}

BOOST_AUTO_TEST_CASE(only_faults_of_entras_own_are_transient) {
    for (const int number : {90033, 90006, 90024, 90090, 90012})
        BOOST_TEST(is_transient_aadsts(number));
    for (const int number : {0, 70021, 700024, 90002})
        BOOST_TEST(!is_transient_aadsts(number));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
