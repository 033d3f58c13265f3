// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Shop: what programs ask. The same in the process that holds the store and at the agent over its socket.
#pragma once

#include <algorithm>
#include <any>
#include <iterator>
#include <limits>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/cancel.h"
#include "core/shop/change_signal.h"
#include "core/shop/operations.h"

namespace contone::shop {

/// Thread-safe. Unavailable "agent-unreachable" from the remote one means: try again.
class Shop {
  public:
    virtual ~Shop() = default;

    ///     const Result<SetupStatus> status = shop.ask(PausePrinter{"counter"});
    ///
    /// Fails with the reasons of the operation's `terms`; Denied "not-allowed" when the caller's role is too low.
    template <AnOperation Asked>
    Result<typename Asked::Answer> ask(Asked operation);  // in shop.cpp for each operation: it costs much to compile

    /// The same for an operation that is not known by type; the answer holds its Answer.
    virtual Result<std::any> perform(const Operation& operation) = 0;

    /// From now on requests are those of the person who signed in: `secret` of a Session; empty: of nobody.
    /// Besides what they fail with: Denied "session-over".
    void useSession(std::string secret);

  protected:
    /// What goes with this request; who signs in does not need to be signed in.
    std::string sessionFor(const Operation& operation) const;

  private:
    mutable std::mutex m_guard;
    std::string m_session;
};

/// Denied "session-over".
Error sessionOver();

/// What does the work: handlers, or a test's double of them. Transports put a Caller to each request. Thread-safe.
class ShopService {
  public:
    virtual ~ShopService() = default;
    /// `cancel` ends what waits early, with what there is.
    virtual Result<std::any> perform(const Operation& operation, const Caller& caller, const CancelToken& cancel) = 0;
    /// Who the caller is, once what they signed in with counts; transports ask for it first. Fails: Denied
    /// "session-over".
    virtual Result<Caller> callerWith(Caller caller, const std::string& session) {
        return session.empty() ? Result<Caller>(std::move(caller)) : std::unexpected(sessionOver());
    }
    /// Told after each commit, so that a transport can wait for changes on behalf of many. Lives as long as the
    /// service.
    virtual const ChangeSignal& changes() const = 0;
};

/// The shop as one caller sees it in the same process. `service` outlives it.
class ShopFor final : public Shop {
  public:
    ShopFor(ShopService& service, Caller caller) : m_service(service), m_caller(std::move(caller)) {}
    Result<std::any> perform(const Operation& operation) override {
        CONTONE_TRY(const Caller caller, m_service.callerWith(m_caller, sessionFor(operation)));
        return m_service.perform(operation, caller, CancelToken());
    }

  private:
    ShopService& m_service;
    const Caller m_caller;
};

/// Denied "not-allowed": only that role and those above it may; `what` for logs.
Error notAllowed(Role least, const std::string& what);
/// Denied "not-allowed", in a sentence that names the role which may, when `caller` may not ask for this.
Result<void> checkAllowed(const OperationTerms& operation, const Caller& caller);

/// Copies a photo of this machine into the shop. Fails: as AddOriginal.
Result<Sha256> addOriginal(Shop& shop, const Path& file);

inline OrderId keyOf(const order::Order& order) {
    return order.id;
}
inline JobId keyOf(const print::JobTally& tally) {
    return tally.job.id;
}
inline SheetId keyOf(const print::Sheet& sheet) {
    return sheet.id;
}
inline std::string keyOf(const print::PrinterSetup& setup) {
    return setup.name;
}

/// The first `most` items of a list, page after page, and whether there are more.
template <AnOperation List>
Result<typename List::Answer> askUpTo(Shop& shop, List list, int most) {
    typename List::Answer all{{}, true};
    while (all.more && std::ssize(all.items) < most) {
        list.limit = std::min(mostPerPage, most - static_cast<int>(all.items.size()));
        auto page = shop.ask(list);
        if (!page) return std::unexpected(std::move(page).error());
        all.more = page->more && !page->items.empty();
        if (all.more) list.after = keyOf(page->items.back());
        std::ranges::move(page->items, std::back_inserter(all.items));
    }
    return all;
}

/// All items of a list, page after page.
template <AnOperation List>
Result<std::vector<typename List::Answer::Item>> askAll(Shop& shop, List list) {
    auto all = askUpTo(shop, std::move(list), std::numeric_limits<int>::max());
    if (!all) return std::unexpected(std::move(all).error());
    return std::move(all->items);
}

}  // namespace contone::shop
