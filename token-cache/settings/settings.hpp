#pragma once

#include "token-cache/result.hpp"
#include "token-cache/settings/identity.hpp"
#include "token-cache/settings/setting_names.hpp"

#include <chrono>
#include <string>

namespace azure_wi {

/// Which form of credential git is given.
enum class auth_mode {
    automatic, ///< Bearer where git offers it, else Basic
    bearer,    ///< Bearer or a failure
    basic,     ///< always Basic
};

/// Which roots vouch for the authority. Empty: the system's.
struct trust_settings {
    std::string ca_file;   ///< added to the others
    std::string cert_file; ///< SSL_CERT_FILE: with cert_dir, in place of the system's
    std::string cert_dir;  ///< SSL_CERT_DIR
};

/// The settings of design section 4 after reading: valid, with defaults filled in.
struct settings {
    identity who;
    trust_settings trust;
    std::string proxy;     ///< HTTP proxy URL; empty: HTTPS_PROXY and NO_PROXY as curl reads them
    std::string cache_dir; ///< as given; empty: the default candidates; "none": no cache
    auth_mode auth = auth_mode::automatic;
    std::chrono::seconds min_validity{300};
    std::chrono::milliseconds timeout{30000};
};

/// True where a token source stands in `raw`. Where none does there is nothing for us to do, and no
/// failure either: the helper can sit in a base image beside others.
[[nodiscard]] bool has_token_source(const raw_settings &raw);

/// Reads and checks every setting but the lists of hosts (see remote.hpp). Precondition: has_token_source.
/// Pure: looks at no file and no environment. Fails with errc 1-5; failure::about names the setting and
/// never repeats its value.
[[nodiscard]] result<settings> read_settings(const raw_settings &raw);

} // namespace azure_wi
