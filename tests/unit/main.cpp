#define BOOST_TEST_MODULE azure_wi_unit
#include <boost/test/unit_test.hpp>
