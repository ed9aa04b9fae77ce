#include "token-cache/network/trust_store.hpp"

#include "token-cache/ascii.hpp"
#include "token-cache/regular_file.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include <dirent.h>
#include <sys/stat.h>

namespace azure_wi {
namespace {

// Debian's bundle has 0.2 MiB; what is far above is no list of certificates.
constexpr std::size_t largest_pem = 4 * 1024 * 1024;

/// The file's content where it holds a certificate; else nothing.
std::optional<std::string> read_pem(const std::string &path) {
    const file_content file = read_regular_file(path, largest_pem);
    if (file.how != file_content::ending::whole)
        return std::nullopt;
    // The three labels that OpenSSL reads as a certificate. A file without one would make libcurl fail with
    // an error that names no file.
    const std::string_view pem = file.bytes.reveal();
    for (const std::string_view begin : {"-----BEGIN CERTIFICATE-----", "-----BEGIN X509 CERTIFICATE-----",
                                         "-----BEGIN TRUSTED CERTIFICATE-----"})
        if (pem.find(begin) != std::string_view::npos)
            return std::string(pem);
    return std::nullopt;
}

/// "4f316efb.0": eight hexadecimal digits, a dot and a number.
bool is_hashed_name(std::string_view name) {
    return name.size() > 9 && name[8] == '.' && std::ranges::all_of(name.substr(0, 8), is_hex) &&
           std::ranges::all_of(name.substr(9), is_digit);
}

bool is_hashed_directory(const std::string &path) {
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(::opendir(path.c_str()), &::closedir);
    if (!directory)
        return false;
    // The stream is this function's own.
    while (const dirent *entry = ::readdir(directory.get())) // NOLINT(concurrency-mt-unsafe)
        if (is_hashed_name(entry->d_name))
            return true;
    return false;
}

bool is_directory(const std::string &path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::vector<std::string> split_at_colons(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(':'), list.size());
        if (end > 0)
            parts.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

/// The system keeps one store under several names, so the first is enough; of the user's, all count.
std::string hashed_directories(const trust_places &places, bool all) {
    std::string found;
    for (const std::string &path : places.directories) {
        if (!is_hashed_directory(path))
            continue;
        found += (found.empty() ? "" : ":") + path;
        if (!all)
            break;
    }
    return found;
}

std::string first_bundle(const trust_places &places) {
    for (const std::string &path : places.bundles)
        if (auto pem = read_pem(path))
            return *std::move(pem);
    return {};
}

void append_pem(std::string &pem, std::string_view more) {
    // A file need not end with a newline, and "-----END-----BEGIN" is no PEM.
    if (!pem.empty() && pem.back() != '\n')
        pem += '\n';
    pem += more;
}

failure nothing_found(const trust_places &places, bool replaced) {
    std::string where;
    for (const auto *group : {&places.directories, &places.bundles})
        for (const std::string &path : *group)
            where += (where.empty() ? "" : ", ") + path;
    if (!replaced) // ten paths would bury the message
        where = (places.directories.empty() ? "/etc/ssl" : places.directories.front()) +
                " or any other usual place";
    return {.code = errc::ca_unusable, .about = "no root certificates found in " + where};
}

} // namespace

const trust_places &system_trust_places() {
    static const trust_places places{
        {"/etc/ssl/certs", "/etc/pki/ca-trust/extracted/pem/directory-hash",
         "/var/lib/ca-certificates/openssl", "/etc/pki/tls/certs"},
        {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
         "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/var/lib/ca-certificates/ca-bundle.pem",
         "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"},
    };
    return places;
}

trust_store::trust_store(trust_settings chosen, trust_places system)
    : chosen_(std::move(chosen)), places_(std::move(system)),
      replaced_(!chosen_.cert_file.empty() || !chosen_.cert_dir.empty()) {
    if (!replaced_)
        return;
    places_.directories = split_at_colons(chosen_.cert_dir);
    places_.bundles.clear();
    if (!chosen_.cert_file.empty())
        places_.bundles.push_back(chosen_.cert_file);
}

result<trust_roots> trust_store::quick() const {
    trust_roots roots;
    roots.directory = hashed_directories(places_, replaced_);

    if (!chosen_.cert_dir.empty() && std::ranges::none_of(places_.directories, is_directory))
        return failure{.code = errc::ca_unusable, .about = chosen_.cert_dir};
    if (!chosen_.cert_file.empty() && !read_pem(chosen_.cert_file))
        return failure{.code = errc::ca_unusable, .about = chosen_.cert_file};
    if (roots.directory.empty())
        roots.pem = first_bundle(places_);

    if (!chosen_.ca_file.empty()) {
        const auto added = read_pem(chosen_.ca_file);
        if (!added)
            return failure{.code = errc::ca_unusable, .about = chosen_.ca_file};
        append_pem(roots.pem, *added);
    }
    if (roots.directory.empty() && roots.pem.empty())
        return nothing_found(places_, replaced_);
    return roots;
}

std::optional<trust_roots> trust_store::complete() const {
    trust_roots roots;
    roots.directory = hashed_directories(places_, replaced_);
    if (roots.directory.empty())
        return std::nullopt; // quick() has read the bundle already
    roots.pem = first_bundle(places_);
    if (roots.pem.empty())
        return std::nullopt;
    if (const auto added = chosen_.ca_file.empty() ? std::nullopt : read_pem(chosen_.ca_file))
        append_pem(roots.pem, *added);
    return roots;
}

} // namespace azure_wi
