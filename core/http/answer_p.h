// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Answer: the bytes of one response, piece by piece as the client takes them.
#pragma once

#include <functional>
#include <memory>

#include "core/http/message.h"
#include "core/http/pool_p.h"

namespace contone::http {

/// The reason phrase of a status; "" for one that has none.
const char* phraseOf(int status);

/// How the request wants its answer.
struct AnswerForm {
    bool isHead = false;    ///< the head alone
    bool isHttp10 = false;  ///< no chunks: the end of the connection is the end of the body
    bool keepAlive = true;
};

/// The loop's, but for the jobs that it gives to the pool.
class Answer {
  public:
    /// A BodySource is read in pieces of this size.
    static constexpr std::size_t pieceBytes = 128 * 1024;

    enum class Next {
        Piece,  ///< there are bytes to write
        Later,  ///< `wake` will be called, from any thread
        Done,
        Broken,  ///< the body cannot be had to its end; failure() says why
    };

    Answer(Response response, AnswerForm form, Pool& readers, std::function<void()> wake);
    /// An EventStream ends with it.
    ~Answer();
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    /// Call again when all of `out` is written.
    Next next(std::string& out);
    const Error& failure() const { return m_failure; }
    /// Some bytes were given out: another answer is not possible any more.
    bool hasBegun() const { return m_hasBegun; }
    bool keepAlive() const { return m_form.keepAlive; }
    bool hasEvents() const { return m_events != nullptr; }
    int status() const { return m_response.status; }
    /// Lets an EventStream come to its regular end.
    void endEvents();

  private:
    struct Pull;
    enum class Framing { None, Length, Chunks, Close };

    void chooseFraming();
    std::string head() const;
    Next nextOfSource(std::string& out);
    Next nextOfEvents(std::string& out);
    void startPull();
    /// `bytes` as they go over the wire, after the head where it was not sent yet.
    void frame(std::string& out, std::string_view bytes);
    void finish(std::string& out);

    Response m_response;
    AnswerForm m_form;
    Framing m_framing = Framing::None;
    Pool& m_readers;
    const std::function<void()> m_wake;
    std::shared_ptr<Pull> m_pull;
    std::shared_ptr<EventStream::State> m_events;
    std::uint64_t m_sent = 0;  ///< bytes of the source
    Error m_failure;
    bool m_hasBegun = false, m_isDone = false;
};

}  // namespace contone::http
