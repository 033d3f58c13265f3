// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TLS by OpenSSL 3: version 1.2 at least, forward secrecy and authenticated ciphers only, no resumption.
#include "core/http/tls_p.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <new>

namespace contone::http {
namespace {

constexpr const char* ciphersOf12 =
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";

// OpenSSL's own socket BIO sends without MSG_NOSIGNAL: a client that leaves would kill the program (SIGPIPE).
int bioWrite(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto socket = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
    const ssize_t put = ::send(socket, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) BIO_set_retry_write(bio);
    return static_cast<int>(put);
}

int bioRead(BIO* bio, char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto socket = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
    const ssize_t got = ::recv(socket, bytes, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) BIO_set_retry_read(bio);
    return static_cast<int>(got);
}

long bioControl(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

template <auto release>
struct Free {
    template <class T>
    void operator()(T* thing) const {
        release(thing);
    }
};

/// What OpenSSL last complained of in this thread; its queue is empty then.
std::string complaint() {
    std::string text;
    while (const unsigned long code = ERR_get_error()) {
        char line[200];
        ERR_error_string_n(code, line, sizeof line);
        if (!text.empty()) text += "; ";
        text += line;
    }
    return text.empty() ? "no reason given" : text;
}

std::unexpected<Error> badCertificate(const Path& file) {
    return fail(Code::Invalid, "bad-certificate",
                "A certificate or key file for encrypted connections cannot be used. Check the settings.",
                file.string() + ": " + complaint());
}

int trustAnyCertificate(int, X509_STORE_CTX*) {
    return 1;
}

/// HTTP/1.1 where the client offers it among others; a client that offers only others gets no protocol by name.
int chooseProtocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in, unsigned int inSize,
                   void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, size, ours, sizeof ours - 1, in, inSize) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

struct TlsContext::Impl {
    std::shared_ptr<BIO_METHOD> method;
    std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context;
    std::optional<Sha256> pinned;
    bool checksName = false;

    static Result<std::unique_ptr<Impl>> make(const SSL_METHOD* kind);
    Result<void> loadOwn(const Path& certificate, const Path& key);
    std::unique_ptr<TlsSession> session(int socket, const std::string* serverName);
};

struct TlsSession::Impl {
    std::shared_ptr<BIO_METHOD> method;  // before ssl, which uses it to the end
    std::unique_ptr<SSL, Free<SSL_free>> ssl;
    std::optional<Sha256> pinned;
    bool isBroken = false, isRejected = false, isUntrusted = false;
    std::string why{};  ///< isBroken
};

Result<std::unique_ptr<TlsContext::Impl>> TlsContext::Impl::make(const SSL_METHOD* kind) {
    auto impl = std::make_unique<Impl>();
    ERR_clear_error();
    impl->context.reset(SSL_CTX_new(kind));
    impl->method.reset(BIO_meth_new(BIO_TYPE_SOURCE_SINK | 127, "socket without SIGPIPE"), BIO_meth_free);
    if (!impl->context || !impl->method) throw std::bad_alloc();
    BIO_meth_set_write(impl->method.get(), bioWrite);
    BIO_meth_set_read(impl->method.get(), bioRead);
    BIO_meth_set_ctrl(impl->method.get(), bioControl);
    SSL_CTX* context = impl->context.get();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, ciphersOf12);
    // Without resumption each handshake checks the certificates anew, and nothing of a session outlives it.
    SSL_CTX_set_options(
        context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    return impl;
}

Result<void> TlsContext::Impl::loadOwn(const Path& certificate, const Path& key) {
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1) return badCertificate(certificate);
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1)
        return badCertificate(key);
    return {};
}

Result<std::shared_ptr<TlsContext>> TlsContext::forServer(const ServerTls& settings) {
    CONTONE_TRY(auto impl, Impl::make(TLS_server_method()));
    CONTONE_CHECK(impl->loadOwn(settings.certificate, settings.key));
    SSL_CTX* context = impl->context.get();
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    if (settings.clients == ClientCertificates::Reported)
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, trustAnyCertificate);
    if (settings.clients == ClientCertificates::SignedByCa) {
        const std::string file = settings.clientAuthority.string();
        STACK_OF(X509_NAME)* names = SSL_load_client_CA_file(file.c_str());
        if (names == nullptr || SSL_CTX_load_verify_file(context, file.c_str()) != 1) {
            sk_X509_NAME_pop_free(names, X509_NAME_free);
            return badCertificate(settings.clientAuthority);
        }
        SSL_CTX_set_client_CA_list(context, names);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    }
    return std::shared_ptr<TlsContext>(new TlsContext(std::move(impl)));
}

Result<std::shared_ptr<TlsContext>> TlsContext::forClient(const ClientTls& settings) {
    CONTONE_TRY(auto impl, Impl::make(TLS_client_method()));
    SSL_CTX* context = impl->context.get();
    if (!settings.certificate.empty()) CONTONE_CHECK(impl->loadOwn(settings.certificate, settings.key));
    impl->pinned = settings.pinned;
    impl->checksName = !settings.authority.empty() || !settings.pinned;
    if (!settings.authority.empty()) {
        if (SSL_CTX_load_verify_file(context, settings.authority.c_str()) != 1)
            return badCertificate(settings.authority);
    } else if (!settings.pinned) {
        SSL_CTX_set_default_verify_paths(context);
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, impl->checksName ? nullptr : trustAnyCertificate);
    return std::shared_ptr<TlsContext>(new TlsContext(std::move(impl)));
}

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TlsContext::~TlsContext() = default;

std::unique_ptr<TlsSession> TlsContext::Impl::session(int socket, const std::string* serverName) {
    auto impl = std::make_unique<TlsSession::Impl>();
    impl->method = method;
    impl->ssl.reset(SSL_new(context.get()));
    BIO* bio = BIO_new(method.get());
    if (!impl->ssl || bio == nullptr) {
        BIO_free(bio);
        throw std::bad_alloc();
    }
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));  // NOLINT: OpenSSL's slot
    BIO_set_init(bio, 1);
    SSL* ssl = impl->ssl.get();
    SSL_set_bio(ssl, bio, bio);
    if (serverName == nullptr) {
        SSL_set_accept_state(ssl);
        return std::make_unique<TlsSession>(std::move(impl));
    }
    SSL_set_connect_state(ssl);
    impl->pinned = pinned;
    unsigned char number[16];
    const bool isNumber = ::inet_pton(AF_INET, serverName->c_str(), number) == 1 ||
                          ::inet_pton(AF_INET6, serverName->c_str(), number) == 1;
    if (!isNumber) SSL_set_tlsext_host_name(ssl, serverName->c_str());
    if (checksName) {
        X509_VERIFY_PARAM* param = SSL_get0_param(ssl);
        X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        const int isSet = isNumber ? X509_VERIFY_PARAM_set1_ip_asc(param, serverName->c_str())
                                   : X509_VERIFY_PARAM_set1_host(param, serverName->c_str(), serverName->size());
        if (isSet != 1) throw std::bad_alloc();
    }
    return std::make_unique<TlsSession>(std::move(impl));
}

std::unique_ptr<TlsSession> TlsContext::accept(int socket) {
    return m_impl->session(socket, nullptr);
}

std::unique_ptr<TlsSession> TlsContext::connect(int socket, const std::string& name) {
    return m_impl->session(socket, &name);
}

TlsSession::TlsSession(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TlsSession::~TlsSession() = default;

IoOutcome TlsSession::outcomeOf(int result) {
    const int errnum = errno;
    if (m_impl->isBroken) return {Io::Failed, 0, m_impl->why};  // OpenSSL calls what follows an alert a regular end
    switch (SSL_get_error(m_impl->ssl.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return {Io::WantRead};
        case SSL_ERROR_WANT_WRITE:
            return {Io::WantWrite};
        case SSL_ERROR_ZERO_RETURN:
            return {Io::Eof};
        case SSL_ERROR_SYSCALL:
            m_impl->isBroken = true;
            m_impl->why = errnum != 0 ? std::strerror(errnum) : "closed without a word";
            return {Io::Failed, 0, m_impl->why};
        default:
            break;
    }
    m_impl->isBroken = true;
    const int reason = ERR_GET_REASON(ERR_peek_last_error());
    m_impl->isUntrusted = reason == SSL_R_CERTIFICATE_VERIFY_FAILED;
    m_impl->isRejected =
        reason == SSL_R_TLSV1_ALERT_UNKNOWN_CA || reason == SSL_R_TLSV1_ALERT_ACCESS_DENIED ||
        reason == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED || reason == SSL_R_SSLV3_ALERT_BAD_CERTIFICATE ||
        reason == SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED || reason == SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN;
    m_impl->why = complaint();
    return {Io::Failed, 0, m_impl->why};
}

IoOutcome TlsSession::handshake() {
    ERR_clear_error();
    errno = 0;
    const int done = SSL_do_handshake(m_impl->ssl.get());
    if (done != 1) return outcomeOf(done);
    if (m_impl->pinned && certificate() != m_impl->pinned) {
        m_impl->isUntrusted = true;
        return {Io::Failed, 0, "the certificate is not the pinned one"};
    }
    return {};
}

IoOutcome TlsSession::read(std::span<std::byte> into) {
    ERR_clear_error();
    errno = 0;
    std::size_t got = 0;
    const int done = SSL_read_ex(m_impl->ssl.get(), into.data(), into.size(), &got);
    return done == 1 ? IoOutcome{Io::Ok, got} : outcomeOf(done);
}

IoOutcome TlsSession::write(std::span<const std::byte> data) {
    ERR_clear_error();
    errno = 0;
    std::size_t put = 0;
    const int done = SSL_write_ex(m_impl->ssl.get(), data.data(), data.size(), &put);
    return done == 1 ? IoOutcome{Io::Ok, put} : outcomeOf(done);
}

bool TlsSession::hasNews() {
    ERR_clear_error();
    errno = 0;
    char byte = 0;
    std::size_t got = 0;
    const int done = SSL_peek_ex(m_impl->ssl.get(), &byte, 1, &got);
    return done == 1 || outcomeOf(done).io != Io::WantRead;
}

void TlsSession::sayGoodbye() {
    if (m_impl->isBroken || SSL_in_init(m_impl->ssl.get()) != 0) return;
    ERR_clear_error();
    SSL_shutdown(m_impl->ssl.get());
    ERR_clear_error();
}

std::optional<Sha256> TlsSession::certificate() const {
    const std::unique_ptr<X509, Free<X509_free>> shown(SSL_get1_peer_certificate(m_impl->ssl.get()));
    if (!shown) return std::nullopt;
    Sha256 hash;
    unsigned int size = hash.bytes.size();
    if (X509_digest(shown.get(), EVP_sha256(), hash.bytes.data(), &size) != 1) throw std::bad_alloc();
    return hash;
}

bool TlsSession::isRejected() const {
    return m_impl->isRejected;
}
bool TlsSession::isUntrusted() const {
    return m_impl->isUntrusted;
}

}  // namespace contone::http
