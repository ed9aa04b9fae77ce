// The main() of every test program that needs the world: the true names, on port 443, in namespaces of its
// own.

#define BOOST_TEST_NO_MAIN
#define BOOST_TEST_ALTERNATIVE_INIT_API
#include "tests/world/world.hpp"

#include <boost/test/unit_test.hpp>

#include <exception>
#include <iostream>

#include <sys/stat.h>

int main(int argc, char **argv) {
    try {
        ::umask(022);
        azure_wi::world::enter_private_network();
    } catch (const std::exception &fault) {
        std::cerr << "these tests need mount and network namespaces: " << fault.what() << '\n';
        return 1;
    }
    return boost::unit_test::unit_test_main([] { return true; }, argc, argv);
}
