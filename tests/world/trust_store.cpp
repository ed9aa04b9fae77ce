#include "tests/world/trust_store.hpp"

#include "tests/world/certificate_authority.hpp"

#include <fstream>
#include <stdexcept>

namespace azure_wi::world {
namespace {

// By rename: a program that reads meanwhile sees the old file or the new one.
void replace_file(const std::filesystem::path &file, const std::string &content) {
    const std::filesystem::path fresh = file.string() + ".new";
    std::ofstream stream{fresh, std::ios::binary};
    stream << content;
    stream.close();
    if (!stream)
        throw std::runtime_error{"cannot write " + fresh.string()};
    std::filesystem::rename(fresh, file);
}

} // namespace

trust_store::trust_store(std::filesystem::path directory, std::string system_roots)
    : directory_{std::move(directory)}, system_roots_{std::move(system_roots)},
      unrelated_{certificate_authority{"azure-wi unrelated root"}.pem()} {}

void trust_store::set(trust where, const std::string &authority_pem) {
    for (const auto &entry : std::filesystem::directory_iterator{directory_})
        if (entry.path().extension() == ".0")
            std::filesystem::remove(entry.path());
    const bool in_directory = where == trust::directory || where == trust::both;
    const bool in_bundle = where == trust::bundle || where == trust::both;
    if (in_directory)
        replace_file(directory_ / directory_name(authority_pem), authority_pem);
    replace_file(directory_ / directory_name(unrelated_), unrelated_);
    replace_file(directory_ / "ca-certificates.crt",
                 system_roots_ + unrelated_ + (in_bundle ? authority_pem : std::string{}));
}

} // namespace azure_wi::world
