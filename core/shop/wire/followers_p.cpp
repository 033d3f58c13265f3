// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// No change falls between a look at the feed and the waiting: the count of commits is read before each look.
#include "core/shop/wire/followers_p.h"

#include <map>

namespace contone::shop {

Followers::Followers(ShopService& service, Respond respond)
    : m_service(service), m_respond(std::move(respond)), m_thread([this] { run(); }) {}

Followers::~Followers() {
    {
        const std::lock_guard guard(m_mutex);
        m_ended.cancel();
    }
    m_some.notify_all();
    m_thread.join();
}

Result<Changes> Followers::look(const FollowChanges& asked, const Caller& caller) {
    const CancelToken doNotWait;
    doNotWait.cancel();
    const auto answer = m_service.perform(asked, caller, doNotWait);
    if (!answer) return std::unexpected(answer.error());
    return std::any_cast<const Changes&>(*answer);
}

void Followers::follow(FollowChanges asked, const Caller& caller, const http::Responder& responder) {
    for (;;) {
        const std::uint64_t seen = m_service.changes().count();
        const Result<Changes> now = look(asked, caller);
        if (!now || !now->items.empty() || asked.waitMs == 0 || asked.token.empty()) {
            responder.answer(m_respond(now));
            return;
        }
        const std::lock_guard guard(m_mutex);
        if (m_service.changes().count() != seen) continue;
        responder.answerBy(std::chrono::milliseconds(asked.waitMs), m_respond(now));
        std::erase_if(m_followers, [](const Follower& f) { return !f.responder.isOpen(); });
        m_followers.push_back({std::move(asked), caller, responder});
        m_some.notify_all();
        return;
    }
}

void Followers::run() {
    std::uint64_t seen = 0;
    for (;;) {
        std::vector<Follower> followers;
        {
            std::unique_lock lock(m_mutex);
            m_some.wait(lock, [this] { return m_ended.isCancelled() || !m_followers.empty(); });
            if (m_ended.isCancelled()) return;
            const std::uint64_t count = m_service.changes().count();
            if (count != seen) followers.swap(m_followers);
            seen = count;
        }
        try {
            answerAll(std::move(followers));
        } catch (const std::exception&) {  // no memory: those who were not answered are told that nobody can
        }
        m_service.changes().waitBeyond(seen, std::chrono::steady_clock::time_point::max(), m_ended);
    }
}

void Followers::answerAll(std::vector<Follower> followers) {
    std::map<std::string, Result<Changes>> found;  // by token: most wait at the newest
    std::vector<Follower> waiting;
    for (Follower& follower : followers) {
        if (!follower.responder.isOpen()) continue;
        auto changes = found.find(follower.asked.token);
        if (changes == found.end())
            changes = found.emplace(follower.asked.token, look(follower.asked, follower.caller)).first;
        if (changes->second && changes->second->items.empty())
            waiting.push_back(std::move(follower));
        else
            follower.responder.answer(m_respond(changes->second));
    }
    const std::lock_guard guard(m_mutex);
    std::ranges::move(waiting, std::back_inserter(m_followers));
}

}  // namespace contone::shop
