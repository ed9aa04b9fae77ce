// Whether every row of fs.tsv that is about the token file, the cache directory or a record in it is the
// label of a test case here, or is listed with a reason.

#include "tests/harness/case_table.hpp"
#include "tests/system/fixture.hpp"

#include <boost/test/tree/traverse.hpp>
#include <boost/test/tree/visitor.hpp>
#include <boost/test/unit_test.hpp>

#include <map>
#include <set>
#include <string>

using namespace azure_wi::tests;
namespace ut = boost::unit_test;

namespace {

const std::map<std::string, std::string> &not_here() {
    static const std::map<std::string, std::string> rows{
        {"sa_swap",
         "in unit_tests: assertion_file_swap, 10000 swaps and 8 readers without starting processes"},
        {"sa_rotate_agent", "there is no agent yet"},
        {"sa_inotify_full", "there is no agent yet"},
        {"dir_shared_ok", "there is no shared group mode yet"},
        {"dir_shared_gid", "there is no shared group mode yet"},
    };
    return rows;
}

struct label_collector : ut::test_tree_visitor {
    std::set<std::string> labels;
    void visit(const ut::test_case &one) override {
        for (const std::string &label : one.p_labels.get())
            labels.insert(label);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(every_row_is_run_or_listed_with_a_reason) {
    label_collector known;
    ut::traverse_test_tree(ut::framework::master_test_suite(), known, true);
    std::set<std::string> rows;
    for (const case_row &row : read_cases(cases("fs.tsv"))) {
        const std::string &name = row["name"];
        if (!name.starts_with("sa_") && !name.starts_with("dir_") && !name.starts_with("file_"))
            continue;
        rows.insert(name);
        if (const auto listed = not_here().find(name); listed != not_here().end())
            BOOST_TEST_MESSAGE("not here: " << name << ": " << listed->second);
        else
            BOOST_TEST(known.labels.contains(name), "row " << name << " is not tested");
    }
    BOOST_TEST(rows.size() > 40U);
    for (const auto &[name, reason] : not_here())
        BOOST_TEST((rows.contains(name) && !known.labels.contains(name)), "listed in vain: " << name);
    for (const std::string &label : known.labels)
        BOOST_TEST(rows.contains(label), "a label that is no row: " << label);
}
