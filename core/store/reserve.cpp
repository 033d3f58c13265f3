// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Blocks are allocated, not written.
#include "core/store/reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace contone::store {

void Reserve::keep() {
    const std::lock_guard lock(m_guard);
    m_triedAt = std::chrono::steady_clock::now().time_since_epoch().count();
    const FileDescriptor file(::open(m_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.isOpen()) return;
    m_isThere = ::posix_fallocate(file.get(), 0, bytes) == 0;
    if (!m_isThere) ::unlink(m_file.c_str());  // a part of it would only take the last space
}

void Reserve::keepAgain() {
    if (m_isThere) return;
    const auto since = std::chrono::steady_clock::now().time_since_epoch().count() - m_triedAt;
    if (std::chrono::steady_clock::duration(since) >= std::chrono::minutes(1)) keep();
}

bool Reserve::isThere() {
    if (!m_isThere) keep();
    return m_isThere;
}

bool Reserve::giveUp() {
    const std::lock_guard lock(m_guard);
    if (!m_isThere.exchange(false)) return false;
    m_triedAt = std::chrono::steady_clock::now().time_since_epoch().count();
    return ::unlink(m_file.c_str()) == 0;
}

}  // namespace contone::store
