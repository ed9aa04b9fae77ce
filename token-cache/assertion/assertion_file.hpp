#pragma once

#include "token-cache/assertion/assertion_source.hpp"
#include "token-cache/clock.hpp"
#include "token-cache/trace.hpp"

#include <string>

namespace azure_wi {

/// The projected service-account token that kubelet writes and rotates (Kubernetes docs, "ServiceAccount
/// token volume projection"): `token` -> `..data/token`, where `..data` is a link that is swapped.
///
/// What a rotation can look like from here is looked at again before it is a failure: a missing file three
/// times 10 ms apart, an empty or an expired one once after 50 ms; never beyond the deadline.
///
/// Fails with assertion_missing, _unreadable, _not_a_file, _empty, _too_large, _malformed, _expired or
/// _read_failed; failure::about is the path and the setting that names it, never content.
/// `clock` and `trace` are referred to, and must outlive this object.
class assertion_file final : public assertion_source {
public:
    assertion_file(std::string path, clock &clock, trace &trace);

    result<assertion> read(instant deadline) override;

private:
    [[nodiscard]] result<assertion> read_once() const;
    [[nodiscard]] failure about_this_file(errc code) const;

    std::string path_;
    clock &clock_;
    trace &trace_;
};

} // namespace azure_wi
