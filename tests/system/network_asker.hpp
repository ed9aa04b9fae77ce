#pragma once

#include "tests/system/fixture.hpp"
#include "tests/system/outcome.hpp"

#include <string>
#include <vector>

namespace azure_wi::tests {

// A world whose helper finds its way to Entra, or does not.
class traveller : public fixture {
public:
    outcome ask(const variables &extra = {}, std::vector<std::string> arguments = {}) {
        arguments.emplace_back("get");
        return read_outcome(helper(std::move(arguments), plain_request(), extra));
    }

    void check_arrives(const variables &extra = {}, const std::vector<std::string> &arguments = {}) {
        const outcome seen = ask_anew(extra, arguments);
        BOOST_CHECK_MESSAGE(!read_credential(seen.raw.out).token().empty(), seen.raw.err);
    }

    // `words` stand in the two lines.
    outcome check_fails(const std::vector<std::string> &words, const variables &extra = {},
                        const std::vector<std::string> &arguments = {}) {
        outcome seen = ask_anew(extra, arguments);
        check_failed(seen);
        for (const auto &each : words)
            BOOST_CHECK_MESSAGE(contains(seen.error() + seen.hint(), each),
                                each << " is not in: " << seen.raw.err);
        return seen;
    }

private:
    outcome ask_anew(variables extra, const std::vector<std::string> &arguments) {
        extra["AZURE_WI_CACHE_DIR"] = "none";
        return ask(extra, arguments);
    }
};

} // namespace azure_wi::tests
