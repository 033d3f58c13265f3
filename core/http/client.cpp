// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sending requests and parsing answers; Beast is the parser.
#include "core/http/client.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cerrno>
#include <cstring>

#include "core/http/beast_stream_p.h"

namespace contone::http {
namespace {

namespace beast = boost::beast;
using SteadyClock = std::chrono::steady_clock;

constexpr std::uint64_t largestAnswer = 64u << 20;
constexpr std::size_t uploadPiece = 256 * 1024;
constexpr Milliseconds connectWithin{5'000};
constexpr Milliseconds transferWithin{30'000};
constexpr int bytesPerSecond = 16 * 1024;
/// Far below the server's idle limit, so that it never closes just as we send.
constexpr std::chrono::seconds longestPause{20};

std::unexpected<Error> lost(std::string detail) {
    return fail(Code::Unavailable, "connection-lost",
                "The connection broke before the answer came. Look whether it was done before you try again.",
                std::move(detail));
}

std::unexpected<Error> slow(std::string detail) {
    return fail(Code::Unavailable, "server-slow", "The answer did not come in time. Try again.", std::move(detail));
}

std::unexpected<Error> failedTo(std::string_view what, const SocketStream::Outcome& outcome) {
    if (outcome.io == Io::TimedOut) return slow(std::string(what));
    return lost(std::string(what) + ": " + (outcome.errnum != 0 ? std::strerror(outcome.errnum) : "closed"));
}

Result<FileDescriptor> connectTo(const Path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = path.string();
    if (name.size() >= sizeof address.sun_path)
        return fail(Code::Invalid, "socket-path-long", "The path of the socket is too long. Choose a shorter folder.",
                    name);
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    FileDescriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd.isOpen()) return fail(errorFromErrno(errno, "socket"));
    // A Unix connect waits only while the listener's backlog is full, and the send timeout bounds that.
    const timeval limit{std::chrono::duration_cast<std::chrono::seconds>(connectWithin).count(), 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    while (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        if (errno == EINTR) continue;
        const std::string detail = "connect " + name + ": " + std::strerror(errno);
        if (errno == EACCES || errno == EPERM)
            return fail(Code::Denied, "server-denied", "You may not use this socket. Ask for access to its group.",
                        detail);
        return fail(Code::Unavailable, "server-unreachable", "Nobody answers at this socket.", detail);
    }
    return fd;
}

std::string headOf(const Outgoing& request) {
    const std::uint64_t bytes = request.upload ? request.upload->bytes : request.body.size();
    std::string head = request.method + " " + request.target + " HTTP/1.1\r\nHost: localhost\r\n";
    if (bytes > 0 || request.method != "GET")
        head += "Content-Type: " + request.contentType + "\r\nContent-Length: " + std::to_string(bytes) + "\r\n";
    return head + "\r\n";
}

}  // namespace

struct Client::Impl {
    /// How a try ended; `isUnheard`: not one byte of an answer came.
    struct Try {
        Result<Response> result;
        bool isUnheard = false;
    };

    explicit Impl(Path path) : socket(std::move(path)) {}

    Result<void> connect();
    Try exchange(const Outgoing& request);
    Result<void> sendBody(const Outgoing& request);
    Try receive(Milliseconds answerWithin);

    Path socket;
    std::optional<SocketStream> stream;
    SteadyClock::time_point usedAt;
};

Result<void> Client::Impl::connect() {
    CONTONE_TRY(FileDescriptor fd, connectTo(socket));
    stream.emplace(std::move(fd));
    return {};
}

Result<void> Client::Impl::sendBody(const Outgoing& request) {
    if (!request.upload) {
        const auto outcome = stream->writeAll(std::as_bytes(std::span(request.body)));
        if (outcome.io != Io::Ok) return failedTo("send the body", outcome);
        return {};
    }
    Bytes piece(uploadPiece);
    std::uint64_t done = 0;
    while (done < request.upload->bytes) {
        const std::size_t want = std::min<std::uint64_t>(piece.size(), request.upload->bytes - done);
        CONTONE_TRY(const std::size_t got, request.upload->read({piece.data(), want}));
        if (got == 0) return fail(Code::Internal, "upload-short", "The photo could not be sent to its end. Try again.");
        const auto outcome = stream->writeAll({piece.data(), got});
        if (outcome.io != Io::Ok) return failedTo("send the file", outcome);
        done += got;
    }
    return {};
}

Client::Impl::Try Client::Impl::receive(Milliseconds answerWithin) {
    stream->allow(answerWithin);
    if (const Io io = stream->waitReadable(); io != Io::Ok) return {slow("wait for the answer"), true};
    stream->allow(transferWithin, bytesPerSecond);
    beast::flat_buffer buffer;
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(largestAnswer);
    BeastStream beastStream(*stream);
    beast::error_code ec;
    beast::http::read(beastStream, buffer, parser, ec);
    if (ec == beast::error::timeout) return {slow("read the answer"), false};
    const bool isCut = ec == beast::http::error::end_of_stream || ec == beast::http::error::partial_message ||
                       ec == boost::asio::error::eof || ec.category() == boost::system::system_category();
    if (ec && isCut) return {lost("read the answer: " + ec.message()), !parser.got_some()};
    if (ec)
        return {
            fail(Code::Internal, "bad-answer", "The answer cannot be understood. Restart both programs.", ec.message()),
            false};
    auto& message = parser.get();
    Response response{static_cast<int>(message.result_int()), std::string(message[beast::http::field::content_type]),
                      std::move(message.body())};
    if (!parser.keep_alive() || buffer.size() > 0) stream.reset();
    usedAt = SteadyClock::now();
    return {std::move(response), false};
}

Client::Impl::Try Client::Impl::exchange(const Outgoing& request) {
    stream->allow(transferWithin, bytesPerSecond);
    const std::string head = headOf(request);
    const auto outcome = stream->writeAll(std::as_bytes(std::span(head)));
    Result<void> sent = outcome.io == Io::Ok ? sendBody(request) : failedTo("send the request", outcome);
    if (sent) return receive(request.answerWithin);
    if (sent.error().reason != "connection-lost") return {std::unexpected(sent.error()), false};
    // The server closed while we sent: it may have said why.
    Try answer = receive(Milliseconds(1000));
    stream.reset();
    if (answer.result) return answer;
    return {std::unexpected(sent.error()), answer.isUnheard};
}

Client::Client(Path socket) : m_impl(std::make_unique<Impl>(std::move(socket))) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

Result<Response> Client::send(const Outgoing& request) {
    auto& stream = m_impl->stream;
    if (stream && (stream->hasNews() || SteadyClock::now() - m_impl->usedAt > longestPause)) stream.reset();
    const bool isReused = stream.has_value();
    if (!isReused) CONTONE_CHECK(m_impl->connect());
    Impl::Try attempt = m_impl->exchange(request);
    if (!attempt.result && attempt.isUnheard && attempt.result.error().reason == "connection-lost" && isReused &&
        request.method == "GET") {
        CONTONE_CHECK(m_impl->connect());
        attempt = m_impl->exchange(request);
    }
    if (!attempt.result) stream.reset();
    return std::move(attempt.result);
}

}  // namespace contone::http
