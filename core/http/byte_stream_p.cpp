// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// recv and send that never wait, or TLS in their place.
#include "core/http/byte_stream_p.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace contone::http {
namespace {

IoOutcome outcomeOf(ssize_t result, Io wait) {
    if (result >= 0) return {Io::Ok, static_cast<std::size_t>(result)};
    if (errno == EAGAIN || errno == EWOULDBLOCK) return {wait};
    return {Io::Failed, 0, std::strerror(errno)};
}

IoOutcome receive(int socket, std::span<std::byte> into) {
    ssize_t got = 0;
    do {
        got = ::recv(socket, into.data(), into.size(), MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    return got == 0 ? IoOutcome{Io::Eof} : outcomeOf(got, Io::WantRead);
}

}  // namespace

ByteStream::ByteStream(FileDescriptor socket) : m_socket(std::move(socket)) {
    ::fcntl(m_socket.get(), F_SETFL, ::fcntl(m_socket.get(), F_GETFL) | O_NONBLOCK);
}

IoOutcome ByteStream::handshake() {
    return m_tls ? m_tls->handshake() : IoOutcome{};
}

IoOutcome ByteStream::read(std::span<std::byte> into) {
    return m_tls ? m_tls->read(into) : receive(m_socket.get(), into);
}

IoOutcome ByteStream::write(std::span<const std::byte> data) {
    if (m_tls) return m_tls->write(data);
    ssize_t put = 0;
    do {
        put = ::send(m_socket.get(), data.data(), data.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (put < 0 && errno == EINTR);
    return outcomeOf(put, Io::WantWrite);
}

bool ByteStream::hasNews() {
    if (m_tls) return m_tls->hasNews();
    pollfd fds{m_socket.get(), POLLIN, 0};
    return ::poll(&fds, 1, 0) != 0;
}

void ByteStream::shutdownWrite() {
    if (m_tls) m_tls->sayGoodbye();
    ::shutdown(m_socket.get(), SHUT_WR);
}

IoOutcome ByteStream::discard(std::span<std::byte> scratch) {
    return receive(m_socket.get(), scratch);  // also with TLS: nobody will decrypt it
}

void ByteStream::hangUp() {
    if (m_tls) m_tls->sayGoodbye();
    m_tls.reset();
    m_socket.reset();
}

bool ByteStream::isHungUp() const {
    pollfd fds{m_socket.get(), 0, 0};
    return ::poll(&fds, 1, 0) != 0 && (fds.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

}  // namespace contone::http
