// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Keys in memory: getrandom, mlock, OPENSSL_cleanse.
#include "core/keys/key.h"

#include <openssl/crypto.h>
#include <sys/mman.h>
#include <sys/random.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace contone::keys {

void fillRandom(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::getrandom(bytes.data(), bytes.size(), 0);
        if (n > 0) bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
}

void clear(std::span<std::byte> bytes) {
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

Key Key::random() {
    std::array<std::byte, keyBytes> bytes;
    fillRandom(bytes);
    const Key key{KeySpan(bytes)};
    clear(bytes);
    return key;
}

Key::Key(KeySpan bytes) {
    std::ranges::copy(bytes, m_bytes.begin());
}

bool Key::operator==(const Key& other) const {
    return CRYPTO_memcmp(m_bytes.data(), other.m_bytes.data(), keyBytes) == 0;
}

LockedKey::LockedKey(KeySpan bytes) {
    void* page = ::mmap(nullptr, keyBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) std::abort();  // as any small allocation
    m_page = static_cast<std::byte*>(page);
    // Best effort: without the right to lock memory the key may be swapped, and that is the machine's to forbid.
    (void)::mlock(m_page, keyBytes);
    (void)::madvise(m_page, keyBytes, MADV_DONTDUMP);
    std::ranges::copy(bytes, m_page);
}

LockedKey::LockedKey(LockedKey&& other) noexcept : m_page(std::exchange(other.m_page, nullptr)) {}

LockedKey& LockedKey::operator=(LockedKey&& other) noexcept {
    std::swap(m_page, other.m_page);
    return *this;
}

LockedKey::~LockedKey() {
    if (!m_page) return;
    clear({m_page, keyBytes});
    ::munmap(m_page, keyBytes);
}

}  // namespace contone::keys
