// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The part of a connection that carries one request: its body in, its answer out, both as fast as the slower side.
#include <utility>

#include "core/http/connection_p.h"

namespace contone::http {
namespace {

/// What a client may send ahead while it waits; with more it is no longer watched, only answered.
constexpr std::size_t mostPipelined = 16 * 1024;
constexpr std::size_t watchPiece = 4 * 1024;
constexpr std::size_t keptOut = 4 * 1024;

Error cut(std::string detail) {
    return {Code::Unavailable, "request-cut", "The request broke off. Try again.", std::move(detail)};
}

}  // namespace

/// Gives the request to the handler's threads.
void Connection::dispatch(Pool::Kind kind) {
    m_isDispatched = true;
    const auto job = [&core = m_core, exchange = m_exchange] {
        if (!exchange->beginHandler()) return;
        const auto failed = [&](const char* what) {
            core.log.error("http-handler", {{"detail", what}});
            try {
                exchange->answer(
                    core.failure({Code::Internal, "handler-failed",
                                  "Something went wrong inside the server. Try again; its log says more.", what}));
            } catch (const std::bad_alloc&) {
                return;  // nobody can answer any more: the connection sees that, and says so
            }
        };
        try {
            core.handler.serve(exchange->request, *exchange, Responder(exchange));
        } catch (const std::exception& e) {
            failed(e.what());
        } catch (...) {
            failed("an exception that is no std::exception");
        }
        exchange->endHandler();
    };
    try {
        m_core.handlers.run(kind, job);
    } catch (const std::exception& e) {
        if (m_exchange->claim()) begin(m_core.failure(busy(e.what())));
    }
}

bool Connection::stepBody() {
    if (!m_exchange || m_isBodyBroken) return false;
    if (m_isBodyDone) return watchForLeaving();
    if (m_answer) return false;  // nobody reads the rest
    if (m_isBodyHeldBack && m_exchange->takeBodyWanted()) {
        m_isBodyHeldBack = false;
        m_out = "HTTP/1.1 100 Continue\r\n\r\n";
        m_outAt = 0;
    }
    const auto now = SteadyClock::now();
    if (m_exchange->bodyRoom() == 0) {
        m_bodyBudget.pause(now);
        if (!m_isDispatched) dispatch(Pool::Kind::Streaming);
        return false;
    }
    if (!m_in.empty()) {
        const std::size_t before = m_in.size();
        takeBody();
        if (m_isBodyDone || m_isBodyBroken || m_in.size() < before) return true;
    }
    switch (readMore(m_core.scratch.size())) {
        case Io::Ok:
            return true;
        case Io::WantRead:
        case Io::WantWrite:
            if (!m_isBodyHeldBack) m_bodyBudget.run(now);
            return false;
        case Io::Eof:
            m_isHalfClosed = true;
            breakBody(cut("closed"));
            return true;
        case Io::Failed:
            close();
            return true;
    }
    return false;
}

/// From m_in to the exchange, as far as there is room.
void Connection::takeBody() {
    const auto room = std::span(m_core.bodyScratch).first(m_exchange->bodyRoom());
    const auto parsed = m_parser->takeBody(m_in, room);
    if (!parsed) {
        breakBody(parsed.error());
        return;
    }
    m_in.erase(0, parsed->taken);
    m_bodyBudget.earn(parsed->produced, SteadyClock::now());
    if (parsed->produced > 0) m_exchange->putBody(room.first(parsed->produced));
    if (m_parser->isDone()) completeBody();
}

void Connection::completeBody() {
    m_isBodyDone = true;
    m_wantsKeepAlive = m_parser->keepAlive();
    m_parser.reset();  // a client that waits long costs less without it
    if (m_in.empty()) m_in.shrink_to_fit();
    m_bodyBudget.pause(SteadyClock::now());
    m_exchange->finishBody();
    if (!m_isDispatched) dispatch(Pool::Kind::Brief);
}

/// The body will not become whole. The handler is told where it reads, and says so in its own way.
void Connection::breakBody(const Error& error) {
    m_isBodyBroken = true;
    m_bodyBudget.pause(SteadyClock::now());
    m_exchange->failBody(error);
    if (!m_isDispatched && m_exchange->claim()) refuse(error);
}

/// While the answer is on its way there is nothing to read but the next request, and the news that the client left.
bool Connection::watchForLeaving() {
    if (m_isHalfClosed || m_in.size() >= mostPipelined) return false;
    switch (readMore(watchPiece)) {
        case Io::Ok:
            return true;
        case Io::WantRead:
        case Io::WantWrite:
            return false;
        case Io::Eof:
            m_isHalfClosed = true;
            // By TCP nobody can tell a client that sends no more from one that left; most often it has left.
            if (m_peer.transport != Transport::Unix) m_exchange->cancelled.cancel();
            return true;
        case Io::Failed:
            break;
    }
    close();
    return true;
}

bool Connection::stepAnswer() {
    if (m_outAt < m_out.size()) return writeSome();
    if (!m_answer) return m_exchange && stepUnanswered();
    m_writeBudget.pause(SteadyClock::now());
    m_outAt = 0;
    switch (m_answer->next(m_out)) {
        case Answer::Next::Piece:
            return true;
        case Answer::Next::Later: {
            const bool isListening = m_peer.transport == Transport::Unix || !m_answer->hasEvents();
            if (!m_isHalfClosed || (isListening && !m_stream.isHungUp())) return false;
            close();
            return true;
        }
        case Answer::Next::Done:
            finish();
            return true;
        case Answer::Next::Broken:
            break;
    }
    m_core.log.error("http-body", m_answer->failure());
    if (m_answer->hasBegun())
        close();  // the client sees a body that is cut
    else
        begin(m_core.failure(m_answer->failure()));
    return true;
}

bool Connection::stepUnanswered() {
    if (auto answer = m_exchange->takeAnswer()) {
        begin(std::move(*answer));
        return true;
    }
    const auto stage = m_exchange->stage();
    if (m_isHalfClosed) {
        const bool hasLeft = m_peer.transport != Transport::Unix && stage == Exchange::Stage::Returned;
        if (hasLeft || m_stream.isHungUp()) {
            close();
            return true;
        }
    }
    if (m_exchange->isAbandoned() && m_exchange->claim()) {
        begin(m_core.failure({Code::Internal, "handler-silent",
                              "Something went wrong inside the server. Try again; its log says more.",
                              "nobody can answer any more"}));
        return true;
    }
    if (!m_core.isStopping || stage == Exchange::Stage::Running) return false;
    endWith(End::Stopping);
    return true;
}

void Connection::endWith(End why) {
    m_exchange->end(why);
    if (!m_exchange->claim()) return;  // who was told has answered
    auto otherwise = m_exchange->takeOtherwise();
    begin(otherwise ? std::move(*otherwise) : m_core.failure(stopping()));
}

bool Connection::refuse(const Error& error) {
    m_core.log.warning("http-refused", {{"reason", error.reason},
                                        {"detail", error.detail},
                                        {"uid", std::int64_t{static_cast<std::int32_t>(m_peer.uid)}},
                                        {"pid", std::int64_t{m_peer.pid}},
                                        {"client", m_peer.address}});
    m_isBodyBroken = true;  // and with it the connection: what follows cannot be told from the next request
    m_phase = Phase::Exchange;
    begin(m_core.failure(error));
    return true;
}

void Connection::begin(Response response) {
    m_form.keepAlive = m_isBodyDone && m_wantsKeepAlive && !m_isBodyBroken && !m_isHalfClosed && !m_core.isStopping;
    m_answer = std::make_unique<Answer>(std::move(response), m_form, m_core.readers, m_wake);
    if (m_core.isStopping) m_answer->endEvents();
    m_writeBudget = Budget(m_core.limits.transfer, m_core.limits.bytesPerSecond);
    m_bodyBudget.pause(SteadyClock::now());
    m_answerSince = SteadyClock::now();
}

bool Connection::writeSome() {
    const IoOutcome outcome = m_stream.write(std::as_bytes(std::span(m_out).subspan(m_outAt)));
    const auto now = SteadyClock::now();
    switch (note(outcome)) {
        case Io::Ok:
            break;
        case Io::WantRead:
        case Io::WantWrite:
            m_writeBudget.run(now);
            return false;
        case Io::Eof:
        case Io::Failed:
            close();
            return true;
    }
    m_writeBudget.earn(outcome.bytes, now);
    m_writeBudget.pause(now);
    m_outAt += outcome.bytes;
    if (m_outAt < m_out.size()) return true;
    m_outAt = 0;
    m_out.clear();
    if (m_out.capacity() > keptOut) m_out.shrink_to_fit();
    return true;
}

/// All of the answer is written.
void Connection::finish() {
    if (m_exchange) {
        logRequest();
        m_exchange->close();
        m_exchange.reset();
    }
    const bool keepAlive = m_answer->keepAlive();
    m_answer.reset();
    m_bodyBudget.pause(SteadyClock::now());
    m_writeBudget.pause(SteadyClock::now());
    if (!keepAlive) {
        leave();
        return;
    }
    m_parser.reset();
    m_isDispatched = m_isBodyDone = m_isBodyHeldBack = false;
    ++m_served;
    m_phase = Phase::Head;
    m_since = m_headSince = SteadyClock::now();
    if (m_in.empty()) m_in.shrink_to_fit();
}

void Connection::leave() {
    // A socket that is closed with unread bytes in it takes the answer back (RST), before the client has read it.
    const bool isAllTaken = m_isBodyDone && !m_isBodyBroken && m_in.empty();
    m_stream.shutdownWrite();
    if (isAllTaken) {
        close();
        return;
    }
    m_phase = Phase::Leaving;
    m_since = SteadyClock::now();
}

void Connection::logRequest() const {
    const Request& request = m_exchange->request;
    std::string path;
    for (const std::string& segment : request.target.segments) path += "/" + escaped(segment);
    const auto took = std::chrono::duration_cast<Milliseconds>(m_answerSince - m_since);
    const std::initializer_list<LogField> fields = {{"method", request.method},
                                                    {"path", path},
                                                    {"status", std::int64_t{m_answer->status()}},
                                                    {"ms", std::int64_t{took.count()}},
                                                    {"uid", std::int64_t{static_cast<std::int32_t>(m_peer.uid)}},
                                                    {"pid", std::int64_t{m_peer.pid}},
                                                    {"client", m_peer.address}};
    // Lists and long polls come every second from every screen; what changes something must be traceable.
    if (request.method == "GET" && m_answer->status() < 400)
        m_core.log.debug("http", fields);
    else
        m_core.log.info("http", fields);
}

}  // namespace contone::http
