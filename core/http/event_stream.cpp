// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The queue between senders and the connection. Nothing is called while the lock is held.
#include <utility>

#include "core/http/event_stream_p.h"

namespace contone::http {

EventStream::Sent EventStream::State::send(std::string_view bytes) {
    std::function<void()> call;
    {
        const std::lock_guard guard(mutex);
        if (isEnded) return Sent::Ended;
        if (waiting.size() + bytes.size() > mostWaiting) return Sent::Full;
        if (waiting.empty()) call = wake;  // it was told of what waits already
        waiting += bytes;
    }
    if (call) call();
    return Sent::Taken;
}

void EventStream::State::end() {
    std::function<void()> callWake, callTold;
    {
        const std::lock_guard guard(mutex);
        if (isEnded) return;
        isEnded = true;
        callWake = wake;
        callTold = std::exchange(told, nullptr);
    }
    if (callWake) callWake();
    if (callTold) callTold();
}

void EventStream::State::attach(std::function<void()> wakeUp) {
    const std::lock_guard guard(mutex);
    wake = std::move(wakeUp);
}

bool EventStream::State::take(std::string& out) {
    const std::lock_guard guard(mutex);
    out = std::exchange(waiting, {});
    return isEnded;
}

/// Counts the copies outside: the connection holds the State alone, so that it sees when nobody can send any more.
struct EventStream::Handle {
    explicit Handle(std::size_t most) : state(std::make_shared<State>(most)) {}
    ~Handle() { state->end(); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    std::shared_ptr<State> state;
};

EventStream::EventStream(std::size_t mostWaiting) : m_handle(std::make_shared<Handle>(mostWaiting)) {}

EventStream::Sent EventStream::send(std::string_view bytes) const {
    return m_handle->state->send(bytes);
}

void EventStream::end() const {
    m_handle->state->end();
}

bool EventStream::isOpen() const {
    const std::lock_guard guard(m_handle->state->mutex);
    return !m_handle->state->isEnded;
}

void EventStream::onEnd(std::function<void()> told) const {
    {
        const std::lock_guard guard(m_handle->state->mutex);
        if (!m_handle->state->isEnded) {
            m_handle->state->told = std::move(told);
            return;
        }
    }
    told();
}

const std::shared_ptr<EventStream::State>& EventStream::state() const {
    return m_handle->state;
}

}  // namespace contone::http
