// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SHA-256 by OpenSSL's EVP.
#include "core/base/sha256.h"

#include <openssl/evp.h>

#include <cstdlib>

#include "core/base/hex_p.h"

namespace contone {

std::string Sha256::toString() const {
    std::string s(64, '0');
    char* to = s.data();
    for (const std::uint8_t b : bytes) {
        *to++ = hex::digits[b >> 4];
        *to++ = hex::digits[b & 15];
    }
    return s;
}

Result<Sha256> Sha256::parse(std::string_view text) {
    Sha256 h;
    bool good = text.size() == 64;
    for (std::size_t i = 0; good && i < 32; i++) {
        const int value = hex::byteOf(hex::lowerCase, text[2 * i], text[2 * i + 1]);
        good = value >= 0;
        if (good) h.bytes[i] = static_cast<std::uint8_t>(value);
    }
    if (!good) return fail(Code::Invalid, "bad-hash", "That is not a SHA-256 hash.", std::string(text.substr(0, 80)));
    return h;
}

Sha256 Sha256::of(std::span<const std::byte> data) {
    Sha256Hasher hasher;
    hasher.update(data);
    return hasher.finish();
}

Sha256 Sha256::of(std::string_view text) {
    return of(std::as_bytes(std::span(text.data(), text.size())));
}

void Sha256Hasher::Free::operator()(void* context) const {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}
Sha256Hasher::Sha256Hasher() : m_context(EVP_MD_CTX_new()) {
    if (!m_context || EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(m_context.get()), EVP_sha256(), nullptr) != 1)
        std::abort();
}
Sha256Hasher::~Sha256Hasher() = default;
Sha256Hasher::Sha256Hasher(Sha256Hasher&&) noexcept = default;
Sha256Hasher& Sha256Hasher::operator=(Sha256Hasher&&) noexcept = default;

void Sha256Hasher::update(std::span<const std::byte> data) {
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(m_context.get()), data.data(), data.size());
}

Sha256 Sha256Hasher::finish() {
    Sha256 h;
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(m_context.get()), h.bytes.data(), nullptr);
    return h;
}

}  // namespace contone
