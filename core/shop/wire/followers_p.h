// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Followers: the clients that wait for changes. One thread looks at the feed for all of them.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/http/handler.h"
#include "core/shop/shop.h"

namespace contone::shop {

/// Thread-safe. A client that waits costs its connection and a few bytes here. After each commit the feed is read once
/// for each token that somebody waits at.
class Followers {
  public:
    using Respond = std::function<http::Response(const Result<Changes>&)>;
    /// `service` outlives it; `respond` writes an answer.
    Followers(ShopService& service, Respond respond);
    /// Answers nobody: the server that ends before it has done so.
    ~Followers();
    Followers(const Followers&) = delete;
    Followers& operator=(const Followers&) = delete;

    /// Answers by `responder`: at once when there is something to tell, an error, or no time to wait; else after the
    /// next change, when the time is over, or when the server stops.
    void follow(FollowChanges asked, const Caller& caller, const http::Responder& responder);

  private:
    struct Follower {
        FollowChanges asked;
        Caller caller;
        http::Responder responder;
    };
    Result<Changes> look(const FollowChanges& asked, const Caller& caller);
    void run();
    void answerAll(std::vector<Follower> followers);

    ShopService& m_service;
    const Respond m_respond;
    const CancelToken m_ended;
    std::mutex m_mutex;
    std::condition_variable m_some;  ///< somebody follows, or this ends
    std::vector<Follower> m_followers;
    std::thread m_thread;  // last: it uses the others
};

}  // namespace contone::shop
