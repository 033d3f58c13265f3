// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Handler: what a server serves. Responder: the promise to answer one request, kept now or later.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "core/http/message.h"

namespace contone::http {

/// Why nobody waits for the handler's own answer any more.
enum class End {
    ClientLeft,  ///< answer() has no effect
    TimedOut,    ///< the time of answerBy() is over
    Stopping,    ///< the server stops
};

/// Copies share one request; thread-safe; may outlive the server. A request whose last Responder goes unanswered is
/// answered 500 "handler-silent".
class Responder {
  public:
    /// Takes the answer; it is sent as fast as the client takes it. True for the first answer only; false also when the
    /// client has left.
    bool answer(Response response) const;
    /// Nobody has answered yet, and the client is still there as far as can be seen.
    bool isOpen() const;
    /// Instead of the handler's own answer `otherwise` is sent once `within` is over (counted from this call), or when
    /// the server stops. Without this call there is no such time, and a stop is told as failure("server-stopping").
    void answerBy(std::chrono::milliseconds within, Response otherwise) const;
    /// `told` is called once when a reason of End comes before the answer; at once if it has come. It may still call
    /// answer(), which then wins over `otherwise`. It runs on the thread that serves all connections: it must not
    /// block. A second call replaces `told`.
    void onEnd(std::function<void(End)> told) const;
    /// Cancelled with any reason of End.
    CancelToken cancelled() const;

    class Exchange;  ///< private to core/http
    explicit Responder(std::shared_ptr<Exchange> exchange);

  private:
    struct Handle;
    std::shared_ptr<Handle> m_handle;
};

/// What a server serves: override handle() or serve(). Called from several threads at once. An exception ends its
/// request with 500 "handler-failed" and is logged; nothing else notices it.
class Handler {
  public:
    virtual ~Handler() = default;
    /// The simple form: answers one request; need not read the body. Each call holds one of the server's few threads
    /// (ServerLimits::handlers), so what waits for something to happen belongs in serve(). `cancelled` says that the
    /// client has left or the server stops: a call that takes long looks at it at least five times a second, else
    /// Server::stop() waits for it.
    virtual Response handle(const Request& request, BodyReader& body, const CancelToken& cancelled);
    /// The general form: answers by `responder` before it returns, or by a copy of it later. `request` and `body` are
    /// gone when it has returned. Without an override it answers with what handle() returns.
    virtual void serve(const Request& request, BodyReader& body, const Responder& responder);
    /// How a failure of the connection itself is told: the reasons of BodyReader::read(), "header-too-large",
    /// "bad-target"; and with their own status, whatever this says: "server-busy", "server-stopping" (503),
    /// "handler-failed", "handler-silent" (500). Called on any thread of the server; must not block.
    virtual Response failure(const Error& error) = 0;
};

}  // namespace contone::http
