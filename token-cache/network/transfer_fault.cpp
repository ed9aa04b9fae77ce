#include "token-cache/network/transfer_fault.hpp"

#include <cerrno>

namespace azure_wi {
namespace {

using stop = transfer_facts::stop;

failure about(errc code, std::string_view host, std::string_view reason = {}) {
    std::string text(host);
    if (!reason.empty())
        text += " (" + std::string(reason) + ')';
    return failure{.code = code, .about = std::move(text)};
}

std::string connect_reason(const transfer_facts &facts) {
    std::string reason;
    switch (facts.os_error) {
    case ECONNREFUSED:
        reason = "connection refused";
        break;
    case ENETUNREACH:
    case EHOSTUNREACH:
        reason = "unreachable";
        break;
    case EACCES:
    case EPERM:
        reason = "forbidden by a local rule";
        break;
    case ETIMEDOUT:
        reason = "no answer";
        break;
    default:
        reason = "no connection";
    }
    // Tells a proxy, a wrong /etc/hosts and a private endpoint apart.
    if (!facts.last_address.empty() && facts.last_address != facts.where.host)
        reason += ", last tried " + std::string(facts.last_address);
    return reason;
}

std::string_view waiting_for(const transfer_facts &facts) {
    if (!facts.resolved)
        return "waiting for DNS";
    if (!facts.connected)
        return "waiting for a connection";
    if (facts.where.encrypted && !facts.watch.finished)
        return "waiting for the TLS handshake";
    return "waiting for the answer";
}

failure judge_connect_limit(const transfer_facts &facts) {
    if (!facts.resolved)
        return about(errc::name_not_resolved, facts.where.host, "DNS did not answer within 10 s");
    if (!facts.connected)
        return about(errc::connection_failed, facts.where.host, "no answer within 10 s");
    return about(errc::connection_broken, facts.where.host, "no end of the TLS handshake within 10 s");
}

failure judge_tls(const transfer_facts &facts) {
    if (facts.watch.garbled)
        return about(errc::tls_failed, facts.where.host, "what answers there does not speak TLS");
    if (facts.watch.alert || facts.watch.finished)
        return about(errc::tls_failed, facts.where.host);
    // Without an alert from either side the line went dead.
    return about(errc::connection_broken, facts.where.host, "broken off during the TLS handshake");
}

failure judge_proxy(const transfer_facts &facts, std::string_view proxy) {
    if (proxy.empty())
        proxy = facts.where.host;
    if (facts.proxy_status == 407)
        return about(errc::proxy_refused, proxy, "the proxy wants credentials");
    if (facts.proxy_status != 0)
        return about(errc::proxy_refused, proxy, "the proxy answered " + std::to_string(facts.proxy_status));
    return about(errc::proxy_refused, proxy);
}

failure judge_certificate_of(const transfer_facts &facts) {
    const certificate_verdict verdict = judge_certificate(facts.verify_result);
    return about(verdict.code, facts.where.host, verdict.reason);
}

} // namespace

failure judge_transfer(const transfer_facts &facts, std::string_view proxy) {
    if (!facts.reply_fault.empty())
        return about(errc::reply_malformed, facts.where.host, facts.reply_fault);
    if (facts.watch.renegotiation)
        return about(errc::tls_failed, facts.where.host, "the server asked to renegotiate");

    switch (facts.stopped) {
    case stop::no_address:
        return about(errc::name_not_resolved, facts.where.host);
    case stop::no_proxy_address:
        return proxy.empty() ? about(errc::name_not_resolved, "the proxy that is set", "no URL of one")
                             : about(errc::name_not_resolved, proxy, "the proxy");
    case stop::no_connection: {
        if (facts.os_error == ECONNRESET) // it stood for a moment
            return about(errc::connection_broken, facts.where.host, "reset at once");
        std::string reason = connect_reason(facts);
        if (!proxy.empty())
            reason.append(reason.empty() ? "" : "; ").append("an HTTP proxy is set: ").append(proxy);
        auto what = about(errc::connection_failed, facts.where.host, reason);
        what.lasting = facts.passed_over; // those before were tries enough
        return what;
    }
    case stop::connect_limit:
        return judge_connect_limit(facts);
    case stop::deadline:
        return about(errc::timed_out, facts.where.host, waiting_for(facts));
    case stop::tls:
        return judge_tls(facts);
    case stop::client_certificate:
        return about(errc::tls_failed, facts.where.host, "the server wants a client certificate");
    case stop::certificate:
        return judge_certificate_of(facts);
    case stop::certificate_file:
        return about(errc::ca_unusable, facts.where.host, "its trusted roots cannot be read");
    case stop::proxy:
        return judge_proxy(facts, proxy);
    case stop::line:
        // libcurl has no number of its own for a refused CONNECT.
        if (facts.proxy_status != 0 && facts.proxy_status / 100 != 2)
            return judge_proxy(facts, proxy);
        if (facts.where.encrypted && facts.watch.context == nullptr)
            return about(errc::connection_broken, facts.where.host, "broken off before the TLS handshake");
        return about(errc::connection_broken, facts.where.host,
                     facts.cut ? "cut off, without a TLS goodbye" : "");
    case stop::reply:
        return about(errc::reply_malformed, facts.where.host, "not an HTTP/1.1 response");
    case stop::other:
        break;
    }
    return about(errc::connection_failed, facts.where.host);
}

} // namespace azure_wi
