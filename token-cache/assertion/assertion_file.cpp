#include "token-cache/assertion/assertion_file.hpp"

#include "token-cache/assertion/assertion.hpp"
#include "token-cache/printable.hpp"
#include "token-cache/regular_file.hpp"
#include "token-cache/settings/setting_names.hpp"

#include <cerrno>
#include <chrono>
#include <utility>

#include <string.h>

namespace azure_wi {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t max_shown_path = 512;

errc errc_of(int error) {
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ESTALE:
        return errc::assertion_missing;
    case EACCES:
    case EPERM:
        return errc::assertion_unreadable;
    default:
        return errc::assertion_read_failed;
    }
}

/// How long to wait before another look number `look` (from 1), and how many looks there are.
struct second_look {
    int most = 0;
    milliseconds apart{};
};

second_look second_look_after(errc code) {
    switch (code) {
    case errc::assertion_missing: // between the steps of the path walk, kubelet swapped `..data`
        return {3, milliseconds{10}};
    case errc::assertion_empty: // a writer that truncates and then writes
    case errc::assertion_expired:
        return {1, milliseconds{50}};
    default:
        return {};
    }
}

} // namespace

assertion_file::assertion_file(std::string path, clock &clock, trace &trace)
    : path_(std::move(path)), clock_(clock), trace_(trace) {}

result<assertion> assertion_file::read(instant deadline) {
    for (int look = 1;; ++look) {
        auto read = read_once();
        if (read) {
            if (trace_.wants(2))
                trace_.note(2, "read the service-account token at " + about_this_file({}).about);
            return read;
        }
        const auto again = second_look_after(read.error().code);
        if (look > again.most || clock_.now() + again.apart >= deadline)
            return read;
        if (trace_.wants(2))
            trace_.note(2, "looking again for the service-account token at " + about_this_file({}).about);
        clock_.sleep_for(again.apart);
    }
}

result<assertion> assertion_file::read_once() const {
    auto content = read_regular_file(path_, max_assertion_bytes);
    switch (content.how) {
    case file_content::ending::whole:
        break;
    case file_content::ending::not_a_file:
        return about_this_file(errc::assertion_not_a_file);
    case file_content::ending::too_large:
        return about_this_file(errc::assertion_too_large);
    case file_content::ending::failed: {
        auto why = about_this_file(errc_of(content.error));
        if (why.code == errc::assertion_read_failed)
            if (const char *text = ::strerrordesc_np(content.error))
                why.about += std::string(": ") + text;
        return why;
    }
    }
    auto read = read_assertion(std::move(content.bytes), clock_.wall_seconds());
    if (read)
        return read;
    auto why = about_this_file(read.error().code);
    why.claims = read.error().claims;
    return why;
}

failure assertion_file::about_this_file(errc code) const {
    return {.code = code,
            .about = printable(path_, max_shown_path) + ", set by " + display_name(setting::token_file)};
}

} // namespace azure_wi
