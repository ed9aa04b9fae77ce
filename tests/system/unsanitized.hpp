#pragma once

#include <boost/test/unit_test.hpp>

#include <iostream>
#include <string_view>

namespace azure_wi::tests {

// For cases that are about the static file: the sanitizers need the face linked dynamically, with calls of
// their own.
inline boost::test_tools::assertion_result unsanitized(boost::unit_test::test_unit_id which) {
    boost::test_tools::assertion_result plain(std::string_view(AZURE_WI_SANITIZE).empty());
    if (!plain) {
        plain.message() << "the face is not static in a build with sanitizers";
        std::cout << "skipped: "
                  << boost::unit_test::framework::get(which, boost::unit_test::TUT_ANY).full_name()
                  << ": the face is not static in a build with sanitizers\n";
    }
    return plain;
}

} // namespace azure_wi::tests
