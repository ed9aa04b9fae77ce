#include "token-cache/store/work_tree.hpp"

#include <cstdlib>
#include <memory>

#include <unistd.h>

namespace azure_wi {

namespace {

struct free_delete {
    void operator()(char *memory) const {
        std::free(memory); // NOLINT(cppcoreguidelines-no-malloc): realpath's
    }
};

/// The real path of the nearest directory above `path` that exists.
[[nodiscard]] std::string nearest_existing(std::string path) {
    for (;;) {
        const std::size_t slash = path.rfind('/');
        path.resize(slash == std::string::npos ? 0 : slash);
        if (path.empty())
            return "/";
        const std::unique_ptr<char, free_delete> real(::realpath(path.c_str(), nullptr));
        if (real)
            return real.get();
    }
}

} // namespace

bool in_work_tree(const std::string &path) {
    // ".git" is a directory in a clone and a file in a linked work tree or a submodule.
    for (std::string above = nearest_existing(path); !above.empty(); above.resize(above.rfind('/'))) {
        if (::access((above + "/.git").c_str(), F_OK) == 0)
            return true;
        if (above == "/")
            return false;
    }
    return false;
}

} // namespace azure_wi
