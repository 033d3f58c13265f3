// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// EventStream: a response whose body is written while things happen, from any thread, without waiting for the client.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace contone::http {

/// Give it to the Response::events of one answer and keep a copy. Copies share one stream; thread-safe. It ends when
/// end() is called, when the last copy is gone, when the client leaves, or when the server stops.
class EventStream {
  public:
    enum class Sent {
        Taken,  ///< it will be written, unless the client leaves first
        Full,   ///< nothing was taken: the client reads too slowly. end() the stream; a client that comes again resumes
        Ended,
    };

    /// `mostWaiting`: how many bytes may wait for a slow client; the memory that it can cost.
    explicit EventStream(std::size_t mostWaiting = 64 * 1024);

    /// `bytes` go out as they are: a whole event with its blank line where the content type is text/event-stream.
    Sent send(std::string_view bytes) const;
    /// The client gets what waits, and then the regular end of the body.
    void end() const;
    bool isOpen() const;
    /// `told` is called once when the stream has ended for whatever reason, at once if it has: on a thread of the
    /// server, so it must not block, or in end(). A second call replaces `told`.
    void onEnd(std::function<void()> told) const;

    struct State;  ///< private to core/http
    const std::shared_ptr<State>& state() const;

  private:
    struct Handle;
    std::shared_ptr<Handle> m_handle;
};

}  // namespace contone::http
