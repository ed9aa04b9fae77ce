#include "token-cache/federated_credential.hpp"

#include "token-cache/ascii.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace azure_wi {
namespace {

std::string shell_word(std::string_view value) {
    constexpr std::string_view harmless = "-_./:@%+,";
    const bool plain = !value.empty() && std::ranges::all_of(value, [&](char c) {
        return is_alnum(c) || harmless.find(c) != harmless.npos;
    });
    if (plain)
        return std::string(value);
    std::string word = "'";
    for (const char c : value) {
        if (c == '\'')
            word += "'\\''";
        else
            word += c;
    }
    return word + "'";
}

std::string word_or(const std::string &value, const char *unknown) {
    return value.empty() ? std::string(unknown) : shell_word(value);
}

/// "flux-system-source-controller" for "system:serviceaccount:flux-system:source-controller": a name says
/// best whose token it lets in. Azure: [a-zA-Z0-9][a-zA-Z0-9-_]{2,119}.
std::string credential_name(std::string_view subject) {
    constexpr std::string_view service_account = "system:serviceaccount:";
    constexpr std::size_t longest = 120;
    if (!subject.starts_with(service_account))
        return "git-credential-azure-wi";
    subject.remove_prefix(service_account.size());
    std::string name(subject.substr(0, longest));
    std::ranges::replace_if(
        name, [](char c) { return !is_alnum(c) && c != '_'; }, '-');
    return name.size() < 3 || !is_alnum(name.front()) ? "git-credential-azure-wi" : name;
}

} // namespace

std::string federated_credential_command(const assertion_claims &claims) {
    return "az identity federated-credential create --name " + credential_name(claims.subject) +
           " --identity-name IDENTITY --resource-group GROUP --issuer " + word_or(claims.issuer, "ISSUER") +
           " --subject " + word_or(claims.subject, "SUBJECT") + " --audiences " +
           word_or(claims.audience, "AUDIENCE");
}

} // namespace azure_wi
