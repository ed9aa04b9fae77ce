#include "tests/world/world_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

using namespace azure_wi::world;

namespace {

struct repos_fixture : world_fixture {
    std::string bad_status(const std::string &token, const std::string &url = default_repository) const {
        return curl({"-o", "/dev/null", "-w", "%{http_code}", "-H", "Authorization: Bearer " + token,
                     url + "/info/refs?service=git-upload-pack"})
            .out;
    }
    bool clones(const std::string &token, const std::string &url, std::vector<std::string> options = {}) {
        const std::string place = "work-" + std::to_string(++places_);
        std::vector<std::string> arguments{"-c", bearer(token), "clone", "--quiet"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        arguments.insert(arguments.end(), {url, place});
        last_ = git(arguments);
        return last_.status == 0 && std::filesystem::exists(here.home() / place / "file-3.txt");
    }
    void commit_file(const std::string &place, std::size_t bytes) const {
        const auto made = here.run({"sh", "-c",
                                    "head -c " + std::to_string(bytes) +
                                        " /dev/urandom > big.bin && git add big.bin && "
                                        "git commit --quiet -m big"},
                                   {}, {}, here.home() / place);
        BOOST_TEST_REQUIRE(made.status == 0, made.err);
    }
    int places_ = 0;
    process_result last_;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(azure_repos, repos_fixture)

BOOST_AUTO_TEST_CASE(an_anonymous_clone_is_challenged) {
    const auto clone = git({"clone", default_repository});
    BOOST_TEST(clone.status != 0);
    BOOST_TEST(here.repos().challenges() == 1);
    const auto headers =
        curl({"-D", "-", "-o", "/dev/null", std::string{default_repository} + "/info/refs"}).out;
    for (const char *line :
         {"HTTP/1.1 401",
          "WWW-Authenticate: Bearer authorization_uri=https://login.microsoftonline.com/72f988bf",
          "WWW-Authenticate: Basic realm=", "WWW-Authenticate: TFS-Federated",
          "X-VSS-ResourceTenant: 72f988bf", "ActivityId: ", "X-VSS-E2EID: "})
        BOOST_TEST(headers.find(line) != std::string::npos, line << " is not in " << headers);
}

BOOST_AUTO_TEST_CASE(every_form_of_url_clones) {
    const auto good = token();
    here.repos().create_repository("contoso", "lib", "lib");
    for (const char *url :
         {default_repository, "https://contoso@dev.azure.com/Contoso/My%20Project/_git/repo",
          "https://dev.azure.com/contoso/_git/lib", "https://dev.azure.com/contoso/project/_git/_full/repo",
          "https://dev.azure.com/contoso/project/_git/_optimized/repo",
          "https://contoso.visualstudio.com/project/_git/repo",
          "https://contoso.visualstudio.com/DefaultCollection/My%20Project/_git/repo"})
        BOOST_TEST(clones(good, url), url << ": " << last_.err);
    BOOST_TEST(here.repos().served_with("bearer") == here.repos().served());
}

BOOST_AUTO_TEST_CASE(shallow_partial_and_chunked) {
    const auto good = token();
    BOOST_TEST(clones(good, default_repository, {"--depth=1"}), last_.err);
    BOOST_TEST(clones(good, default_repository, {"--filter=blob:none"}), last_.err);
    here.repos().set_chunked_answers(true);
    BOOST_TEST(clones(good, default_repository), last_.err);
}

BOOST_AUTO_TEST_CASE(basic_takes_the_token_as_password) {
    const auto good = token();
    BOOST_TEST(curl({"-o", "/dev/null", "-w", "%{http_code}", "-u", "any:" + good,
                     "https://dev.azure.com/contoso/_apis/connectionData"})
                   .out == "200");
    BOOST_TEST(curl({"-o", "/dev/null", "-w", "%{http_code}", "-u", ":" + good,
                     "https://dev.azure.com/contoso/_apis/connectionData"})
                   .out == "401");
    BOOST_TEST(here.repos().served_with("basic") == 1);
}

BOOST_AUTO_TEST_CASE(a_push_of_3_megabytes) {
    const auto good = token();
    BOOST_TEST_REQUIRE(clones(good, default_repository), last_.err);
    commit_file("work-1", 3U << 20);
    const auto push = git({"-C", "work-1", "-c", bearer(good), "push", "--quiet", "origin", "main"});
    BOOST_TEST(push.status == 0, push.err);
    BOOST_TEST_REQUIRE(clones(good, default_repository), last_.err);
    BOOST_TEST(std::filesystem::file_size(here.home() / "work-2" / "big.bin") == 3U << 20);
}

BOOST_AUTO_TEST_CASE(a_reader_may_not_push) {
    here.repos().add_member("contoso", build_client_id, permission::read);
    const auto good = token();
    BOOST_TEST_REQUIRE(clones(good, default_repository), last_.err);
    commit_file("work-1", 10);
    const auto push = git({"-C", "work-1", "-c", bearer(good), "push", "origin", "main"});
    BOOST_TEST(push.status != 0);
    BOOST_TEST(push.err.find("403") != std::string::npos, push.err);
}

BOOST_AUTO_TEST_CASE(tokens_that_are_no_good) {
    const auto good = token();
    BOOST_TEST(bad_status(good) == "200");
    BOOST_TEST(bad_status("made-up") == "401");
    here.repos().revoke(good);
    BOOST_TEST(bad_status(good) == "401");
    const auto second = token();
    here.clock().advance(std::chrono::hours{2});
    BOOST_TEST(bad_status(second) == "401");
    here.repos().refuse_with(refusal::sign_in_redirect);
    BOOST_TEST(bad_status(second) == "302");
    here.repos().refuse_with(refusal::html_203);
    BOOST_TEST(bad_status(second) == "203");
}

BOOST_AUTO_TEST_CASE(strangers_and_missing_repositories) {
    const auto good = token();
    const auto body = [&](const std::string &url) {
        return curl({"-H", "Authorization: Bearer " + good, url + "/info/refs?service=git-upload-pack"}).out;
    };
    BOOST_TEST(body("https://dev.azure.com/fabrikam/project/_git/repo").starts_with("TF400813"));
    BOOST_TEST(body("https://dev.azure.com/contoso/project/_git/missing").starts_with("TF401019"));
    BOOST_TEST(bad_status(good, "https://dev.azure.com/contoso/project/_git/missing") == "404");
    here.repos().next(reply::error(400733));
    BOOST_TEST(bad_status(good) == "429");
    here.repos().next(reply::error(503));
    BOOST_TEST(bad_status(good) == "503");
    BOOST_TEST(bad_status(good) == "200");
}

BOOST_AUTO_TEST_SUITE_END()
