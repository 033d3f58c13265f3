// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalShop: the use cases, in the process that holds the store's lock.
#pragma once

#include <condition_variable>
#include <mutex>

#include "core/catalog/product.h"
#include "core/print/print_target.h"
#include "core/production/print_supervisor.h"
#include "core/shop/original_intake.h"
#include "core/shop/shop.h"

namespace contone::shop {

/// What a shop is made of. The references outlive it.
struct ShopParts {
    const catalog::Catalog& catalog;
    const print::Models& models;
    order::OrderStore& orders;
    print::Ledger& ledger;
    print::JobControl& jobs;
    print::SetupStore& setups;
    vault::Vault& vault;
    decode::Decoder& decoder;
    production::PageSpool& spool;
    production::MakePrinter makePrinter;
    const Clock& clock;
    Log log;
    std::function<void()> wakePrinting = [] {};
    std::function<SetupStatus(const std::string&)> printerStatus = [](const std::string& name) {
        return SetupStatus{.setup = name};
    };
};

class LocalShop final : public Shop, public OriginalIntake {
  public:
    explicit LocalShop(ShopParts parts) : m_parts(std::move(parts)) {}

    Result<Sha256> addOriginal(const Path& file) override;
    Result<Sha256> takeOriginal(const vault::ReadBytes& read) override;
    Result<order::Order> placeOrder(const NewOrder& order) override;
    Result<order::Order> order(OrderId id) const override { return m_parts.orders.order(id); }
    Result<order::Order> orderByNumber(int number) const override { return m_parts.orders.orderByNumber(number); }
    Result<std::vector<order::Order>> orders(int limit) const override { return m_parts.orders.orders(limit); }

    using Shop::print;
    Result<print::PrintJob> print(OrderId order, const PrintWish& wish) override;
    Result<std::vector<print::Sheet>> cancelPlanned(OrderId order, const std::string& reason,
                                                    const std::string& actor) override;
    Result<order::Order> cancelOrder(OrderId order, const std::string& reason, const std::string& actor) override;
    Result<void> eraseCustomer(OrderId order, const std::string& actor) override;
    Result<std::vector<print::Sheet>> sheets(const print::SheetFilter& filter) const override {
        return m_parts.ledger.sheets(filter);
    }
    Result<SheetRecord> sheetRecord(SheetId sheet) const override;
    Result<SheetComparison> compareSheet(SheetId sheet) override;
    using Shop::reprint, Shop::settle;
    Result<Settled> settle(SheetId sheet, const Settlement& word) override;
    Result<print::PrintJob> reprint(SheetId sheet, const print::ReprintCase& why, const std::string& actor) override;
    Result<print::Spoilage> spoilage(Instant from, Instant to) const override;

    Result<std::vector<print::JobTally>> jobs(bool openOnly, int limit) const override {
        return m_parts.jobs.jobs(openOnly, limit);
    }
    Result<print::PrintJob> holdJob(JobId job, const std::string& reason, const std::string& actor) override;
    Result<print::PrintJob> releaseJob(JobId job, const std::string& actor) override;
    Result<print::PrintJob> setPriority(JobId job, print::Priority priority, const std::string& actor) override;
    Result<print::PrintJob> moveJob(JobId job, const std::string& setup, const std::string& actor) override;
    Result<std::vector<print::Sheet>> cancelJob(JobId job, const std::string& reason,
                                                const std::string& actor) override;
    /// The same for some of its sheets that wait; for the supervisor, which asked their printer before.
    Result<print::PrintJob> moveSheets(JobId job, const std::vector<SheetId>& sheets, const std::string& setup,
                                       const std::string& actor);
    Result<SetupStatus> setupStatus(const std::string& name) const override;
    Result<SetupStatus> pausePrinter(const std::string& setup, const std::string& actor) override;
    Result<SetupStatus> resumePrinter(const std::string& setup, const std::string& actor) override;
    Result<print::Enough> enoughFor(const EnoughQuery& query) const override;
    Result<print::PrintJob> printCalibration(const std::string& setup, const std::string& actor) override;
    Result<print::PrinterSetup> calibrate(const std::string& setup, const print::FourReadings& readings,
                                          const std::string& actor) override;

    Result<print::PrinterSetup> saveSetup(const NewSetup& setup) override;
    Result<print::PrinterSetup> setup(const std::string& name) const override { return m_parts.setups.setup(name); }
    Result<std::vector<print::PrinterSetup>> setups() const override { return m_parts.setups.setups(); }
    Result<print::PrinterSetup> verifySetup(const std::string& name, const std::string& actor) override;
    Result<Bytes> setupProfile(const std::string& name) const override;
    Result<std::vector<Change>> changesAfter(std::int64_t position, int waitMs) const override;

  private:
    /// Whether the printer itself must say that a job is over.
    enum class Agreement { Wished, Needed };
    /// Sees to it that the job of a sheet in question will not print any more.
    Result<void> takeAway(const print::Sheet& sheet, Agreement wanted);
    /// Decodes the copy to its end; a photo is kept, anything else is gone.
    Result<Sha256> keepIfPhoto(vault::Staged staged);
    /// Of a setup that has proved that it prints right. Conflict "setup-unverified".
    Result<print::PrintTarget> target(const std::string& setup) const;
    /// What a sheet of this line is there: its recipe and the name of it.
    struct PageText {
        Sha256 hash;
        std::string json;
    };
    Result<PageText> pageOf(const order::OrderLine& line, const print::PrintTarget& target) const;
    /// The verified setup of this name, or the best of the pool that takes all of the order's products.
    Result<print::PrintTarget> targetFor(const order::Order& order, const PrintWish& wish) const;
    Result<std::vector<print::PrinterSetup>> poolOf(const std::string& pool) const;  ///< NotFound "pool-unknown"
    Result<print::PoolMember> memberOf(const print::PrinterSetup& setup) const;
    Result<void> checkFits(const std::string& product, const print::PrintTarget& target) const;
    Result<std::vector<print::PrinterCondition>> conditionsOn(const print::Route& route) const;
    Result<bool> isPaused(const print::PrinterSetup& setup) const;
    Result<SetupStatus> setPaused(const std::string& setup, print::Paused paused, const std::string& actor);
    Result<print::PrintJob> plan(OrderId order, const print::PrinterSetup& setup,
                                 const std::vector<print::PlannedSheet>& sheets, print::Priority priority,
                                 const std::string& actor);
    Result<std::vector<print::Sheet>> cancelAll(const print::SheetFilter& which, const std::string& reason,
                                                const std::string& actor);

    ShopParts m_parts;
    std::mutex m_planning;  ///< deciding what is missing and planning it is one act: ten taps are one print
    std::mutex m_saving;    ///< a setup is verified as it is saved
};

}  // namespace contone::shop
