// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The two sides of one request, and Responder in front of it.
#include "core/http/exchange_p.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace contone::http {

using Exchange = Responder::Exchange;

// ---- the body

Result<std::size_t> Exchange::read(std::span<std::byte> into) {
    std::unique_lock lock(m_mutex);
    const auto hasNews = [&] { return m_bodyAt < m_body.size() || m_isBodyComplete || m_bodyFailure.has_value(); };
    if (m_isBodyAwaited && !hasNews()) {
        m_isBodyAwaited = false;
        m_isBodyWanted = true;
        lock.unlock();
        m_wake();
        lock.lock();
    }
    m_hasBody.wait(lock, hasNews);
    if (m_bodyAt == m_body.size()) {
        if (m_bodyFailure && !m_isBodyComplete) return fail(*m_bodyFailure);
        return std::size_t{0};
    }
    const std::size_t got = std::min(into.size(), m_body.size() - m_bodyAt);
    std::memcpy(into.data(), m_body.data() + m_bodyAt, got);
    m_bodyAt += got;
    if (m_bodyAt < m_body.size()) return got;
    m_body.clear();
    m_bodyAt = 0;
    if (m_isBodyComplete) m_body.shrink_to_fit();
    const bool isRoomAwaited = std::exchange(m_isRoomAwaited, false);
    lock.unlock();
    if (isRoomAwaited) m_wake();
    return got;
}

std::size_t Exchange::bodyRoom() {
    const std::lock_guard guard(m_mutex);
    const std::size_t room = mostAhead - m_body.size();  // not what was read of it: that comes back when all was
    m_isRoomAwaited = room == 0;
    return room;
}

void Exchange::putBody(std::span<const std::byte> bytes) {
    const std::lock_guard guard(m_mutex);
    m_body.insert(m_body.end(), bytes.begin(), bytes.end());
    m_hasBody.notify_one();
}

void Exchange::finishBody() {
    const std::lock_guard guard(m_mutex);
    m_isBodyComplete = true;
    m_hasBody.notify_one();
}

void Exchange::failBody(const Error& error) {
    const std::lock_guard guard(m_mutex);
    if (m_isBodyComplete || m_bodyFailure) return;
    m_bodyFailure = error;
    // What came before the failure is of no use without the rest.
    m_body.clear();
    m_bodyAt = 0;
    m_hasBody.notify_one();
}

bool Exchange::takeBodyWanted() {
    const std::lock_guard guard(m_mutex);
    return std::exchange(m_isBodyWanted, false);
}

// ---- the answer

bool Exchange::answer(Response&& response) {
    {
        const std::lock_guard guard(m_mutex);
        if (m_isClaimed || m_isOver) return false;
        m_isClaimed = true;
        m_answer = std::move(response);
        m_told = nullptr;
    }
    m_wake();
    return true;
}

bool Exchange::isOpen() const {
    const std::lock_guard guard(m_mutex);
    return !m_isClaimed && !m_isOver;
}

void Exchange::answerBy(Milliseconds within, Response&& otherwise) {
    {
        const std::lock_guard guard(m_mutex);
        if (m_isClaimed || m_isOver) return;
        m_deadline = SteadyClock::now() + within;
        m_otherwise = std::move(otherwise);
    }
    m_wake();
}

void Exchange::onEnd(std::function<void(End)> told) {
    End why{};
    {
        const std::lock_guard guard(m_mutex);
        if (m_end) {
            why = *m_end;
        } else {
            if (!m_isClaimed) m_told = std::move(told);
            return;
        }
    }
    told(why);
}

void Exchange::end(End why) {
    std::function<void(End)> told;
    {
        const std::lock_guard guard(m_mutex);
        if (why == End::ClientLeft) m_isOver = true;
        if (m_isClaimed || m_end) return;
        m_end = why;
        told = std::exchange(m_told, nullptr);
    }
    cancelled.cancel();
    if (told) told(why);
}

void Exchange::abandon() {
    {
        const std::lock_guard guard(m_mutex);
        m_isAbandoned = true;
        if (m_isClaimed || m_isOver) return;
    }
    m_wake();
}

void Exchange::close() {
    {
        const std::lock_guard guard(m_mutex);
        m_isOver = true;
        m_told = nullptr;
    }
    failBody({Code::Unavailable, "request-cut", "The request broke off. Try again.", "answered"});
}

bool Exchange::claim() {
    const std::lock_guard guard(m_mutex);
    return !std::exchange(m_isClaimed, true);
}

std::optional<Response> Exchange::takeAnswer() {
    const std::lock_guard guard(m_mutex);
    return std::exchange(m_answer, std::nullopt);
}

std::optional<Response> Exchange::takeOtherwise() {
    const std::lock_guard guard(m_mutex);
    return std::exchange(m_otherwise, std::nullopt);
}

SteadyClock::time_point Exchange::deadline() const {
    const std::lock_guard guard(m_mutex);
    return m_deadline;
}

// ---- the handler's thread

bool Exchange::beginHandler() {
    const std::lock_guard guard(m_mutex);
    if (m_isClaimed || m_isOver) return false;
    m_stage = Stage::Running;
    return true;
}

void Exchange::endHandler() {
    {
        const std::lock_guard guard(m_mutex);
        m_stage = Stage::Returned;
    }
    m_wake();
}

Exchange::Stage Exchange::stage() const {
    const std::lock_guard guard(m_mutex);
    return m_stage;
}

bool Exchange::isAbandoned() const {
    const std::lock_guard guard(m_mutex);
    return m_isAbandoned;
}

// ---- Responder

/// Counts the copies: the connection holds the Exchange alone, so that it sees when nobody can answer any more.
struct Responder::Handle {
    explicit Handle(std::shared_ptr<Exchange> theExchange) : exchange(std::move(theExchange)) {}
    ~Handle() { exchange->abandon(); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    const std::shared_ptr<Exchange> exchange;
};

Responder::Responder(std::shared_ptr<Exchange> exchange) : m_handle(std::make_shared<Handle>(std::move(exchange))) {}

bool Responder::answer(Response response) const {
    return m_handle->exchange->answer(std::move(response));
}
bool Responder::isOpen() const {
    return m_handle->exchange->isOpen();
}
void Responder::answerBy(std::chrono::milliseconds within, Response otherwise) const {
    m_handle->exchange->answerBy(within, std::move(otherwise));
}
void Responder::onEnd(std::function<void(End)> told) const {
    m_handle->exchange->onEnd(std::move(told));
}
CancelToken Responder::cancelled() const {
    return m_handle->exchange->cancelled;
}

// ---- Handler

Response Handler::handle(const Request&, BodyReader&, const CancelToken&) {
    return failure({Code::Internal, "handler-silent", "The server did not answer. Try again.", "no handle, no serve"});
}

void Handler::serve(const Request& request, BodyReader& body, const Responder& responder) {
    responder.answer(handle(request, body, responder.cancelled()));
}

}  // namespace contone::http
