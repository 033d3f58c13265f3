// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OpenSSL's EVP: AES-256-GCM, HKDF, HMAC.
#include "core/keys/cipher.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace contone::keys {
namespace {

void must(bool done) {
    if (!done) std::abort();
}

const unsigned char* in(std::span<const std::byte> bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* out(std::span<std::byte> bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}
int length(std::span<const std::byte> bytes) {
    must(bytes.size() <= (std::size_t{1} << 30));
    return static_cast<int>(bytes.size());
}
EVP_CIPHER_CTX* of(const auto& context) {
    return static_cast<EVP_CIPHER_CTX*>(context.get());
}

}  // namespace

void Cipher::Free::operator()(void* context) const {
    EVP_CIPHER_CTX_free(static_cast<EVP_CIPHER_CTX*>(context));  // clears the key too
}

// The key's schedule is made once; each call brings its nonce only.
Cipher::Cipher(KeySpan key) : m_seal(EVP_CIPHER_CTX_new()), m_open(EVP_CIPHER_CTX_new()) {
    must(m_seal && m_open && EVP_EncryptInit_ex(of(m_seal), EVP_aes_256_gcm(), nullptr, in(key), nullptr) == 1 &&
         EVP_DecryptInit_ex(of(m_open), EVP_aes_256_gcm(), nullptr, in(key), nullptr) == 1);
}
Cipher::~Cipher() = default;
Cipher::Cipher(Cipher&&) noexcept = default;
Cipher& Cipher::operator=(Cipher&&) noexcept = default;

void Cipher::seal(const Nonce& nonce, std::span<const std::byte> associated, std::span<const std::byte> plain,
                  std::span<std::byte> sealed) {
    must(sealed.size() == plain.size() + tagBytes);
    EVP_CIPHER_CTX* context = of(m_seal);
    int n = 0;
    must(EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, in(nonce)) == 1);
    if (!associated.empty()) must(EVP_EncryptUpdate(context, nullptr, &n, in(associated), length(associated)) == 1);
    if (!plain.empty()) must(EVP_EncryptUpdate(context, out(sealed), &n, in(plain), length(plain)) == 1);
    unsigned char rest[16];
    must(EVP_EncryptFinal_ex(context, rest, &n) == 1 && n == 0);
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, static_cast<int>(tagBytes),
                             out(sealed.subspan(plain.size()))) == 1);
}

bool Cipher::open(const Nonce& nonce, std::span<const std::byte> associated, std::span<const std::byte> sealed,
                  std::span<std::byte> plain) {
    if (sealed.size() < tagBytes) return false;
    must(sealed.size() == plain.size() + tagBytes);
    EVP_CIPHER_CTX* context = of(m_open);
    int n = 0;
    must(EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, in(nonce)) == 1);
    if (!associated.empty()) must(EVP_DecryptUpdate(context, nullptr, &n, in(associated), length(associated)) == 1);
    if (!plain.empty()) must(EVP_DecryptUpdate(context, out(plain), &n, in(sealed), length(plain)) == 1);
    std::array<std::byte, tagBytes> tag;
    std::ranges::copy(sealed.last(tagBytes), tag.begin());
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, static_cast<int>(tagBytes), tag.data()) == 1);
    unsigned char rest[16];
    if (EVP_DecryptFinal_ex(context, rest, &n) == 1) return true;
    std::ranges::fill(plain, std::byte{});  // what is not authentic is given to nobody
    return false;
}

Key derive(std::span<const std::byte> secret, std::span<const std::byte> salt, std::string_view info) {
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
    must(kdf != nullptr);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                            &EVP_KDF_CTX_free);
    must(context != nullptr);
    char digest[] = "SHA256";
    // OpenSSL takes parameters as if it wrote to them; it only reads these.
    const auto octets = [](const char* name, const void* bytes, std::size_t size) {
        return OSSL_PARAM_construct_octet_string(name, const_cast<void*>(bytes), size);
    };
    std::vector<OSSL_PARAM> settings = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                                        octets(OSSL_KDF_PARAM_KEY, secret.data(), secret.size())};
    // No salt is as good as zeros (RFC 5869 section 2.2); OpenSSL wants it left out.
    if (!salt.empty()) settings.push_back(octets(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()));
    settings.push_back(octets(OSSL_KDF_PARAM_INFO, info.data(), info.size()));
    settings.push_back(OSSL_PARAM_construct_end());
    std::array<std::byte, keyBytes> derived;
    must(EVP_KDF_derive(context.get(), out(derived), derived.size(), settings.data()) == 1);
    const Key key{KeySpan(derived)};
    clear(derived);
    return key;
}

Mac macOf(KeySpan key, std::span<const std::byte> bytes) {
    Mac mac;
    unsigned int size = 0;
    must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), in(bytes), bytes.size(), out(mac), &size) !=
             nullptr &&
         size == mac.size());
    return mac;
}

bool isSame(const Mac& mac, std::span<const std::byte> other) {
    return other.size() == mac.size() && CRYPTO_memcmp(mac.data(), other.data(), mac.size()) == 0;
}

WrappedKey wrapKey(KeySpan under, KeySpan key, std::span<const std::byte> associated) {
    WrappedKey wrapped;
    Nonce nonce;
    fillRandom(nonce);
    std::ranges::copy(nonce, wrapped.begin());
    Cipher(under).seal(nonce, associated, key, std::span(wrapped).subspan(nonceBytes));
    return wrapped;
}

bool unwrapKey(KeySpan under, std::span<const std::byte, sizeof(WrappedKey)> wrapped,
               std::span<const std::byte> associated, Key& key) {
    Nonce nonce;
    std::ranges::copy(wrapped.first<nonceBytes>(), nonce.begin());
    return Cipher(under).open(nonce, associated, wrapped.subspan(nonceBytes), key.writable());
}

void append(Bytes& bytes, std::span<const std::byte> more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}
void append(Bytes& bytes, std::string_view more) {
    append(bytes, std::as_bytes(std::span(more)));
}
void append(Bytes& bytes, const Uuid& uuid) {
    append(bytes, std::as_bytes(std::span(uuid.bytes)));
}
void append(Bytes& bytes, std::uint64_t number, int size) {
    for (int i = size - 1; i >= 0; i--) bytes.push_back(static_cast<std::byte>(number >> (8 * i) & 0xff));
}
std::uint64_t numberAt(std::span<const std::byte> bytes) {
    std::uint64_t number = 0;
    for (const std::byte b : bytes) number = number << 8 | std::to_integer<std::uint64_t>(b);
    return number;
}

}  // namespace contone::keys
