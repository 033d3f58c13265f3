// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Connection: one client of a server, from accept to close, one request after another.
#pragma once

#include <atomic>
#include <optional>

#include "core/http/answer_p.h"
#include "core/http/budget_p.h"
#include "core/http/byte_stream_p.h"
#include "core/http/exchange_p.h"
#include "core/http/parser.h"
#include "core/http/server_core_p.h"

namespace contone::http {

/// The loop's, like everything in it. It reads and writes as far as the socket lets it, then waits for the socket, for
/// its deadline, or for a handler to wake it.
class Connection final : public std::enable_shared_from_this<Connection> {
  public:
    /// `tls`: null without. `refusal`: all that this client will be told.
    Connection(ServerCore& core, FileDescriptor socket, Peer peer, TlsContext* tls, std::optional<Error> refusal);

    /// Once, when it is owned.
    void start();
    /// Answers what waits and ends soon; core.isStopping is set.
    void stop();
    void close();
    const Peer& peer() const { return m_peer; }
    bool isTurnedAway() const { return m_refusal.has_value(); }

  private:
    enum class Phase { Handshake, Head, Exchange, Leaving, Closed };
    using Exchange = Responder::Exchange;
    struct Waker;

    void advance();
    bool step();
    void wait();
    SteadyClock::time_point deadline() const;
    void onTimer();
    void onDeadline();

    bool stepHandshake();
    bool stepHead();
    bool beginExchange();
    bool stepLeaving();
    /// Reads up to `most` bytes to m_in.
    Io readMore(std::size_t most);
    Io note(const IoOutcome& outcome);

    // connection_exchange_p.cpp
    bool stepBody();
    void takeBody();
    void completeBody();
    bool watchForLeaving();
    bool stepAnswer();
    bool stepUnanswered();
    bool writeSome();
    void dispatch(Pool::Kind kind);
    void breakBody(const Error& error);
    bool refuse(const Error& error);
    void begin(Response response);
    void endWith(End why);
    void finish();
    void leave();
    void logRequest() const;

    ServerCore& m_core;
    Peer m_peer;
    ByteStream m_stream;
    const std::optional<Error> m_refusal;
    std::unique_ptr<Watch> m_watch;
    Timer m_timer;
    SteadyClock::time_point m_timerAt = SteadyClock::time_point::max();
    std::shared_ptr<Waker> m_waker;
    std::function<void()> m_wake;

    Phase m_phase = Phase::Handshake;
    SteadyClock::time_point m_since;      ///< since when the phase lasts
    SteadyClock::time_point m_headSince;  ///< since when a head arrives
    bool m_wantsReadable = false, m_wantsWritable = false;
    bool m_isHalfClosed = false;  ///< the client sends no more
    int m_served = 0;
    std::string m_in;  ///< read and not parsed
    std::unique_ptr<RequestParser> m_parser;

    std::shared_ptr<Exchange> m_exchange;  ///< null while a head arrives, and where there is only a refusal
    Budget m_bodyBudget{Milliseconds(0), 0}, m_writeBudget{Milliseconds(0), 0};
    bool m_wantsKeepAlive = false;  ///< the client's wish
    bool m_isDispatched = false, m_isBodyDone = false, m_isBodyBroken = false, m_isBodyHeldBack = false;
    AnswerForm m_form;
    std::unique_ptr<Answer> m_answer;
    SteadyClock::time_point m_answerSince;
    std::string m_out;  ///< being written
    std::size_t m_outAt = 0;
};

}  // namespace contone::http
