#include "token-cache/aadsts.hpp"

#include <algorithm>
#include <array>

namespace azure_wi {
namespace {

using enum aadsts_entry::remedy;

constexpr std::array table{
    aadsts_entry{
        50027, "Entra ID could not read the service-account token",
        "check what issues the token: it must be a JSON web token signed by the cluster's OIDC issuer"},
    aadsts_entry{
        53003, "a Conditional Access policy blocks the identity {client}",
        "ask the tenant's administrator which Conditional Access policy for workload identities applies, "
        "and to exempt the identity or this cluster's egress addresses"},
    aadsts_entry{
        70011, "Entra ID does not know the scope that was asked for",
        "the scope is that of Azure DevOps; check that AZURE_AUTHORITY_HOST is the cloud in which the "
        "Azure DevOps organisation lives"},
    aadsts_entry{70021, "no federated credential of {client} matches the service-account token",
                 "issuer, subject and audience must match to the last character", federated_credential},
    aadsts_entry{70025, "the identity {client} has no federated credential at all", "create one",
                 federated_credential},
    aadsts_entry{90002, "Entra ID has no tenant {tenant}",
                 "check AZURE_TENANT_ID, and that AZURE_AUTHORITY_HOST ({authority}) is the tenant's cloud"},
    aadsts_entry{90006, "Entra ID has a fault of its own", "try again in a minute", another_look},
    aadsts_entry{90012, "Entra ID took too long", "try again in a minute", another_look},
    aadsts_entry{90024, "Entra ID is over its limits for a moment", "try again in a minute", another_look},
    aadsts_entry{90033, "Entra ID is unavailable for a moment", "try again in a minute", another_look},
    aadsts_entry{90038, "the tenant {tenant} lives in another cloud than {authority}",
                 "set AZURE_AUTHORITY_HOST to the authority of the tenant's own cloud"},
    aadsts_entry{
        90061, "Entra ID cannot reach the issuer of the service-account token",
        "the issuer's /.well-known/openid-configuration and its keys must be readable from the internet; "
        "check that the cluster's OIDC issuer is enabled and not private"},
    aadsts_entry{90090, "Entra ID has a fault of its own", "try again in a minute", another_look},
    aadsts_entry{
        500011, "the tenant {tenant} does not know Azure DevOps",
        "the identity must be in the tenant that the Azure DevOps organisation is connected to: check "
        "AZURE_TENANT_ID, or connect the organisation in its settings under Microsoft Entra"},
    aadsts_entry{
        700016, "the tenant {tenant} has no application {client}",
        "check that AZURE_CLIENT_ID is a client id and no object id, and that AZURE_TENANT_ID is the "
        "tenant of that identity"},
    aadsts_entry{
        700024, "Entra ID says that the service-account token is not within its time range",
        "check this node's clock, and that the kubelet renews the token file; a token that a tool copied "
        "elsewhere goes stale"},
    aadsts_entry{
        700027, "Entra ID could not verify the signature of the service-account token",
        "check that the issuer publishes the key that signs now: keys that were just rotated take some "
        "minutes to be seen, and two clusters must not share an issuer"},
    aadsts_entry{
        700211, "no federated credential of {client} has the token's issuer",
        "the issuer must match to the last character, its trailing slash included: AKS issuers end with "
        "one",
        federated_credential},
    aadsts_entry{700212, "no federated credential of {client} has the token's audience",
                 "either the credential or the audience of the projected token has to change",
                 federated_credential},
    aadsts_entry{
        700213, "no federated credential of {client} has the token's subject",
        "the subject is the namespace and name of the pod's service account: check that the pod runs as "
        "the one that is meant",
        federated_credential},
    aadsts_entry{900023, "the tenant {tenant} is malformed",
                 "AZURE_TENANT_ID is a GUID or a domain of the tenant"},
    aadsts_entry{900382, "the identity {client} lives in another cloud than {authority}",
                 "set AZURE_AUTHORITY_HOST to the authority of the identity's own cloud"},
    aadsts_entry{
        1002012, "Entra ID did not take the scope that was asked for",
        "the scope is that of Azure DevOps; check that AZURE_AUTHORITY_HOST is the cloud in which the "
        "Azure DevOps organisation lives"},
    aadsts_entry{7000215, "Entra ID took the request for one with a client secret",
                 "no secret was sent: look for a proxy that rewrites requests, and check AZURE_CLIENT_ID"},
    aadsts_entry{7000222, "Entra ID took the request for one with a client secret that has expired",
                 "no secret was sent: look for a proxy that rewrites requests, and check AZURE_CLIENT_ID"},
    aadsts_entry{
        7002138, "no federated credential of {client} has the token's subject in the same capitals",
        "the subject must match to the last character, capitals included; what was changed in place can "
        "stay stale, so delete the credential and create it anew",
        federated_credential},
};

static_assert(std::ranges::is_sorted(table, {}, &aadsts_entry::number));

} // namespace

const aadsts_entry *find_aadsts(int number) {
    const auto found = std::ranges::lower_bound(table, number, {}, &aadsts_entry::number);
    return found != table.end() && found->number == number ? &*found : nullptr;
}

bool is_transient_aadsts(int number) {
    const auto *entry = find_aadsts(number);
    return entry != nullptr && entry->what == aadsts_entry::remedy::another_look;
}

} // namespace azure_wi
