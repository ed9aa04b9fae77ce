#include "tests/fakes/scratch_directory.hpp"
#include "token-cache/exchange/binding_roots.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

namespace azure_wi {

BOOST_AUTO_TEST_SUITE(binding_roots_)

BOOST_AUTO_TEST_CASE(without_a_binding_there_are_none) {
    identity_binding binding;
    binding.ca_data = "DATA";
    BOOST_TEST(binding_roots(binding).read().value().empty());
    binding = {.proxy = "https://p", .sni_name = {}, .ca_file = {}, .ca_data = {}};
    BOOST_TEST(binding_roots(binding).read().value().empty());
}

BOOST_AUTO_TEST_CASE(data_win_over_a_file) {
    const identity_binding binding{
        .proxy = "https://p", .sni_name = {}, .ca_file = "/nonexistent", .ca_data = "DATA"};
    BOOST_TEST(binding_roots(binding).read().value() == "DATA");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_empty_or_missing_at_first_is_a_failure) {
    const scratch_directory place;
    const identity_binding binding{
        .proxy = "https://p", .sni_name = {}, .ca_file = place.file("ca"), .ca_data = {}};
    binding_roots roots(binding);
    BOOST_TEST((roots.read().error().code == errc::ca_unusable));
    place.write("ca", "");
    BOOST_TEST(roots.read().error().about == place.file("ca") + ", set by AZURE_KUBERNETES_CA_FILE");
}

BOOST_AUTO_TEST_CASE(a_file_is_read_anew_and_the_old_one_serves_amid_its_rotation) {
    const scratch_directory place;
    const identity_binding binding{
        .proxy = "https://p", .sni_name = {}, .ca_file = place.write("ca", "OLD"), .ca_data = {}};
    binding_roots roots(binding);
    BOOST_TEST(roots.read().value() == "OLD");
    place.write("ca", "");
    BOOST_TEST(roots.read().value() == "OLD");
    std::filesystem::remove(place.file("ca"));
    BOOST_TEST(roots.read().value() == "OLD");
    place.write("ca", "NEW");
    BOOST_TEST(roots.read().value() == "NEW");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi
