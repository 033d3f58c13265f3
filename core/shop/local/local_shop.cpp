// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Gives each operation to its handler. An operation without one does not compile.
#include "core/shop/local/local_shop.h"

#include "core/shop/local/handlers_p.h"

namespace contone::shop {

LocalShop::LocalShop(ShopParts parts) : m_handlers(std::make_unique<Handlers>(std::move(parts))) {}
LocalShop::~LocalShop() = default;

Result<void> LocalShop::finishErasures() {
    return m_handlers->finishErasures();
}

Result<void> LocalShop::indexOrders() {
    return m_handlers->indexOrders();
}

void LocalShop::findOutPayments(const CancelToken& cancel) {
    m_handlers->findOutPayments(cancel);
}

void LocalShop::applyRetention() {
    (void)m_handlers->handle(ApplyRetention{},
                             {"agent", {}, thisProgram()});  // it logs what it did, and what it could not do
}

Result<std::any> LocalShop::perform(const Operation& operation, const Caller& caller, const CancelToken& cancel) {
    const Asking by{actorOf(caller), cancel, caller};
    return std::visit(
        [&]<class Asked>(const Asked& asked) -> Result<std::any> {
            CONTONE_CHECK(checkAllowed(Asked::terms, caller));
            if constexpr (json::Described<Asked>) CONTONE_CHECK(json::checkRanges(asked));
            Result<typename Asked::Answer> answer = m_handlers->handle(asked, by);
            if (!answer) return std::unexpected(std::move(answer).error());
            return std::any(std::move(*answer));
        },
        operation);
}

Result<Caller> LocalShop::callerWith(Caller caller, const std::string& session) {
    return m_handlers->callerWith(std::move(caller), session);
}

const ChangeSignal& LocalShop::changes() const {
    return m_handlers->changes();
}

Result<print::PrintJob> LocalShop::transferSheets(JobId job, const std::vector<SheetId>& sheets,
                                                  const std::string& setup) {
    return m_handlers->transferSheets(job, sheets, setup, "agent");
}

}  // namespace contone::shop
