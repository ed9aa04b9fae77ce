#include "token-cache/exchange/binding_roots.hpp"

#include "token-cache/printable.hpp"
#include "token-cache/regular_file.hpp"
#include "token-cache/settings/setting_names.hpp"

#include <cstddef>

namespace azure_wi {
namespace {

constexpr std::size_t max_pem_bytes = 1024 * 1024;
constexpr std::size_t max_shown_path = 512;

} // namespace

result<std::string> binding_roots::read() {
    if (!binding_.active() || (binding_.ca_data.empty() && binding_.ca_file.empty()))
        return std::string();
    if (!binding_.ca_data.empty())
        return binding_.ca_data;

    const auto content = read_regular_file(binding_.ca_file, max_pem_bytes);
    if (content.how == file_content::ending::whole && !content.bytes.empty())
        last_ = content.bytes.reveal();
    if (last_.empty())
        return failure{.code = errc::ca_unusable,
                       .about = printable(binding_.ca_file, max_shown_path) + ", set by " +
                                display_name(setting::binding_ca_file)};
    return last_;
}

} // namespace azure_wi
