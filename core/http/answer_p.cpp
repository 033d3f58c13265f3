// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Heads, chunks, and where the body comes from.
#include "core/http/answer_p.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <utility>

#include "core/http/event_stream_p.h"

namespace contone::http {
namespace {

/// A body up to this size goes out with its head in one piece.
constexpr std::size_t smallBody = 16 * 1024;

bool isPlain(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool hasBody(int status) {
    return status >= 200 && status != 204 && status != 304;
}

}  // namespace

const char* phraseOf(int status) {
    static constexpr std::pair<int, const char*> phrases[] = {{200, "OK"},
                                                              {201, "Created"},
                                                              {202, "Accepted"},
                                                              {204, "No Content"},
                                                              {206, "Partial Content"},
                                                              {301, "Moved Permanently"},
                                                              {302, "Found"},
                                                              {303, "See Other"},
                                                              {304, "Not Modified"},
                                                              {400, "Bad Request"},
                                                              {401, "Unauthorized"},
                                                              {403, "Forbidden"},
                                                              {404, "Not Found"},
                                                              {405, "Method Not Allowed"},
                                                              {408, "Request Timeout"},
                                                              {409, "Conflict"},
                                                              {410, "Gone"},
                                                              {412, "Precondition Failed"},
                                                              {413, "Payload Too Large"},
                                                              {415, "Unsupported Media Type"},
                                                              {416, "Range Not Satisfiable"},
                                                              {422, "Unprocessable Entity"},
                                                              {429, "Too Many Requests"},
                                                              {431, "Request Header Fields Too Large"},
                                                              {500, "Internal Server Error"},
                                                              {501, "Not Implemented"},
                                                              {503, "Service Unavailable"}};
    for (const auto& [number, phrase] : phrases)
        if (number == status) return phrase;
    return "";
}

/// A read of the source that is on its way, or its outcome.
struct Answer::Pull {
    explicit Pull(BodySource theSource) : source(std::move(theSource)) {}
    BodySource source;
    // The pool's while isBusy, else the loop's.
    std::string piece;
    std::optional<Error> failure;
    std::size_t want = 0;
    std::atomic<bool> isBusy{false};
    bool isStarted = false;
};

Answer::Answer(Response response, AnswerForm form, Pool& readers, std::function<void()> wake)
    : m_response(std::move(response)), m_form(form), m_readers(readers), m_wake(std::move(wake)) {
    if (m_response.source) m_pull = std::make_shared<Pull>(std::move(*m_response.source));
    if (m_response.events) {
        m_events = m_response.events->state();
        m_events->attach(m_wake);
    }
    m_response.source.reset();
    m_response.events.reset();  // ours was the last copy if nobody else can send
    chooseFraming();
}

Answer::~Answer() {
    if (!m_events) return;
    m_events->attach(nullptr);
    m_events->end();
}

void Answer::chooseFraming() {
    if (!hasBody(m_response.status)) return;
    if (!m_events && (!m_pull || m_pull->source.bytes))
        m_framing = Framing::Length;
    else
        m_framing = m_form.isHttp10 ? Framing::Close : Framing::Chunks;
    if (m_framing == Framing::Close) m_form.keepAlive = false;
}

std::string Answer::head() const {
    std::string text = "HTTP/1.1 " + std::to_string(m_response.status) + " " + phraseOf(m_response.status) + "\r\n";
    if (m_framing != Framing::None && isPlain(m_response.contentType))
        text += "Content-Type: " + m_response.contentType + "\r\n";
    for (const Header& header : m_response.headers)
        if (isPlain(header.name) && isPlain(header.value)) text += header.name + ": " + header.value + "\r\n";
    if (m_framing == Framing::Length) {
        const std::uint64_t bytes = m_pull ? m_pull->source.bytes.value_or(0) : m_response.body.size();
        text += "Content-Length: " + std::to_string(bytes) + "\r\n";
    } else if (m_framing == Framing::Chunks) {
        text += "Transfer-Encoding: chunked\r\n";
    }
    if (!m_form.keepAlive)
        text += "Connection: close\r\n";
    else if (m_form.isHttp10)
        text += "Connection: keep-alive\r\n";
    return text + "\r\n";
}

void Answer::frame(std::string& out, std::string_view bytes) {
    if (!m_hasBegun) {
        out = head();
        m_hasBegun = true;
    }
    if (bytes.empty()) return;
    if (m_framing != Framing::Chunks) {
        out += bytes;
        return;
    }
    char size[20];
    const auto end = std::to_chars(size, size + sizeof size, bytes.size(), 16).ptr;
    out.append(size, end).append("\r\n").append(bytes).append("\r\n");
}

void Answer::finish(std::string& out) {
    frame(out, {});
    if (m_framing == Framing::Chunks) out += "0\r\n\r\n";
    m_isDone = true;
}

Answer::Next Answer::next(std::string& out) {
    out.clear();
    if (m_isDone) return Next::Done;
    if (m_form.isHead || m_framing == Framing::None) {
        frame(out, {});
        m_isDone = true;
        return Next::Piece;
    }
    if (m_pull) return nextOfSource(out);
    if (m_events) return nextOfEvents(out);
    if (!m_hasBegun && m_response.body.size() > smallBody) {
        frame(out, {});
        return Next::Piece;
    }
    if (m_hasBegun)
        out = std::move(m_response.body);
    else
        frame(out, m_response.body);
    m_isDone = true;
    return Next::Piece;
}

void Answer::startPull() {
    const auto& whole = m_pull->source.bytes;
    m_pull->want = whole ? static_cast<std::size_t>(std::min<std::uint64_t>(pieceBytes, *whole - m_sent)) : pieceBytes;
    m_pull->isStarted = true;
    m_pull->isBusy = true;
    m_readers.run(Pool::Kind::Brief, [pull = m_pull, wake = m_wake] {
        try {
            pull->piece.resize(pull->want);
            const auto got = pull->source.read(std::as_writable_bytes(std::span(pull->piece)));
            if (got)
                pull->piece.resize(std::min(*got, pull->want));
            else
                pull->failure = got.error();
        } catch (const std::exception& e) {
            pull->failure = Error{Code::Internal, "handler-failed", "", e.what()};
        } catch (...) {
            pull->failure = Error{Code::Internal, "handler-failed", "", "an exception that is no std::exception"};
        }
        pull->isBusy = false;
        wake();
    });
}

Answer::Next Answer::nextOfSource(std::string& out) {
    const std::optional<std::uint64_t>& wholeBytes = m_pull->source.bytes;
    const bool isWhole = wholeBytes && m_sent == *wholeBytes;
    if (!isWhole && !m_pull->isStarted) {
        startPull();
        return Next::Later;
    }
    if (!isWhole && m_pull->isBusy) return Next::Later;
    if (const auto& failure = m_pull->failure) {
        m_failure = *failure;
        return Next::Broken;
    }
    if (isWhole) {
        finish(out);
        return out.empty() ? Next::Done : Next::Piece;
    }
    const std::string piece = std::exchange(m_pull->piece, {});
    m_pull->isStarted = false;
    m_sent += piece.size();
    if (piece.empty()) {
        if (wholeBytes) {
            m_failure = {Code::Internal, "source-short", "The file became shorter while it was sent. Try again.",
                         std::to_string(m_sent) + " of " + std::to_string(*wholeBytes) + " bytes"};
            return Next::Broken;
        }
        finish(out);
        return out.empty() ? Next::Done : Next::Piece;
    }
    frame(out, piece);
    return Next::Piece;
}

Answer::Next Answer::nextOfEvents(std::string& out) {
    std::string waiting;
    const bool isLast = m_events->take(waiting);
    if (waiting.empty() && m_hasBegun && !isLast) return Next::Later;
    frame(out, waiting);
    if (isLast) finish(out);
    return out.empty() ? Next::Done : Next::Piece;
}

void Answer::endEvents() {
    if (m_events) m_events->end();
}

}  // namespace contone::http
