#pragma once

#include <span>

namespace azure_wi {

/// Fills `bytes` from getrandom(2). Where the kernel or a seccomp filter refuses it, from the clock and the
/// process id: what is made of these bytes (request ids, record ids, jitter) has to differ, not to be
/// unguessable. Never fails. May be called from any thread.
void fill_random(std::span<unsigned char> bytes) noexcept;

} // namespace azure_wi
