// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A connection's phases, what each waits for and how long, and its end.
#include "core/http/connection_p.h"

#include <algorithm>
#include <utility>

namespace contone::http {
namespace {

/// A client is served this often in a row before the others get their turn.
constexpr int stepsInARow = 64;
constexpr std::size_t headPiece = 4 * 1024;
/// How long at stop a client that has connected may take to send its request or the rest of its head, or to leave.
constexpr Milliseconds lastArrivals{250};
/// How long a client that was refused may go on sending what nobody reads, so that it comes to read its answer.
constexpr Milliseconds linger{1'000};
/// How long a client that is turned away may take for all of it.
constexpr Milliseconds dismissal{2'000};

}  // namespace

/// Wakes a connection from other threads; outlives it and the server.
struct Connection::Waker {
    std::shared_ptr<Loop> loop;
    std::function<void()> task;  ///< made once: waking needs no memory of ours
    std::atomic<bool> isWoken{false};
};

Connection::Connection(ServerCore& core, FileDescriptor socket, Peer peer, TlsContext* tls,
                       std::optional<Error> refusal)
    : m_core(core),
      m_peer(std::move(peer)),
      m_stream(std::move(socket)),
      m_refusal(std::move(refusal)),
      m_timer(*core.loop) {
    if (tls != nullptr) m_stream.startTls(tls->accept(m_stream.fd()));
    m_watch = std::make_unique<Watch>(*core.loop, m_stream.fd());
}

void Connection::start() {
    m_waker = std::make_shared<Waker>();
    m_waker->loop = m_core.loop;
    m_waker->task = [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->m_waker->isWoken = false;
        self->advance();
    };
    m_wake = [waker = m_waker] {
        if (!waker->isWoken.exchange(true)) waker->loop->post(waker->task);
    };
    m_since = SteadyClock::now();
    advance();
}

void Connection::advance() {
    if (m_phase == Phase::Closed) return;
    const auto self = shared_from_this();
    m_wantsReadable = m_wantsWritable = false;
    try {
        for (int i = 0; m_phase != Phase::Closed && step(); ++i) {
            if (i < stepsInARow) continue;
            m_wake();
            break;
        }
        if (m_phase != Phase::Closed) wait();
    } catch (const std::exception& e) {  // no memory for this client: the others go on
        m_core.log.error("http-connection", {{"detail", e.what()}});
        close();
    }
}

bool Connection::step() {
    switch (m_phase) {
        case Phase::Handshake:
            return stepHandshake();
        case Phase::Head:
            return stepHead();
        case Phase::Exchange: {
            const bool hasRead = stepBody();
            if (m_phase != Phase::Exchange) return true;
            return stepAnswer() || hasRead;
        }
        case Phase::Leaving:
            return stepLeaving();
        case Phase::Closed:
            break;
    }
    return false;
}

void Connection::wait() {
    const auto again = [self = shared_from_this()] { self->advance(); };
    if (m_wantsReadable) m_watch->onceReadable(again);
    if (m_wantsWritable) m_watch->onceWritable(again);
    if (m_isHalfClosed && m_phase == Phase::Exchange) m_watch->onceHungUp(again);
    // A timer that is set too early looks again; so most steps of a busy connection leave it alone.
    const auto due = deadline();
    if (due >= m_timerAt) return;
    m_timerAt = due;
    m_timer.at(due, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->onTimer();
    });
}

SteadyClock::time_point Connection::deadline() const {
    const auto& limits = m_core.limits;
    if (isTurnedAway()) return m_since + dismissal;
    auto due = SteadyClock::time_point::max();
    const auto orAt = [&due](SteadyClock::time_point time) { due = std::min(due, time); };
    const bool hasHeadBegun = m_parser || !m_in.empty();
    switch (m_phase) {
        case Phase::Handshake:
            orAt(m_since + limits.firstByte);
            break;
        case Phase::Head:
            orAt(hasHeadBegun ? m_headSince + limits.header
                              : m_since + (m_served > 0 ? limits.idle : limits.firstByte));
            break;
        case Phase::Exchange:
            orAt(m_bodyBudget.end());
            orAt(m_writeBudget.end());
            if (m_exchange && !m_answer) orAt(m_exchange->deadline());
            if (m_core.isStopping && m_answer) orAt(std::max(m_core.stopAt, m_answerSince) + limits.farewell);
            break;
        case Phase::Leaving:
            orAt(m_since + linger);
            break;
        case Phase::Closed:
            break;
    }
    if (!m_core.isStopping) return due;
    const Milliseconds brief = std::min(lastArrivals, limits.farewell);
    if (m_phase == Phase::Handshake) orAt(m_core.stopAt + limits.farewell);
    if (m_phase == Phase::Head) orAt(m_core.stopAt + brief);
    if (m_phase == Phase::Leaving) orAt(std::max(m_core.stopAt, m_since) + brief);
    return due;
}

void Connection::onTimer() {
    m_timerAt = SteadyClock::time_point::max();
    if (m_phase == Phase::Closed) return;
    const auto self = shared_from_this();
    try {
        if (SteadyClock::now() >= deadline()) onDeadline();
    } catch (const std::exception& e) {
        m_core.log.error("http-connection", {{"detail", e.what()}});
        close();
    }
    advance();
}

void Connection::onDeadline() {
    const Error slow{Code::Unavailable, "request-slow", "The request took too long to arrive. Try again."};
    if (m_phase == Phase::Head && (m_parser || !m_in.empty()) && !isTurnedAway()) {
        refuse(m_core.isStopping ? stopping() : slow);
        return;
    }
    if (m_phase != Phase::Exchange || isTurnedAway()) {
        close();
        return;
    }
    const auto now = SteadyClock::now();
    if (m_exchange && !m_answer && now >= m_exchange->deadline()) {
        endWith(End::TimedOut);
    } else if (m_exchange && now >= m_bodyBudget.end()) {
        breakBody(slow);
    } else {
        m_core.log.warning("http-answer-slow", {{"detail", "the client did not take its answer in time"}});
        close();
    }
}

Io Connection::note(const IoOutcome& outcome) {
    if (outcome.io == Io::WantRead) m_wantsReadable = true;
    if (outcome.io == Io::WantWrite) m_wantsWritable = true;
    return outcome.io;
}

Io Connection::readMore(std::size_t most) {
    const auto room = std::span(m_core.scratch).first(std::min(most, m_core.scratch.size()));
    const IoOutcome outcome = m_stream.read(room);
    if (outcome.io == Io::Ok) m_in.append(reinterpret_cast<const char*>(room.data()), outcome.bytes);
    return note(outcome);
}

bool Connection::stepHandshake() {
    const IoOutcome outcome = m_stream.handshake();
    switch (note(outcome)) {
        case Io::Ok:
            break;
        case Io::WantRead:
        case Io::WantWrite:
            return false;
        case Io::Eof:
        case Io::Failed:
            m_core.log.warning("http-handshake", {{"client", m_peer.address}, {"detail", outcome.why}});
            // Its first request may be on the way: it must read the alert that says why before it is reset.
            m_stream.shutdownWrite();
            m_phase = Phase::Leaving;
            m_since = SteadyClock::now();
            return true;
    }
    if (m_stream.tls() != nullptr) m_peer.certificate = m_stream.tls()->certificate();
    m_phase = Phase::Head;
    return m_refusal ? refuse(*m_refusal) : true;
}

bool Connection::stepHead() {
    if (!m_in.empty()) {
        if (!m_parser) {
            const ServerLimits& limits = m_core.limits;
            m_parser =
                std::make_unique<RequestParser>(ParseLimits{limits.headerBytes, limits.headerFields, limits.bodyBytes});
            m_headSince = SteadyClock::now();
        }
        const auto parsed = m_parser->takeHead(m_in);
        if (!parsed) return refuse(parsed.error());
        m_in.erase(0, parsed->taken);
        if (m_parser->hasHead()) return beginExchange();
    }
    switch (readMore(headPiece)) {
        case Io::Ok:
            return true;
        case Io::WantRead:
        case Io::WantWrite:
            // Who has had an answer and asks nothing now does not wait for us.
            if (m_core.isStopping && m_served > 0 && !m_parser && m_in.empty()) close();
            return false;
        case Io::Eof:
            if (m_parser || !m_in.empty())
                return refuse({Code::Unavailable, "request-cut", "The request broke off. Try again.", "closed"});
            break;
        case Io::Failed:
            break;
    }
    close();
    return true;
}

bool Connection::beginExchange() {
    auto request = m_parser->request();
    if (!request) return refuse(request.error());
    if (m_core.isStopping) return refuse(stopping());
    request->peer = m_peer;
    m_form = {request->method == "HEAD", m_parser->isHttp10(), true};
    m_isBodyHeldBack = !m_parser->isDone() && m_parser->expectsContinue();
    m_exchange = std::make_shared<Exchange>(std::move(*request), m_isBodyHeldBack, m_wake);
    m_bodyBudget = m_writeBudget = Budget(m_core.limits.transfer, m_core.limits.bytesPerSecond);
    m_phase = Phase::Exchange;
    m_since = SteadyClock::now();
    // A small body is awaited here, where that costs no thread; then the handler starts.
    if (m_parser->isDone()) completeBody();
    if (m_isBodyHeldBack) dispatch(Pool::Kind::Streaming);
    return true;
}

bool Connection::stepLeaving() {
    switch (note(m_stream.discard(m_core.scratch))) {
        case Io::Ok:
            return true;
        case Io::WantRead:
        case Io::WantWrite:
            return false;
        case Io::Eof:
        case Io::Failed:
            break;
    }
    close();
    return true;
}

void Connection::stop() {
    const auto self = shared_from_this();
    if (m_exchange && m_phase == Phase::Exchange) {
        m_exchange->cancelled.cancel();
        if (!m_isBodyDone && !m_answer) {
            m_exchange->failBody(stopping());
            m_isBodyBroken = true;
            m_bodyBudget.pause(SteadyClock::now());
        }
        if (m_answer) m_answer->endEvents();
    }
    advance();
}

void Connection::close() {
    if (m_phase == Phase::Closed) return;
    const auto self = shared_from_this();
    m_phase = Phase::Closed;
    m_timer.clear();
    m_watch.reset();
    m_stream.hangUp();
    if (m_exchange) {
        m_exchange->end(End::ClientLeft);
        m_exchange->close();
        m_exchange.reset();
    }
    m_answer.reset();
    m_core.forget(*this);
}

}  // namespace contone::http
