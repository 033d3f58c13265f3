// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Responder::Exchange: one request between the connection that carries it and the handler that answers it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "core/http/handler.h"
#include "core/http/loop_p.h"

namespace contone::http {

/// Thread-safe. The handler's side blocks in read(); the connection's side, which is the loop, never does. No callback
/// runs while the lock is held.
class Responder::Exchange final : public BodyReader {
  public:
    enum class Stage { Queued, Running, Returned };  ///< the handler

    /// As far as a body may run ahead of its handler.
    static constexpr std::size_t mostAhead = 64 * 1024;

    /// `wake`: tells the connection, from any thread, that something here has changed. `isBodyAwaited`: the client
    /// sends its body only when it is told to (Expect).
    Exchange(Request theRequest, bool isBodyAwaited, std::function<void()> wake)
        : request(std::move(theRequest)), m_wake(std::move(wake)), m_isBodyAwaited(isBodyAwaited) {}

    const Request request;
    const CancelToken cancelled;

    // ---- the handler's side
    Result<std::size_t> read(std::span<std::byte> into) override;
    bool answer(Response&& response);
    bool isOpen() const;
    void answerBy(Milliseconds within, Response&& otherwise);
    void onEnd(std::function<void(End)> told);
    /// The last Responder is gone.
    void abandon();

    // ---- the thread that runs the handler
    /// False when the request was answered or ended before its turn came.
    bool beginHandler();
    void endHandler();

    // ---- the connection's side
    /// 0: the connection is woken when there is room again.
    std::size_t bodyRoom();
    void putBody(std::span<const std::byte> bytes);
    void finishBody();
    /// Every read from now on fails like this, unless the body is complete.
    void failBody(const Error& error);
    /// True once: the client must be told to send its body.
    bool takeBodyWanted();
    /// Without an answer yet. The connection still answers with takeOtherwise() or a failure after TimedOut, Stopping.
    void end(End why);
    /// The client gets no answer any more, or has got it.
    void close();
    Stage stage() const;
    bool isAbandoned() const;
    /// Nobody answered; a later answer() is in vain.
    bool claim();
    /// What answer() was given; once.
    std::optional<Response> takeAnswer();
    std::optional<Response> takeOtherwise();
    /// Never, without answerBy().
    SteadyClock::time_point deadline() const;

  private:
    mutable std::mutex m_mutex;
    std::condition_variable m_hasBody;
    const std::function<void()> m_wake;
    // All guarded by m_mutex.
    std::vector<std::byte> m_body;
    std::size_t m_bodyAt = 0;  ///< what is before it was read
    std::optional<Error> m_bodyFailure;
    bool m_isBodyComplete = false, m_isBodyAwaited, m_isBodyWanted = false;
    bool m_isRoomAwaited = false, m_isAbandoned = false;
    Stage m_stage = Stage::Queued;
    bool m_isClaimed = false;  ///< the answer is decided; answer() comes too late
    bool m_isOver = false;     ///< nobody takes an answer any more
    std::optional<Response> m_answer, m_otherwise;
    SteadyClock::time_point m_deadline = SteadyClock::time_point::max();
    std::function<void(End)> m_told;
    std::optional<End> m_end;
};

}  // namespace contone::http
