#include "token-cache/network/two_step_trust.hpp"

namespace azure_wi {

result<http_reply> two_step_trust::post(const http_request &request, bool encrypted, trace &notes,
                                        const attempt &run) {
    if (!encrypted)
        return run({});
    if (!request.only_ca_pem.empty())
        return run({.pem = request.only_ca_pem});
    if (needs_all_)
        if (auto all = store_.complete())
            return run(*std::move(all));

    auto quick = store_.quick();
    if (!quick)
        return quick.error();
    auto reply = run(*std::move(quick));
    if (reply)
        return reply;
    if (reply.error().code == errc::ca_unusable && !store_.chosen_file().empty())
        return failure{.code = errc::ca_unusable, .about = store_.chosen_file()};
    if (reply.error().code != errc::certificate_untrusted)
        return reply;
    auto all = store_.complete();
    if (!all)
        return reply;

    if (notes.wants(1))
        notes.note(1, "the certificate directory does not know the issuer; trying again with the bundle");
    auto second = run(*std::move(all));
    // A bundle that cannot be read is the image's defect; that the issuer is unknown is what the user can
    // mend.
    if (!second && second.error().code == errc::ca_unusable)
        return reply;
    needs_all_ = second.has_value();
    return second;
}

} // namespace azure_wi
