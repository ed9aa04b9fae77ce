// Two identities on two organisations, side by side, as git's own URL matching keeps them apart.

#include "tests/system/each_git.hpp"
#include "tests/world/http_message.hpp"

namespace azure_wi::tests {

using world::build_client_id;
using world::deploy_client_id;

BOOST_AUTO_TEST_SUITE(identity_two)

namespace {

constexpr auto of_contoso = "https://dev.azure.com/contoso/project/_git/repo";
constexpr auto of_fabrikam = "https://dev.azure.com/fabrikam/project/_git/repo";

// What the documentation tells: one helper for each organisation, useHttpPath for LFS.
std::string section(const std::string &url, const fixture::variables &who) {
    return "[credential \"" + url + "\"]\n\thelper = " + face().string() + " --client-id " +
           who.at("AZURE_CLIENT_ID") + " --tenant-id " + who.at("AZURE_TENANT_ID") + " --token-file " +
           who.at("AZURE_FEDERATED_TOKEN_FILE") + "\n";
}

class two_identities {
public:
    explicit two_identities(git_fixture &it) : it_(it) {
        const auto build = it.all().environment();
        const auto deploy = it.all().deploy_environment();
        const auto file = it.all().home() / ".gitconfig";
        write_file(file, read_file(file) + "[credential]\n\thelper =\n" +
                             "[credential \"https://dev.azure.com\"]\n\tuseHttpPath = true\n" +
                             section("https://dev.azure.com/contoso", build) +
                             section("https://dev.azure.com/fabrikam", deploy) +
                             section("https://contoso.visualstudio.com", build) +
                             section("https://fabrikam.visualstudio.com", deploy));
    }

    world::process_result git(std::vector<std::string> arguments,
                              const std::filesystem::path &directory = {}) {
        // Nobody's identity stands in the environment, so each comes from its own options.
        const fixture::variables none{{"AZURE_CLIENT_ID", ""},
                                      {"AZURE_TENANT_ID", ""},
                                      {"AZURE_FEDERATED_TOKEN_FILE", ""},
                                      {"AZURE_WI_CACHE_DIR", it_.cache().string()}};
        std::vector<std::string> command = it_.git_command();
        command.insert(command.end(), arguments.begin(), arguments.end());
        return it_.all().run(std::move(command), none, {}, directory);
    }

    void must(const std::vector<std::string> &arguments, const std::filesystem::path &directory = {}) {
        const auto result = git(arguments, directory);
        BOOST_REQUIRE_MESSAGE(result.status == 0, arguments.front() << ": " << result.err);
    }

    // Every token that reached an organisation is its own identity's, and each organisation saw one.
    void check_that_no_token_crossed() {
        bool contoso_seen = false;
        bool fabrikam_seen = false;
        for (const world::recorded_request &request : it_.repos().requests()) {
            const auto token = it_.all().ledger().find(request.presented_token());
            if (!token)
                continue;
            const std::string where = world::lower_case(request.host() + request.path());
            const bool contoso = where.find("contoso") != std::string::npos;
            BOOST_TEST(token->client_id == (contoso ? build_client_id : deploy_client_id), where);
            (contoso ? contoso_seen : fabrikam_seen) = true;
        }
        BOOST_TEST(contoso_seen);
        BOOST_TEST(fabrikam_seen);
        BOOST_TEST(it_.foreign().leaked_authorization() == 0U);
    }

private:
    git_fixture &it_;
};

} // namespace

AZURE_WI_TEST_WITH_EACH_GIT(each_organisation_is_cloned_and_pushed_to_as_its_own_identity) {
    two_identities both(*this);
    int number = 0;
    for (const char *url :
         {of_contoso, of_fabrikam, "https://fabrikam@dev.azure.com/fabrikam/My%20Project/_git/repo",
          "https://contoso.visualstudio.com/project/_git/repo",
          "https://fabrikam.visualstudio.com/My%20Project/_git/repo"}) {
        const auto where = scratch() / ("tree-" + std::to_string(++number));
        both.must({"clone", "--quiet", url, where.string()});
        commit(where, "file-" + std::to_string(number), "x\n");
        both.must({"push", "--quiet"}, where);
    }
    both.check_that_no_token_crossed();
    BOOST_TEST(entra().exchanges() == 2U);
}

AZURE_WI_TEST_WITH_EACH_GIT(lfs_objects_go_as_their_organisations_identity) {
    two_identities both(*this);
    std::size_t size = 50'000;
    for (const char *url : {of_contoso, of_fabrikam}) {
        const auto author = scratch() / ("author-" + std::to_string(++size));
        both.must({"clone", "--quiet", url, author.string()});
        both.must({"lfs", "install", "--local"}, author);
        both.must({"lfs", "track", "*.bin"}, author);
        both.must({"config", "lfs.locksverify", "false"}, author); // see git_lfs_test.cpp
        both.must({"add", ".gitattributes"}, author);
        commit(author, "model.bin", noise(size));
        both.must({"push", "--quiet"}, author);
    }
    BOOST_TEST(repos().lfs().size() == 2U);
    size = 50'000;
    for (const char *url : {of_contoso, of_fabrikam}) {
        const auto reader = scratch() / ("reader-" + std::to_string(++size));
        both.must({"clone", "--quiet", url, reader.string()});
        BOOST_TEST((read_file(reader / "model.bin") == noise(size)));
    }
    both.check_that_no_token_crossed();
    BOOST_TEST(entra().exchanges() == 2U);
}

// A superproject of the one with a submodule of the other.
AZURE_WI_TEST_WITH_EACH_GIT(a_submodule_of_the_other_organisation_goes_as_the_other_identity) {
    two_identities both(*this);
    const auto author = scratch() / "author";
    both.must({"clone", "--quiet", of_contoso, author.string()});
    both.must({"submodule", "--quiet", "add", of_fabrikam, "sub"}, author);
    both.must({"commit", "--quiet", "-m", "a submodule"}, author);
    both.must({"push", "--quiet"}, author);
    both.must({"clone", "--quiet", "--recurse-submodules", of_contoso, tree().string()});
    BOOST_TEST(std::filesystem::exists(tree() / "sub" / "file-1.txt"));
    both.check_that_no_token_crossed();
}

AZURE_WI_TEST_WITH_EACH_GIT(a_refused_token_of_one_leaves_the_others_token_alone) {
    two_identities both(*this);
    both.must({"ls-remote", of_contoso});
    both.must({"ls-remote", of_fabrikam});
    for (const std::string &token : all().ledger().tokens())
        if (all().ledger().find(token)->client_id == build_client_id)
            repos().revoke(token);
    const auto first = both.git({"ls-remote", of_contoso});
    BOOST_TEST((first.status == 0) == heals());
    both.must({"ls-remote", of_contoso});
    both.must({"ls-remote", of_fabrikam});
    BOOST_TEST(entra().exchanges() == 3U);
    both.check_that_no_token_crossed();
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
