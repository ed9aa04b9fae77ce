// Hosts that are not Azure's get nothing, whoever sends git there.

#include "tests/system/each_git.hpp"

namespace azure_wi::tests {

using world::default_repository;
using world::reply;

BOOST_AUTO_TEST_SUITE(identity_foreign)

AZURE_WI_TEST_WITH_EACH_GIT(foreign_hosts_get_no_token) {
    must({"ls-remote", default_repository});
    foreign().challenge(true);
    for (const char *host : {"git.example.com", "evil.com", "dev.azure.com.evil.com", "evildev.azure.com",
                             "contoso.visualstudio.com.evil.com", "www.visualstudio.com",
                             "app.visualstudio.com", "app.vssps.visualstudio.com"}) {
        const auto listed = git({"ls-remote", "https://" + std::string(host) + "/team/lib.git"});
        BOOST_TEST(listed.status != 0, host);
        BOOST_TEST(!listed.timed_out, host);
    }
    BOOST_TEST(foreign().request_count() >= 8U);
    BOOST_TEST(foreign().leaked_authorization() == 0U);
    BOOST_TEST(entra().exchanges() == 1U);
}

// The host is Azure's by name, but the way there is not.
AZURE_WI_TEST_WITH_EACH_GIT(azure_over_plain_http_gets_no_token) {
    must({"ls-remote", default_repository});
    foreign().challenge(true);
    const auto listed = git({"-c", "http.followRedirects=false", "-c", "http.proxy=http://git.example.com:80",
                             "ls-remote", "http://dev.azure.com/contoso/project/_git/repo"});
    BOOST_TEST(listed.status != 0);
    BOOST_TEST(foreign().request_count() > 0U);
    BOOST_TEST(foreign().leaked_authorization() == 0U);
}

// git follows, and asks us for the host that it was sent to.
AZURE_WI_TEST_WITH_EACH_GIT(a_redirect_to_a_foreign_host_gets_no_token) {
    foreign().challenge(true);
    const std::string there = "https://git.example.com/team/lib.git/info/refs?service=git-upload-pack";
    for (const int status : {301, 302, 307, 308}) {
        repos().clear_faults();
        must({"ls-remote", default_repository}); // the token is cached
        const auto before = foreign().request_count();
        repos().always(reply::redirect(status, there));
        const auto listed = git({"ls-remote", default_repository});
        BOOST_TEST(listed.status != 0);
        BOOST_TEST(foreign().request_count() > before);
    }
    BOOST_TEST(foreign().leaked_authorization() == 0U);
}

// The redirect comes only once Azure has been shown the token, so that git holds it when it is sent away.
AZURE_WI_TEST_WITH_EACH_GIT(a_redirect_of_an_authorised_request_takes_no_token_along) {
    foreign().challenge(true);
    repos().always(reply::from([](const world::recorded_request &request) {
        if (request.header_count("authorization") == 0)
            return reply::normal();
        return reply::redirect(302, "https://git.example.com/team/lib.git/info/refs?service=git-upload-pack");
    }));
    const auto listed = git({"ls-remote", default_repository});
    BOOST_TEST(listed.status != 0);
    BOOST_TEST(!listed.timed_out);
    BOOST_TEST(foreign().request_count() > 0U);
    BOOST_TEST(foreign().leaked_authorization() == 0U);
}

// What a stale token can look like at Azure: a redirect to a sign-in page on another host of Microsoft's.
// Where that page answers 401, newer git takes our second round for Azure's own host, and heals.
AZURE_WI_TEST_WITH_EACH_GIT(a_sign_in_page_gets_no_token) {
    must({"ls-remote", default_repository});
    foreign().challenge(true);
    repos().revoke_all();
    repos().refuse_with(world::refusal::sign_in_redirect);
    const auto listed = git({"ls-remote", default_repository});
    BOOST_TEST((listed.status == 0) == heals());
    BOOST_TEST(!listed.timed_out);
    BOOST_TEST(foreign().leaked_authorization() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
