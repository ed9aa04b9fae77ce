#pragma once

#include <memory>

struct ssl_ctx_st;

namespace azure_wi::world {

struct tls_settings;

std::shared_ptr<ssl_ctx_st> make_tls_context(const tls_settings &settings);

} // namespace azure_wi::world
