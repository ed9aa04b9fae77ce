// Whether every row of endpoint.tsv is a test case here, or is listed with a reason.

#include "tests/system/endpoint_row.hpp"

#include <boost/test/tree/traverse.hpp>
#include <boost/test/tree/visitor.hpp>

#include <map>
#include <set>

using namespace azure_wi::tests;
namespace ut = boost::unit_test;

namespace {

const std::map<std::string, std::string> &not_staged() {
    static const std::map<std::string, std::string> rows{
        {"tls_resume", "the helper offers no session at all, so no server can be made to answer one; see "
                       "no_session_is_ever_resumed"},
    };
    return rows;
}

struct name_collector : ut::test_tree_visitor {
    std::set<std::string> names;
    void visit(const ut::test_case &one) override { names.insert(one.p_name.get()); }
};

} // namespace

BOOST_AUTO_TEST_CASE(every_row_is_run_or_listed_with_a_reason) {
    name_collector known;
    ut::traverse_test_tree(ut::framework::master_test_suite(), known, true);
    std::set<std::string> rows;
    for (const auto &row : read_cases(cases("endpoint.tsv"))) {
        const std::string &name = row["name"];
        if (name.starts_with("k8s_")) // what the agent writes to; there is no agent yet
            continue;
        rows.insert(name);
        if (const auto listed = not_staged().find(name); listed != not_staged().end())
            BOOST_TEST_MESSAGE("not staged: " << name << ": " << listed->second);
        else
            BOOST_CHECK_MESSAGE(known.names.contains(name), "row " << name << " is not tested");
    }
    BOOST_CHECK_GT(rows.size(), 80U);
    for (const auto &[name, reason] : not_staged())
        BOOST_CHECK_MESSAGE(rows.contains(name) && !known.names.contains(name), "listed in vain: " << name);
}
