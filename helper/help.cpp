#include "helper/exit_status.hpp"
#include "helper/output.hpp"
#include "helper/verbs.hpp"

#include <string_view>

namespace azure_wi::helper {

namespace {

constexpr std::string_view help_text =
    R"(git-credential-azure-wi - git fetches from Azure Repos as your pod: no PAT, no secret, no sidecar

In a pod with Microsoft Entra workload identity:
  git config --global credential.https://dev.azure.com.helper azure-wi
  git clone https://dev.azure.com/ORGANISATION/PROJECT/_git/REPOSITORY

What has to be there for it:
  1. on the pod, the label azure.workload.identity/use: "true"; on its service account, the
     annotation azure.workload.identity/client-id: CLIENT-ID
  2. on that identity, a federated credential with the cluster's issuer and the subject
     system:serviceaccount:NAMESPACE:NAME (a refusal prints the command that creates it)
  3. in Azure DevOps, the identity as a user of the organisation with access level Basic,
     and read on the repository

Anywhere else, give the identity by AZURE_CLIENT_ID, AZURE_TENANT_ID and
AZURE_FEDERATED_TOKEN_FILE or --token-command.

See what it does:
  AZURE_WI_TRACE=1 git ls-remote https://dev.azure.com/ORGANISATION/PROJECT/_git/REPOSITORY

usage: git credential-azure-wi [OPTION]... VERB

Verbs, as git calls them (it appends the verb itself):
  get                  answer a credential request on stdin
  store                does nothing: there is no secret to keep
  erase                forget the cached token if it is the one that was refused
  capability           say which of git's protocol extensions are spoken
  help (-h), version

An option beats its environment variable. In credential.helper, options follow the name.

Who asks (default: the environment, as the workload-identity webhook sets it):
  --client-id ID         AZURE_CLIENT_ID             the managed identity or application
  --tenant-id ID         AZURE_TENANT_ID             its tenant: a GUID or a domain
  --token-file PATH      AZURE_FEDERATED_TOKEN_FILE  the projected service-account token
  --token-command CMD    AZURE_WI_TOKEN_COMMAND      a command that prints one; no shell
  --authority-host URL   AZURE_AUTHORITY_HOST        default https://login.microsoftonline.com/
  --allow-authority URL  AZURE_WI_ALLOW_AUTHORITIES  an authority besides those of Microsoft
                         AZURE_KUBERNETES_TOKEN_PROXY and its siblings: AKS identity bindings

Who is answered (default: dev.azure.com and ORGANISATION.visualstudio.com over https):
  --allow-host URL       AZURE_WI_ALLOW_HOSTS        one host more: https://HOST[:PORT]
  --org NAME                                         these organisations alone; needs useHttpPath
  --auth MODE            AZURE_WI_AUTH               auto (default), bearer or basic
  --on-failure WHAT                                  quit (default), or next: git goes on to the
                                                     next helper and to a prompt

How:
  --cache-dir DIR        AZURE_WI_CACHE_DIR          where tokens are kept; none: nowhere
  --min-validity TIME    AZURE_WI_MIN_VALIDITY       least life left of a token, default 5m
  --timeout TIME         AZURE_WI_TIMEOUT            deadline of an exchange, default 30s
  --ca-file PATH         AZURE_WI_CA_FILE            root certificates besides the system's
                         SSL_CERT_FILE, SSL_CERT_DIR in place of the system's
  --proxy URL            HTTPS_PROXY, NO_PROXY       an HTTP proxy on the way to the authority
  -v, -vv                AZURE_WI_TRACE=1|2|/FILE    say what is done; never a secret

Several identities side by side, by git's own matching (useHttpPath lets LFS match too):
  git config --global credential.https://dev.azure.com.useHttpPath true
  git config --global credential.https://dev.azure.com/ORG-A.helper 'azure-wi --client-id ID-A'
  git config --global credential.https://dev.azure.com/ORG-B.helper 'azure-wi --client-id ID-B'

The manual is git-credential-azure-wi(1).
)";

constexpr std::string_view version_text = "git-credential-azure-wi " AZURE_WI_VERSION "\n";

constexpr std::string_view capability_text = "version 0\ncapability authtype\ncapability state\n";

[[nodiscard]] int print(std::string_view text) {
    return write_answer(text) ? exit_ok : exit_failure;
}

} // namespace

int capability() {
    return print(capability_text);
}

int help() {
    return print(help_text);
}

int version() {
    return print(version_text);
}

} // namespace azure_wi::helper
