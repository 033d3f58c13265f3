// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalShop: does what programs ask of the shop, in the process that holds the store's lock.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "core/access/staff.h"
#include "core/catalog/product.h"
#include "core/decode/decoder.h"
#include "core/devices/zvt/zvt_settings.h"
#include "core/keys/key.h"
#include "core/order/order.h"
#include "core/order/original_facts.h"
#include "core/order/payment.h"
#include "core/pricing/price_book.h"
#include "core/print/print_target.h"
#include "core/production/print_supervisor.h"
#include "core/project/project_store.h"
#include "core/shop/shop.h"
#include "core/text/font_set.h"
#include "core/vault/vault.h"

namespace contone::shop {

/// What a shop is made of. The references outlive it.
struct ShopParts {
    const catalog::Catalog& catalog;
    pricing::PriceBook& prices;
    const print::Models& models;
    order::OrderStore& orders;
    order::PaymentStore& payments;
    order::OriginalFacts& facts;
    access::StaffStore& staff;
    print::Ledger& ledger;
    print::JobControl& jobs;
    print::SetupStore& setups;
    project::ProjectStore& projects;
    vault::Vault& vault;
    decode::Decoder& decoder;
    production::PageSpool& spool;
    production::MakePrinter makePrinter;
    const ChangeSignal& changes;  ///< told by the store after each commit
    const Clock& clock;
    Log log;
    std::function<void()> wakePrinting = [] {};
    std::function<SetupStatus(const std::string&)> printerStatus = [](const std::string& name) {
        return SetupStatus{.setup = name};
    };
    keys::Key pinKey = {};             ///< PINs are hashed under it
    Path looks = {};                   ///< the folder of the shop's own looks; empty: there are none
    Path settings = {};                ///< shop.toml; missing: see ShopSettings
    text::FontSetSettings fonts = {};  ///< opened when the first design comes
    devices::ZvtTimeouts terminalTimeouts = {};
    std::function<void(std::string_view)> commitPoint = [](std::string_view) {};  ///< "terminal-begun", "-answered"
    Path costs = {};  ///< costs.toml; missing: nobody knows what paper costs
};

class Handlers;

/// Thread-safe. Refuses callers whose role is too low, and numbers out of range, before a handler sees the operation.
class LocalShop final : public ShopService {
  public:
    explicit LocalShop(ShopParts parts);
    ~LocalShop() override;

    Result<std::any> perform(const Operation& operation, const Caller& caller, const CancelToken& cancel) override;
    Result<Caller> callerWith(Caller caller, const std::string& session) override;
    const ChangeSignal& changes() const override;
    /// Goes on with erasures that a kill or a power cut stopped between the record and the photos. Once, at the start.
    Result<void> finishErasures();
    /// Reads what customers said into memory, where orders are found by it. Until then orders are found by the rest.
    Result<void> indexOrders();
    /// Asks the card terminal about payments whose answer was lost; nothing when there are none.
    void findOutPayments(const CancelToken& cancel);
    /// Erases what is older than the shop keeps it.
    void applyRetention();
    /// Plans some sheets of a job that wait on another setup instead, for the supervisor, which asked their printer
    /// before. Fails: as TransferJob.
    Result<print::PrintJob> transferSheets(JobId job, const std::vector<SheetId>& sheets, const std::string& setup);

  private:
    std::unique_ptr<Handlers> m_handlers;
};

}  // namespace contone::shop
