// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One connection: Beast parses heads and chunks, everything that waits is SocketStream.
#include "core/http/connection_p.h"

#include <sys/socket.h>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>

#include "core/http/beast_stream_p.h"

namespace contone::http {
namespace {

namespace beast = boost::beast;
using Parser = beast::http::request_parser<beast::http::buffer_body>;

Peer peerOf(int fd) {
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0)
        return {0, static_cast<uid_t>(-1), static_cast<gid_t>(-1)};
    return {who.pid, who.uid, who.gid};
}

Error errorOf(const beast::error_code& ec) {
    using beast::http::error;
    if (ec == error::header_limit)
        return {Code::Invalid, "header-too-large", "This request is too large.", ec.message()};
    if (ec == error::body_limit) return {Code::Invalid, "body-too-large", "This request is too large.", ec.message()};
    if (ec == beast::error::timeout)
        return {Code::Unavailable, "request-slow", "The request took too long to arrive. Try again.", ec.message()};
    if (ec == boost::asio::error::operation_aborted)
        return {Code::Unavailable, "server-stopping", "The server is stopping. Try again.", ec.message()};
    if (ec == error::partial_message || ec == error::end_of_stream || ec == boost::asio::error::eof ||
        ec.category() == boost::system::system_category())
        return {Code::Unavailable, "request-cut", "The request broke off. Try again.", ec.message()};
    return {Code::Invalid, "bad-http", "This is not a request that can be understood.", ec.message()};
}

/// The bytes of a response; `keepAlive` false announces that we close.
std::string wireForm(const Response& response, bool keepAlive) {
    const auto phrase = beast::http::obsolete_reason(static_cast<beast::http::status>(response.status));
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(phrase) + "\r\n";
    text += "Content-Type: " + response.contentType + "\r\nContent-Length: " + std::to_string(response.body.size());
    text += keepAlive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    return text + response.body;
}

class ParsedBody final : public BodyReader {
  public:
    ParsedBody(SocketStream& stream, beast::flat_buffer& buffer, Parser& parser, const ServerLimits& limits)
        : m_stream(stream), m_buffer(buffer), m_parser(parser) {
        m_isAwaited = beast::iequals(parser.get()[beast::http::field::expect], "100-continue");
        m_stream.allow(limits.transfer, limits.bytesPerSecond);
    }

    Result<std::size_t> read(std::span<std::byte> into) override {
        if (m_failure) return fail(*m_failure);
        if (m_isAwaited && !m_parser.is_done()) {
            m_isAwaited = false;
            m_stream.writeAll(std::as_bytes(std::span(std::string_view("HTTP/1.1 100 Continue\r\n\r\n"))));
        }
        BeastStream stream(m_stream);
        while (!m_parser.is_done()) {
            auto& body = m_parser.get().body();
            body.data = into.data();
            body.size = into.size();
            beast::error_code ec;
            beast::http::read_some(stream, m_buffer, m_parser, ec);
            const std::size_t got = into.size() - body.size;
            if (ec && ec != beast::http::error::need_buffer) {
                m_failure = errorOf(ec);
                return fail(*m_failure);
            }
            if (got > 0) return got;
        }
        return std::size_t{0};
    }

  private:
    SocketStream& m_stream;
    beast::flat_buffer& m_buffer;
    Parser& m_parser;
    bool m_isAwaited = false;
    std::optional<Error> m_failure;
};

class Connection {
  public:
    Connection(FileDescriptor socket, const ConnectionSettings& settings)
        : m_settings(settings), m_peer(peerOf(socket.get())), m_stream(std::move(socket), settings.stopFd) {}

    void serve() {
        while (awaitRequest() && serveOne()) {
        }
    }

  private:
    bool awaitRequest() {
        if (m_buffer.size() > 0) return true;
        m_stream.allow(m_settings.limits.idle);
        return m_stream.waitReadable() == Io::Ok;
    }

    /// True when another request may follow.
    bool serveOne() {
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(m_settings.limits.headerBytes));
        parser.body_limit(m_settings.limits.bodyBytes);
        m_stream.allow(m_settings.limits.header);
        BeastStream stream(m_stream);
        beast::error_code ec;
        beast::http::read_header(stream, m_buffer, parser, ec);
        if (ec == beast::http::error::end_of_stream || ec == boost::asio::error::operation_aborted) return false;
        if (ec) return refuse(errorOf(ec));
        Request request;
        request.method = std::string(parser.get().method_string());
        request.peer = m_peer;
        request.contentType = std::string(parser.get()[beast::http::field::content_type]);
        auto target = parseTarget(std::string_view(parser.get().target().data(), parser.get().target().size()));
        if (!target) return refuse(target.error());
        request.target = std::move(*target);

        ParsedBody body(m_stream, m_buffer, parser, m_settings.limits);
        const auto began = std::chrono::steady_clock::now();
        const Response response = m_settings.handler.handle(request, body, m_settings.stopping);
        logRequest(request, response, std::chrono::steady_clock::now() - began);
        // A body that nobody read cannot be told from the next request: the connection ends with it.
        const bool keepAlive =
            parser.is_done() && parser.keep_alive() && request.method != "HEAD" && !m_settings.stopping.isCancelled();
        return answer(response, keepAlive) && keepAlive;
    }

    bool answer(const Response& response, bool keepAlive) {
        m_stream.allow(m_settings.limits.transfer, m_settings.limits.bytesPerSecond);
        const std::string text = wireForm(response, keepAlive);
        return m_stream.writeAll(std::as_bytes(std::span(text))).io == Io::Ok;
    }

    bool refuse(const Error& error) {
        m_settings.log.warning("http-refused", {{"reason", error.reason},
                                                {"detail", error.detail},
                                                {"uid", std::int64_t{m_peer.uid}},
                                                {"pid", std::int64_t{m_peer.pid}}});
        answer(m_settings.handler.failure(error), false);
        return false;
    }

    void logRequest(const Request& request, const Response& response, std::chrono::nanoseconds took) const {
        std::string path;
        for (const std::string& segment : request.target.segments) path += "/" + escaped(segment);
        const std::initializer_list<LogField> fields = {
            {"method", request.method},
            {"path", path},
            {"status", std::int64_t{response.status}},
            {"ms", std::int64_t{std::chrono::duration_cast<Milliseconds>(took).count()}},
            {"uid", std::int64_t{m_peer.uid}},
            {"pid", std::int64_t{m_peer.pid}}};
        // Lists and long polls come every second from every screen; what changes something must be traceable.
        if (request.method == "GET" && response.status < 400)
            m_settings.log.debug("http", fields);
        else
            m_settings.log.info("http", fields);
    }

    const ConnectionSettings& m_settings;
    Peer m_peer;
    SocketStream m_stream;
    beast::flat_buffer m_buffer;
};

}  // namespace

void serveConnection(FileDescriptor socket, const ConnectionSettings& settings) {
    Connection(std::move(socket), settings).serve();
}

void turnAway(FileDescriptor socket, const ConnectionSettings& settings) {
    const Error busy{Code::Unavailable, "server-busy", "The server has too many visitors. Try again in a moment.",
                     std::to_string(settings.limits.connections) + " connections"};
    settings.log.warning("http-busy", {{"uid", std::int64_t{peerOf(socket.get()).uid}}});
    const std::string text = wireForm(settings.handler.failure(busy), false);
    SocketStream(std::move(socket)).write(std::as_bytes(std::span(text)));
}

}  // namespace contone::http
