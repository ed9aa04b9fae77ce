#pragma once

#include <cstdint>

namespace azure_wi {

/// Every way in which getting a token can fail, named by what has to change.
///
/// Each enumerator tells the cause, then "do:" what the user does about it. The sentences that a user
/// sees are made of these by explain(). "git2:" names the libgit2 code that a callback returns for it.
/// The values stand in refusal records on disk: append, never renumber.
enum class errc : std::uint16_t {
    /// A setting's value is malformed. do: correct the option or variable that the message names. git2:
    /// GIT_EAUTH.
    invalid_setting = 1,
    /// A token source is configured, a client id is not. do: set AZURE_CLIENT_ID. git2: GIT_EAUTH.
    client_id_missing = 2,
    /// A token source is configured, a tenant id is not. do: set AZURE_TENANT_ID. git2: GIT_EAUTH.
    tenant_id_missing = 3,
    /// The authority is none that Entra is known to run; an assertion sent there could be replayed by a
    /// stranger.
    /// do: correct AZURE_AUTHORITY_HOST, or list the authority in AZURE_WI_ALLOW_AUTHORITIES. git2:
    /// GIT_EAUTH.
    authority_not_allowed = 4,
    /// An AZURE_KUBERNETES_* variable is set but AZURE_KUBERNETES_TOKEN_PROXY is not.
    /// do: set all of an identity binding's variables or none. git2: GIT_EAUTH.
    binding_without_proxy = 5,
    /// Bearer was asked for and the caller's git cannot take it. do: --auth=auto, or git >= 2.46. git2: none.
    bearer_not_offered = 6,
    /// git-credential-azure-wi--online is missing or cannot be run. do: reinstall. git2: none.
    online_part_missing = 7,

    /// The projected token file does not exist. do: check the pod label and the volume mount. git2:
    /// GIT_EAUTH.
    assertion_missing = 20,
    /// The file may not be read. do: set fsGroup or runAsUser so that this uid can read it. git2: GIT_EAUTH.
    assertion_unreadable = 21,
    /// The path names a directory, a FIFO, a device or a socket. do: correct the path. git2: GIT_EAUTH.
    assertion_not_a_file = 22,
    /// The file is empty, also on a second look. do: check what writes it. git2: GIT_EAUTH.
    assertion_empty = 23,
    /// The file has more than 64 KiB. do: correct the path. git2: GIT_EAUTH.
    assertion_too_large = 24,
    /// The content is not a JSON Web Token, and so never leaves the machine. do: correct the path. git2:
    /// GIT_EAUTH.
    assertion_malformed = 25,
    /// The token's `exp` has passed, also on a second read. do: check the clock and the kubelet. git2:
    /// GIT_EAUTH.
    assertion_expired = 26,
    /// Reading failed half-way. do: check the volume. git2: GIT_EAUTH.
    assertion_read_failed = 27,
    /// The token command could not be started, failed, or took too long. do: run it by hand. git2: GIT_EAUTH.
    assertion_command_failed = 28,

    /// The authority's name has no address. do: check DNS, or the proxy settings. git2: GIT_ERROR.
    name_not_resolved = 40,
    /// No connection. do: check egress rules, firewall, proxy. git2: GIT_ERROR.
    connection_failed = 41,
    /// The connection broke before a whole answer was there. do: try again. git2: GIT_ERROR.
    connection_broken = 42,
    /// The deadline passed. do: check the network, or raise --timeout. git2: GIT_TIMEOUT.
    timed_out = 43,
    /// No trusted root vouches for the server. do: install ca-certificates, or give --ca-file. git2:
    /// GIT_ECERTIFICATE.
    certificate_untrusted = 44,
    /// The certificate is for another name. do: look for an interception proxy. git2: GIT_ECERTIFICATE.
    certificate_name_mismatch = 45,
    /// The certificate is expired or not valid yet. do: check this machine's clock. git2: GIT_ECERTIFICATE.
    certificate_not_in_time = 46,
    /// TLS could not be agreed on. do: look for an interception proxy or an old TLS version. git2: GIT_ERROR.
    tls_failed = 47,
    /// The HTTP proxy refused or wants credentials. do: check HTTPS_PROXY. git2: GIT_ERROR.
    proxy_refused = 48,
    /// A certificate file or directory that the settings name cannot be used. do: correct it. git2:
    /// GIT_ERROR.
    ca_unusable = 49,

    /// The answer is no answer of a token endpoint: wrong type, size, syntax, or contradictory members.
    /// do: look for a captive portal or proxy in between. git2: GIT_ERROR.
    reply_malformed = 60,
    /// The answer is a redirect; none is followed. do: check AZURE_AUTHORITY_HOST. git2: GIT_ERROR.
    reply_redirected = 61,
    /// The answer has another status than a token endpoint gives. do: check AZURE_AUTHORITY_HOST. git2:
    /// GIT_ERROR.
    reply_unexpected_status = 62,
    /// The "access token" is the assertion that we sent. do: check AZURE_AUTHORITY_HOST. git2: GIT_ERROR.
    reply_echoes_assertion = 63,

    /// Entra refused the assertion or the identity; failure::aadsts says why. do: see the hint. git2:
    /// GIT_EAUTH.
    refused = 80,
    /// Entra asks to wait; failure::retry_after says for how long. do: wait. git2: GIT_ERROR.
    throttled = 81,
    /// Entra has a fault of its own. do: try again. git2: GIT_ERROR.
    server_fault = 82,

    /// The caller cancelled. git2: GIT_EUSER.
    cancelled = 100,
};

} // namespace azure_wi
