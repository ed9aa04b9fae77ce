// Tokens that Azure Repos refuses: healed once, inside the command where git can, and never in a loop.

#include "tests/system/each_git.hpp"

#include <algorithm>
#include <future>
#include <utility>

namespace azure_wi::tests {

using world::default_repository;

BOOST_AUTO_TEST_SUITE(git_refusal)

namespace {

constexpr unsigned commands = 12;

// All of them at once; whether each succeeded.
std::vector<int> list_in_parallel(git_fixture &it) {
    std::vector<std::future<world::process_result>> running;
    for (unsigned i = 0; i < commands; ++i)
        running.push_back(std::async(std::launch::async, [&it] {
            return it.git({"ls-remote", default_repository});
        }));
    std::vector<int> statuses;
    for (auto &each : running)
        statuses.push_back(each.get().status);
    return statuses;
}

bool has_token(const world::recorded_request &request) {
    return request.header_count("authorization") > 0;
}

// Requests that carry a token wait here until it is opened; those without pass. A count of requests let
// through would not do: a quick command's second request could take the place of a slow one's first.
class token_gate {
public:
    explicit token_gate(git_fixture &it) : it_(it) {
        it_.repos().forget_requests();
        it_.repos().always(world::reply::from([opened = opened_](const world::recorded_request &request) {
            if (has_token(request))
                opened.wait();
            return world::reply::normal();
        }));
    }
    ~token_gate() { open(); }
    token_gate(const token_gate &) = delete;
    token_gate &operator=(const token_gate &) = delete;

    // Until that many commands stand here, each with its token.
    bool wait_for(unsigned many) const {
        return it_.repos().wait_for_requests((it_.anonymous_requests() + 1) * many, std::chrono::seconds(60));
    }

    void open() {
        if (!std::exchange(open_, true))
            promise_.set_value();
    }

private:
    git_fixture &it_;
    std::promise<void> promise_;
    std::shared_future<void> opened_ = promise_.get_future().share();
    bool open_ = false;
};

} // namespace

AZURE_WI_TEST_WITH_EACH_GIT(a_refused_token_heals_inside_the_command_or_on_the_next) {
    must({"ls-remote", default_repository});
    repos().revoke_all();
    const auto first = git({"ls-remote", default_repository});
    BOOST_TEST((first.status == 0) == heals());
    must({"ls-remote", default_repository});
    BOOST_TEST(entra().exchanges() == 2U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_push_with_a_refused_token_heals_too) {
    must({"clone", "--quiet", default_repository, tree().string()});
    commit(tree(), "large.bin", noise(3'000'000));
    repos().revoke_all();
    const auto first = git({"push", "--quiet"}, {}, tree());
    BOOST_TEST((first.status == 0) == heals());
    must({"push", "--quiet"}, {}, tree());
    BOOST_TEST(must({"ls-remote", "origin", "main"}, {}, tree()).out.substr(0, 40) ==
               must({"rev-parse", "HEAD"}, {}, tree()).out.substr(0, 40));
    BOOST_TEST(entra().exchanges() == 2U);
}

// The gate makes sure that each has sent the refused token before any learns that it is refused.
AZURE_WI_TEST_WITH_EACH_GIT(twelve_commands_on_one_refused_token_make_one_exchange_more) {
    must({"ls-remote", default_repository});
    repos().revoke_all();
    std::future<std::vector<int>> all; // ends after the gate is opened, whatever fails
    token_gate gate(*this);
    all = std::async(std::launch::async, [this] { return list_in_parallel(*this); });
    BOOST_TEST(gate.wait_for(commands));
    const auto sent = repos().requests();
    BOOST_TEST(std::count_if(sent.begin(), sent.end(), has_token) == static_cast<std::ptrdiff_t>(commands));
    gate.open();
    for (const int status : all.get())
        BOOST_TEST((status == 0) == heals());
    for (const int status : list_in_parallel(*this))
        BOOST_TEST(status == 0);
    BOOST_TEST(entra().exchanges() == 2U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_fetch_from_a_server_that_refuses_for_ever_ends) {
    must({"ls-remote", default_repository});
    repos().always(world::reply::error(400813));
    repos().forget_requests();
    const auto listed = git({"ls-remote", default_repository});
    BOOST_TEST(listed.status != 0);
    BOOST_TEST(!listed.timed_out);
    // Without a token, with the cached one, and where git asks again, the same for Basic with a new one.
    BOOST_TEST(repos().request_count() <= (heals() ? 4U : 3U));
    BOOST_TEST(entra().exchanges() <= 2U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_push_to_a_server_that_refuses_for_ever_ends) {
    must({"clone", "--quiet", default_repository, tree().string()});
    commit(tree(), "news.txt", "news\n");
    repos().always(world::reply::error(400813));
    repos().forget_requests();
    const auto pushed = git({"push"}, {}, tree());
    BOOST_TEST(pushed.status != 0);
    BOOST_TEST(!pushed.timed_out);
    BOOST_TEST(repos().request_count() <= (heals() ? 4U : 3U));
    BOOST_TEST(entra().exchanges() <= 2U);
}

// git loops for ever where a second round on a POST is answered with `continue` again.
AZURE_WI_TEST_WITH_EACH_GIT(a_push_whose_posts_alone_are_refused_for_ever_ends) {
    for (const std::size_t size : {std::size_t{100}, std::size_t{3'000'000}}) {
        std::filesystem::remove_all(tree());
        repos().clear_faults();
        must({"clone", "--quiet", default_repository, tree().string()});
        commit(tree(), "news.txt", noise(size));
        repos().always(world::reply::from([](const world::recorded_request &request) {
            return request.method == "POST" ? world::reply::error(400813) : world::reply::normal();
        }));
        repos().forget_requests();
        const auto before = entra().exchanges();
        const auto pushed = git({"push"}, {}, tree());
        BOOST_TEST(pushed.status != 0);
        BOOST_TEST(!pushed.timed_out);
        BOOST_TEST(repos().request_count() <= 8U, size << " bytes: " << repos().request_count());
        BOOST_TEST(entra().exchanges() - before <= 2U);
    }
}

// Where the identity is not a member, a new token does not help; the next command says so again, and no more.
AZURE_WI_TEST_WITH_EACH_GIT(an_identity_that_is_not_a_member_is_told_so_and_asked_no_further) {
    const auto listed = git({"ls-remote", "https://dev.azure.com/fabrikam/project/_git/repo"});
    BOOST_TEST(listed.status != 0);
    BOOST_TEST(!listed.timed_out);
    BOOST_TEST(repos().request_count() <= (heals() ? 4U : 3U));
    BOOST_TEST(entra().exchanges() <= 2U);
}

AZURE_WI_TEST_WITH_EACH_GIT(a_late_refusal_of_an_old_token_does_not_evict_the_new_one) {
    must({"ls-remote", default_repository});
    repos().revoke_all();
    std::future<world::process_result> late; // ends after the gate is opened, whatever fails
    token_gate gate(*this);
    // It stands at the gate with the old token …
    late = std::async(std::launch::async, [this] { return git({"ls-remote", default_repository}); });
    BOOST_TEST(gate.wait_for(1));
    BOOST_TEST(has_token(repos().last_request()));
    const std::string old = repos().last_request().presented_token();
    // … while the helper is told by another that it is refused, and brings a new one.
    helper({"erase"}, plain_request() + "username=azure-wi\npassword=" + old + "\n");
    const std::string token = read_credential(get().out).token();
    BOOST_TEST(!token.empty());
    BOOST_TEST((token != old));
    gate.open();
    BOOST_TEST((late.get().status == 0) == heals());
    BOOST_TEST((read_credential(get().out).token() == token));
    BOOST_TEST(entra().exchanges() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace azure_wi::tests
