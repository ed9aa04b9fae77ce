// What the helper costs, as ratios from one run: see tests/bench/run.

#include "tests/world/temporary_directory.hpp"
#include "tests/world/world.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace {

namespace world = azure_wi::world;
using command = std::vector<std::string>;

double median(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void write_file(const std::filesystem::path &file, const std::string &content) {
    std::ofstream{file, std::ios::binary} << content;
}

std::string read_file(const std::filesystem::path &file) {
    std::ostringstream content;
    content << std::ifstream{file, std::ios::binary}.rdbuf();
    return content.str();
}

class bench {
public:
    bench() : cache_(world_.directory() / "cache"), cold_(world_.directory() / "cold") {
        for (const auto &directory : {cache_, cold_}) {
            std::filesystem::create_directory(directory);
            std::filesystem::permissions(directory, std::filesystem::perms::owner_all);
        }
        write_file(request_,
                   "capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=dev.azure.com\n");
        write_file(
            body_,
            "grant_type=client_credentials&client_id=" + std::string(world::build_client_id) +
                "&scope=499b84ac-1321-427f-aa17-267ca6975798%2F.default"
                "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                "&client_assertion=" +
                read_file(world_.build_token().file()));
    }

    void run() {
        const std::string ca = world_.ca_file();
        const command noop{AZURE_WI_NOOP};
        const command warm{AZURE_WI_FACE, "--cache-dir", cache_, "get"};
        const command cold{AZURE_WI_FACE, "--cache-dir", cold_, "get"};
        must(warm, {});
        std::printf("%-44s %9s %9s %7s %7s\n", "A against B, medians in ms", "A", "B", "A/B", "wanted");
        compare("warm get : static no-op", 400, warm, noop, "1.25");
        compare("store : static no-op", 400, {AZURE_WI_FACE, "store"}, noop, "1.10");
        command curl{"/usr/bin/curl",
                     "--silent",
                     "--show-error",
                     "--fail",
                     "--data",
                     "@" + body_.string(),
                     "https://login.microsoftonline.com/" + std::string(world::tenant_id) +
                         "/oauth2/v2.0/token"};
        compare("cold get : curl, the system's trust store", 60, cold, curl, "0.60");
        curl.insert(curl.end(), {"--cacert", ca});
        compare("cold get : curl, one CA file", 60, cold, curl, "1.15", {{"SSL_CERT_FILE", ca}});
        compare("cold get : curl, --ca-file and the directory", 60,
                {AZURE_WI_FACE, "--ca-file", ca, "--cache-dir", cold_, "get"}, curl, "");
        compare("curl : curl, for the noise", 60, curl, curl, "");
    }

private:
    void must(const command &what, const world::world::variables &extra) {
        const auto result = world_.run(what, extra, read_file(request_));
        if (result.status != 0 || result.out.find("credential=") == std::string::npos)
            throw std::runtime_error(what.front() + ": " + result.err);
    }

    void compare(const char *name, int pairs, const command &a, const command &b, const char *wanted,
                 const world::world::variables &extra = {}) {
        const bool is_cold = std::ranges::find(a, cold_.string()) != a.end();
        command timed{AZURE_WI_TIME_PAIRS, std::to_string(pairs), is_cold ? cold_.string() : "-", request_};
        timed.insert(timed.end(), a.begin(), a.end());
        timed.emplace_back("--");
        timed.insert(timed.end(), b.begin(), b.end());
        const auto result = world_.run(timed, extra);
        if (result.status != 0)
            throw std::runtime_error(std::string(name) + ": " + result.err);
        std::istringstream lines(result.out);
        std::vector<double> taken_a;
        std::vector<double> taken_b;
        std::vector<double> ratios;
        for (double first = 0, second = 0; lines >> first >> second;) {
            taken_a.push_back(first / 1e6);
            taken_b.push_back(second / 1e6);
            ratios.push_back(first / second);
        }
        std::printf("%-44s %9.3f %9.3f %7.3f %7s\n", name, median(taken_a), median(taken_b), median(ratios),
                    wanted);
        std::fflush(stdout);
    }

    world::world world_;
    std::filesystem::path cache_;
    std::filesystem::path cold_;
    std::filesystem::path request_ = world_.directory() / "request";
    std::filesystem::path body_ = world_.directory() / "body";
};

} // namespace

int main() {
    try {
        const world::temporary_directory scratch{"azure-wi-bench"};
        // The machine's own roots stay: what a bundle costs depends on how many there are.
        const auto hosts = world::default_hosts();
        world::enter_private_network(scratch.path(), hosts, {.keep_system_roots = true});
        bench().run();
    } catch (const std::exception &fault) {
        std::fprintf(stderr, "bench: %s\n", fault.what());
        return 1;
    }
}
