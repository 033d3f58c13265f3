// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sending requests and taking answers, on a connection that is kept.
#include "core/http/client.h"

#include <algorithm>
#include <charconv>

#include "core/http/connect_p.h"
#include "core/http/parser.h"

namespace contone::http {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;
using Outcome = SocketStream::Outcome;

constexpr std::size_t uploadPiece = 256 * 1024;
constexpr std::size_t answerPiece = 64 * 1024;
constexpr std::size_t largestHead = 64 * 1024;
constexpr int mostHeaders = 256;
/// An answer that came before a broken connection was noticed lies ready.
constexpr Milliseconds lastWords{1'000};
/// Far below the server's idle limit, so that it never closes just as we send.
constexpr std::chrono::seconds longestPause{20};

std::unexpected<Error> lost(std::string detail) {
    return fail(Code::Unavailable, "connection-lost",
                "The connection broke before the answer came. Look whether it was done before you try again.",
                std::move(detail));
}

std::unexpected<Error> badAnswer(std::string detail) {
    return fail(Code::Internal, "bad-answer", "The answer cannot be understood. Restart both programs.",
                std::move(detail));
}

std::string headOf(const Outgoing& request, const std::string& host) {
    std::string head = request.method + " " + request.target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    for (const Header& header : request.headers) head += header.name + ": " + header.value + "\r\n";
    const bool hasBody =
        request.upload || !request.body.empty() || (request.method != "GET" && request.method != "HEAD");
    if (!hasBody) return head + "\r\n";
    head += "Content-Type: " + request.contentType + "\r\n";
    if (request.upload && !request.upload->bytes) return head + "Transfer-Encoding: chunked\r\n\r\n";
    const std::uint64_t bytes = request.upload ? request.upload->bytes.value_or(0) : request.body.size();
    return head + "Content-Length: " + std::to_string(bytes) + "\r\n\r\n";
}

std::string hostOf(const Address& address) {
    const auto* server = std::get_if<TcpAddress>(&address);
    if (server == nullptr) return "localhost";
    const bool isV6 = server->host.find(':') != std::string::npos;
    return (isV6 ? "[" + server->host + "]" : server->host) + ":" + std::to_string(server->port);
}

}  // namespace

struct Client::Impl {
    /// How a try ended; `isUnheard`: not one byte of an answer came.
    struct Try {
        Result<Response> result;
        bool isUnheard = false;
    };
    enum class Sent { All, Interrupted };

    explicit Impl(Address theAddress) : address(std::move(theAddress)), host(hostOf(address)) {}

    Result<void> connect(const Outgoing& request);
    Try exchange(const Outgoing& request);
    Result<void> write(std::string_view what, std::span<const std::byte> bytes);
    Result<Sent> sendBody(const Outgoing& request);
    Result<Sent> sendUpload(const Upload& upload);
    Try receive(const Outgoing& request, Milliseconds answerWithin);
    /// More bytes to `in`. False when the server sends no more.
    Result<bool> readMore();
    Result<void> readHead(std::unique_ptr<ResponseParser>& parser, const Outgoing& request);
    Result<void> readBody(ResponseParser& parser, const Outgoing& request, Response& response);
    std::unexpected<Error> failedTo(std::string_view what, const Outcome& outcome);

    const Address address;
    const std::string host;
    std::shared_ptr<TlsContext> tls;
    std::unique_ptr<SocketStream> stream;
    std::string in;  ///< read and not parsed
    SteadyClock::time_point usedAt;
};

std::unexpected<Error> Client::Impl::failedTo(std::string_view what, const Outcome& outcome) {
    if (outcome.end == Waited::Cancelled) return fail(Code::Cancelled, "cancelled", "This was stopped.");
    if (outcome.end == Waited::TimedOut)
        return fail(Code::Unavailable, "server-slow", "The answer did not come in time. Try again.", std::string(what));
    const std::string detail = std::string(what) + ": " + (outcome.why.empty() ? "closed" : outcome.why);
    // TLS 1.3 tells a client that its certificate is not accepted only after the handshake.
    if (stream && stream->bytes().isTls() && stream->bytes().tls()->isRejected())
        return fail(Code::Denied, "server-denied", "You may not use this server. Ask its owner for access.", detail);
    return lost(detail);
}

Result<void> Client::Impl::connect(const Outgoing& request) {
    in.clear();
    auto connected = connectTo(address, tls, request.connectWithin, request.cancel);
    if (!connected) return std::unexpected(connected.error());
    stream = std::make_unique<SocketStream>(std::move(*connected));
    return {};
}

Result<void> Client::Impl::write(std::string_view what, std::span<const std::byte> bytes) {
    const Outcome outcome = stream->writeAll(bytes);
    if (outcome.end != Waited::Ok) return failedTo(what, outcome);
    return {};
}

Result<Client::Impl::Sent> Client::Impl::sendBody(const Outgoing& request) {
    if (request.upload) return sendUpload(*request.upload);
    CONTONE_CHECK(write("send the body", std::as_bytes(std::span(request.body))));
    return Sent::All;
}

Result<Client::Impl::Sent> Client::Impl::sendUpload(const Upload& upload) {
    // Room for the size of a chunk in front of the piece, and the end of its line behind.
    constexpr std::size_t margin = 16;
    Bytes piece(margin + uploadPiece + 2);
    const bool isChunked = !upload.bytes;
    const std::uint64_t whole = upload.bytes.value_or(0);
    for (std::uint64_t done = 0; isChunked || done < whole;) {
        if (stream->bytes().hasNews()) return Sent::Interrupted;
        const std::size_t want = isChunked ? uploadPiece : std::min<std::uint64_t>(uploadPiece, whole - done);
        CONTONE_TRY(const std::size_t got, upload.read({piece.data() + margin, want}));
        if (got == 0 && isChunked) break;
        if (got == 0) return fail(Code::Internal, "upload-short", "The photo could not be sent to its end. Try again.");
        done += got;
        std::size_t begin = margin, end = margin + got;
        if (isChunked) {
            char size[margin];
            char* last = std::to_chars(size, size + sizeof size - 2, got, 16).ptr;
            *last++ = '\r';
            *last++ = '\n';
            begin -= static_cast<std::size_t>(last - size);
            std::copy(size, last, reinterpret_cast<char*>(piece.data()) + begin);
            piece[end++] = std::byte{'\r'};
            piece[end++] = std::byte{'\n'};
        }
        CONTONE_CHECK(write("send the file", std::span(piece).subspan(begin, end - begin)));
    }
    if (isChunked) CONTONE_CHECK(write("send the file", std::as_bytes(std::span(std::string_view("0\r\n\r\n")))));
    return Sent::All;
}

Result<bool> Client::Impl::readMore() {
    const std::size_t before = in.size();
    in.resize(before + answerPiece);
    const Outcome outcome = stream->read(std::as_writable_bytes(std::span(in)).subspan(before));
    in.resize(before + outcome.bytes);
    if (outcome.end == Waited::Eof) return false;
    if (outcome.end != Waited::Ok) return failedTo("read the answer", outcome);
    return true;
}

Result<void> Client::Impl::readHead(std::unique_ptr<ResponseParser>& parser, const Outgoing& request) {
    const ParseLimits limits{largestHead, mostHeaders, request.download ? ~std::uint64_t{0} : request.mostAnswer};
    const AnswerTo to = request.method == "HEAD" ? AnswerTo::Head : AnswerTo::Other;
    for (;;) {
        if (!parser) parser = std::make_unique<ResponseParser>(limits, to);
        const auto parsed = parser->takeHead(in);
        if (!parsed) return badAnswer(parsed.error().detail);
        in.erase(0, parsed->taken);
        if (parser->hasHead() && parser->status() / 100 != 1) return {};
        if (parser->hasHead()) {
            parser.reset();  // 100 Continue and its like announce the answer
            continue;
        }
        CONTONE_TRY(const bool isMore, readMore());
        if (!isMore) return lost("read the answer: closed");
    }
}

Result<void> Client::Impl::readBody(ResponseParser& parser, const Outgoing& request, Response& response) {
    const bool isDownload = request.download && response.status / 100 == 2;
    Bytes piece(answerPiece);
    while (!parser.isDone()) {
        const auto parsed = parser.takeBody(in, piece);
        if (!parsed) return badAnswer(parsed.error().detail);
        in.erase(0, parsed->taken);
        const auto bytes = std::span<const std::byte>(piece).first(parsed->produced);
        if (isDownload) {
            if (!bytes.empty()) CONTONE_CHECK(request.download(bytes));
        } else {
            response.body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
            if (response.body.size() > request.mostAnswer) return badAnswer("larger than allowed");
        }
        if (parser.isDone() || parsed->taken > 0 || parsed->produced > 0) continue;
        CONTONE_TRY(const bool isMore, readMore());
        if (!isMore && !parser.close()) return lost("read the answer: closed");
    }
    return {};
}

Client::Impl::Try Client::Impl::receive(const Outgoing& request, Milliseconds answerWithin) {
    stream->allow(answerWithin, 1 << 30);
    if (const Outcome outcome = stream->waitReadable(); outcome.end != Waited::Ok)
        return {failedTo("wait for the answer", outcome), true};
    stream->allow(request.progressWithin, request.bytesPerSecond);
    std::unique_ptr<ResponseParser> parser;
    if (auto head = readHead(parser, request); !head)
        return {std::unexpected(std::move(head).error()), in.empty() && !(parser && parser->hasBegun())};
    Response response{parser->status()};
    response.headers = parser->headers();
    response.contentType = std::string(headerIn(response.headers, "Content-Type"));
    if (auto body = readBody(*parser, request, response); !body) return {std::unexpected(std::move(body).error())};
    if (!parser->keepAlive() || !in.empty()) stream.reset();
    usedAt = SteadyClock::now();
    return {std::move(response)};
}

Client::Impl::Try Client::Impl::exchange(const Outgoing& request) {
    stream->allow(request.progressWithin, request.bytesPerSecond);
    stream->cancelBy(request.cancel);
    const std::string head = headOf(request, host);
    Result<Sent> sent = Sent::All;
    if (auto begun = write("send the request", std::as_bytes(std::span(head))); !begun)
        sent = std::unexpected(std::move(begun).error());
    else
        sent = sendBody(request);
    if (sent && *sent == Sent::All) return receive(request, request.answerWithin);
    if (!sent && sent.error().reason != "connection-lost") return {std::unexpected(sent.error())};
    // The server answered, or closed, while we sent: it may have said why.
    Try answer = receive(request, lastWords);
    stream.reset();
    if (answer.result || sent || !answer.isUnheard) return answer;
    return {std::unexpected(sent.error()), true};
}

Client::Client(Address address) : m_impl(std::make_unique<Impl>(std::move(address))) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

Result<Response> Client::send(const Outgoing& request) {
    auto& stream = m_impl->stream;
    if (stream && (stream->bytes().hasNews() || SteadyClock::now() - m_impl->usedAt > longestPause)) stream.reset();
    const bool isReused = stream != nullptr;
    if (!isReused) CONTONE_CHECK(m_impl->connect(request));
    Impl::Try attempt = m_impl->exchange(request);
    if (!attempt.result && attempt.isUnheard && attempt.result.error().reason == "connection-lost" && isReused &&
        request.method == "GET") {
        CONTONE_CHECK(m_impl->connect(request));
        attempt = m_impl->exchange(request);
    }
    if (!attempt.result) stream.reset();
    return std::move(attempt.result);
}

}  // namespace contone::http
