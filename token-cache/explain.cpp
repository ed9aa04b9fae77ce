#include "token-cache/explain.hpp"

#include "token-cache/aadsts.hpp"
#include "token-cache/federated_credential.hpp"
#include "token-cache/printable.hpp"
#include "token-cache/utc_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace azure_wi {
namespace {

constexpr std::size_t max_line = 2048;

/// What is said for an errc where no AADSTS number tells more. failure::about goes behind the cause.
struct errc_entry {
    errc code;
    std::string_view cause;
    std::string_view hint;
};

constexpr std::string_view workload_identity_label =
    "check that the pod has the label azure.workload.identity/use: \"true\", that its service account is the "
    "one "
    "that is meant, and that the token is mounted into this container";
constexpr std::string_view captive_portal = "something between this machine and Entra ID answers in its "
                                            "place: look for a captive portal or a proxy, and "
                                            "check --authority-host (AZURE_AUTHORITY_HOST)";
constexpr std::string_view wrong_content = "the path or command must give the projected service-account "
                                           "token and nothing else; no part of it was sent";

constexpr std::array table{
    errc_entry{errc::invalid_setting, "a setting is malformed",
               "git credential-azure-wi help shows the form of each; an empty value counts as not set"},
    errc_entry{errc::client_id_missing, "there is a token source but no client id",
               "set --client-id (AZURE_CLIENT_ID); in a pod, the service account's annotation "
               "azure.workload.identity/client-id does"},
    errc_entry{errc::tenant_id_missing, "there is a token source but no tenant id",
               "set --tenant-id (AZURE_TENANT_ID)"},
    errc_entry{
        errc::authority_not_allowed, "the authority is not one of Entra ID's",
        "correct it, or list it in --allow-authority (AZURE_WI_ALLOW_AUTHORITIES) if it is yours: whoever "
        "gets the service-account token can use it"},
    errc_entry{errc::binding_without_proxy, "a setting of an identity binding stands without its proxy",
               "set AZURE_KUBERNETES_TOKEN_PROXY too, or none of the AZURE_KUBERNETES_* variables"},
    errc_entry{errc::bearer_not_offered, "a bearer token was asked for, and this git cannot take one",
               "use git 2.46 or later, or --auth=auto (AZURE_WI_AUTH)"},
    errc_entry{errc::online_part_missing, "git-credential-azure-wi--online cannot be run",
               "install it beside git-credential-azure-wi or in its libexec directory"},

    errc_entry{errc::assertion_missing, "the service-account token does not exist", workload_identity_label},
    errc_entry{
        errc::assertion_unreadable, "the service-account token may not be read by this user",
        "set securityContext.fsGroup to a group of this user, or runAsUser to this user for the whole pod: "
        "with either, the kubelet gives the file mode 0600 or 0640, else 0644"},
    errc_entry{errc::assertion_not_a_file, "the path of the service-account token is not a file",
               "it must be an absolute path to a regular file, such as the webhook sets"},
    errc_entry{errc::assertion_empty, "the service-account token is empty",
               "check what writes it; the kubelet never leaves it empty"},
    errc_entry{errc::assertion_too_large, "the service-account token is larger than 64 KiB", wrong_content},
    errc_entry{errc::assertion_malformed, "the service-account token is not a JSON web token", wrong_content},
    errc_entry{
        errc::assertion_expired, "the service-account token has expired",
        "check this node's clock, and that the kubelet renews the token; a copy of the file goes stale, a "
        "subPath mount too"},
    errc_entry{errc::assertion_read_failed, "the service-account token could not be read",
               "check the volume that it is on"},
    errc_entry{
        errc::assertion_command_failed, "the token command failed",
        "run it by hand as this user; it is started without a shell, and must print the token within 10 s"},

    errc_entry{errc::name_not_resolved, "the name cannot be resolved",
               "check the cluster's DNS, the network policies for it, and the proxy (--proxy, HTTPS_PROXY)"},
    errc_entry{errc::connection_failed, "no connection could be made",
               "check egress rules, firewalls and the proxy (--proxy, HTTPS_PROXY, NO_PROXY)"},
    errc_entry{errc::connection_broken, "the connection broke before the answer was complete",
               "try again; if it stays, look for a proxy or firewall that cuts connections"},
    errc_entry{errc::timed_out, "the time ran out before an answer came",
               "check the network, or give more time with --timeout (AZURE_WI_TIMEOUT)"},
    errc_entry{errc::certificate_untrusted, "no trusted root vouches for the server's certificate",
               "install ca-certificates, or name the root of your company's proxy with --ca-file "
               "(AZURE_WI_CA_FILE)"},
    errc_entry{errc::certificate_name_mismatch, "the server's certificate is for another name",
               "look for an interception proxy or a wrong DNS entry"},
    errc_entry{errc::certificate_not_in_time, "the server's certificate has expired or is not valid yet",
               "check this machine's clock; if it is right, the server or a proxy needs a new certificate"},
    errc_entry{errc::tls_failed, "TLS could not be agreed on",
               "look for an interception proxy, or a server without TLS 1.2"},
    errc_entry{errc::proxy_refused, "the HTTP proxy refused the request or wants credentials",
               "check --proxy (HTTPS_PROXY) and NO_PROXY"},
    errc_entry{
        errc::ca_unusable, "the root certificates cannot be used",
        "install ca-certificates, or check that the file or directory that is named exists, can be read "
        "and holds PEM certificates"},

    errc_entry{errc::reply_malformed, "the answer is not one that Entra ID gives", captive_portal},
    errc_entry{errc::reply_redirected, "the answer is a redirect, which is never followed", captive_portal},
    errc_entry{errc::reply_unexpected_status, "the answer is not one that Entra ID gives", captive_portal},
    errc_entry{errc::reply_echoes_assertion,
               "the answer holds the token that was sent as if it were the new one", captive_portal},

    errc_entry{errc::refused, "Entra ID refused the request", "check AZURE_CLIENT_ID and AZURE_TENANT_ID"},
    errc_entry{errc::throttled, "Entra ID asks for fewer requests", "wait a minute, then try again"},
    errc_entry{errc::server_fault, "Entra ID has a fault of its own", "try again in a minute"},

    errc_entry{errc::cancelled, "the request was cancelled", ""},
};

void replace(std::string &text, std::string_view place, std::string_view value) {
    for (auto at = text.find(place); at != text.npos; at = text.find(place, at + value.size()))
        text.replace(at, place.size(), value);
}

std::string filled_in(std::string_view text, const identity *who) {
    std::string filled(text);
    replace(filled, "{client}", who != nullptr ? std::string_view(who->client_id) : "in AZURE_CLIENT_ID");
    replace(filled, "{tenant}", who != nullptr ? std::string_view(who->tenant_id) : "in AZURE_TENANT_ID");
    replace(filled, "{authority}",
            who != nullptr ? std::string_view(who->authority) : "AZURE_AUTHORITY_HOST");
    return filled;
}

/// The ids that Microsoft's support asks for, or nothing.
std::string in_words(const support_ids &ids) {
    std::string text;
    const auto add = [&](std::string_view name, const std::string &id) {
        if (!id.empty())
            text.append(text.empty() ? "" : ", ").append(name).append(" ").append(id);
    };
    add("trace", ids.trace);
    add("correlation", ids.correlation);
    add("timestamp", ids.timestamp);
    add("request", ids.request);
    return text;
}

/// Claims and the command that matches them. A command that is cut would do harm, so what does not fit is
/// left out as a whole: first the claims, which the command repeats, then the command.
std::string credential_hint(std::string_view hint, const assertion_claims &claims) {
    constexpr std::size_t room = max_line - 512; // leaves place for the ids
    const std::string shown = "; the token has issuer " + claims.issuer + ", subject " + claims.subject +
                              ", audience " + claims.audience;
    const std::string command = "; a new credential takes Entra ID some minutes to see; to create it: " +
                                federated_credential_command(claims);
    std::string text(hint);
    if (text.size() + shown.size() + command.size() <= room)
        return text + shown + command;
    return text + (text.size() + command.size() <= room ? command : shown);
}

void explain_aadsts(const failure &what, const identity *who, explanation &text) {
    const std::string number = std::to_string(what.aadsts);
    const aadsts_entry *known = find_aadsts(what.aadsts);
    if (known != nullptr) {
        text.error = filled_in(known->cause, who);
        text.hint = known->what == aadsts_entry::remedy::federated_credential
                        ? credential_hint(known->hint, what.claims)
                        : filled_in(known->hint, who);
    } else if (what.code == errc::refused) {
        text.hint = "look the number up at https://login.microsoftonline.com/error?code=" + number;
    }
    text.error += " (AADSTS" + number + ")";
}

} // namespace

explanation explain(const failure &what, const identity *who) {
    const auto entry = std::ranges::find(table, what.code, &errc_entry::code);
    explanation text{"the token could not be had", ""};
    if (entry != table.end())
        text = {std::string(entry->cause), std::string(entry->hint)};
    // No HTTP proxy is asked on the way to a binding's own.
    if (who != nullptr && who->binding.active() &&
        (what.code == errc::name_not_resolved || what.code == errc::connection_failed))
        text.hint = "check AZURE_KUBERNETES_TOKEN_PROXY, the cluster's DNS and the pod's network policies";
    if (what.code == errc::assertion_expired && what.claims.expiry)
        text.error += " at " + utc_text(*what.claims.expiry);
    if (what.aadsts != 0)
        explain_aadsts(what, who, text);
    else if (!what.about.empty())
        text.error += ": " + what.about;
    if (what.retry_after && what.retry_after->count() > 0)
        text.hint = "wait " + std::to_string(what.retry_after->count()) + " s, then try again";

    // The ids stand last and whole, however long the rest is.
    std::string ids = in_words(what.ids);
    if (!ids.empty() && !text.hint.empty())
        ids.insert(0, "; ");
    ids = printable(ids, max_line / 2);
    return {printable(text.error, max_line), printable(text.hint, max_line - ids.size()) + ids};
}

} // namespace azure_wi
