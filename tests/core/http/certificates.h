// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Certificates for tests, made when they are needed: an authority, and what it or nobody has signed.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <string>

#include "core/base/file.h"
#include "core/base/sha256.h"

namespace contone::http {

/// A key and its certificate, on elliptic curve P-256, as two PEM files.
class Certificate {
  public:
    /// `names`: as in subjectAltName, "DNS:localhost,IP:127.0.0.1"; empty for an authority or a client. `issuer`: null
    /// signs itself. `days`: until it expires; negative: it has.
    Certificate(const Path& folder, const std::string& name, const std::string& names, const Certificate* issuer,
                int days = 30)
        : file(folder / (name + ".pem")), key(folder / (name + ".key")) {
        m_key.reset(EVP_EC_gen("P-256"), EVP_PKEY_free);
        m_x509.reset(X509_new(), X509_free);
        X509* x = m_x509.get();
        X509_set_version(x, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(x), 1 + static_cast<long>(std::hash<std::string>()(name) % 1'000'000));
        X509_gmtime_adj(X509_getm_notBefore(x), -100L * 86'400);
        X509_gmtime_adj(X509_getm_notAfter(x), days * 86'400L);
        X509_set_pubkey(x, m_key.get());
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
        X509_set_issuer_name(x, X509_get_subject_name(issuer != nullptr ? issuer->m_x509.get() : x));
        if (issuer == nullptr) add(NID_basic_constraints, "critical,CA:TRUE");
        if (!names.empty()) add(NID_subject_alt_name, names);
        X509_sign(x, issuer != nullptr ? issuer->m_key.get() : m_key.get(), EVP_sha256());
        save();
    }

    const Path file, key;
    Sha256 fingerprint;

  private:
    void add(int kind, const std::string& value) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
        X509_add_ext(m_x509.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }
    void save() {
        unsigned int size = sizeof fingerprint.bytes;
        X509_digest(m_x509.get(), EVP_sha256(), fingerprint.bytes.data(), &size);
        std::FILE* out = std::fopen(file.c_str(), "w");
        PEM_write_X509(out, m_x509.get());
        std::fclose(out);
        out = std::fopen(key.c_str(), "w");
        PEM_write_PrivateKey(out, m_key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(out);
    }

    std::shared_ptr<EVP_PKEY> m_key;
    std::shared_ptr<X509> m_x509;
};

}  // namespace contone::http
