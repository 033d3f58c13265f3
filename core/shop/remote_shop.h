// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RemoteShop: the shop of the agent, over its Unix socket.
#pragma once

#include <memory>

#include "core/shop/shop.h"

namespace contone::shop {

/// The same answers and errors as the Shop that the agent serves, and besides: Unavailable "agent-unreachable" (nothing
/// was done), "agent-lost" (it may have been done: look first), "agent-slow"; Denied "agent-denied" (not in the
/// socket's group); Internal "agent-answer". Connections are opened when needed and kept; a long poll has its own.
class RemoteShop final : public Shop {
  public:
    explicit RemoteShop(Path socket);
    ~RemoteShop() override;

    Result<Sha256> addOriginal(const Path& file) override;
    Result<order::Order> placeOrder(const NewOrder& order) override;
    Result<order::Order> order(OrderId id) const override;
    Result<order::Order> orderByNumber(int number) const override;
    Result<std::vector<order::Order>> orders(int limit) const override;
    using Shop::print;
    Result<print::PrintJob> print(OrderId order, const PrintWish& wish) override;
    Result<std::vector<print::Sheet>> cancelPlanned(OrderId order, const std::string& reason,
                                                    const std::string& actor) override;
    Result<order::Order> cancelOrder(OrderId order, const std::string& reason, const std::string& actor) override;
    Result<void> eraseCustomer(OrderId order, const std::string& actor) override;
    Result<std::vector<print::Sheet>> sheets(const print::SheetFilter& filter) const override;
    Result<SheetRecord> sheetRecord(SheetId sheet) const override;
    Result<SheetComparison> compareSheet(SheetId sheet) override;
    using Shop::reprint, Shop::settle;
    Result<Settled> settle(SheetId sheet, const Settlement& word) override;
    Result<print::PrintJob> reprint(SheetId sheet, const print::ReprintCase& why, const std::string& actor) override;
    Result<print::Spoilage> spoilage(Instant from, Instant to) const override;
    Result<std::vector<print::JobTally>> jobs(bool openOnly, int limit) const override;
    Result<print::PrintJob> holdJob(JobId job, const std::string& reason, const std::string& actor) override;
    Result<print::PrintJob> releaseJob(JobId job, const std::string& actor) override;
    Result<print::PrintJob> setPriority(JobId job, print::Priority priority, const std::string& actor) override;
    Result<print::PrintJob> moveJob(JobId job, const std::string& setup, const std::string& actor) override;
    Result<std::vector<print::Sheet>> cancelJob(JobId job, const std::string& reason,
                                                const std::string& actor) override;
    Result<SetupStatus> pausePrinter(const std::string& setup, const std::string& actor) override;
    Result<SetupStatus> resumePrinter(const std::string& setup, const std::string& actor) override;
    Result<print::Enough> enoughFor(const EnoughQuery& query) const override;
    Result<print::PrintJob> printCalibration(const std::string& setup, const std::string& actor) override;
    Result<print::PrinterSetup> calibrate(const std::string& setup, const print::FourReadings& readings,
                                          const std::string& actor) override;
    Result<print::PrinterSetup> saveSetup(const NewSetup& setup) override;
    Result<print::PrinterSetup> setup(const std::string& name) const override;
    Result<std::vector<print::PrinterSetup>> setups() const override;
    Result<print::PrinterSetup> verifySetup(const std::string& name, const std::string& actor) override;
    Result<SetupStatus> setupStatus(const std::string& name) const override;
    Result<Bytes> setupProfile(const std::string& name) const override;
    Result<std::vector<Change>> changesAfter(std::int64_t position, int waitMs) const override;

  private:
    class Agent;
    std::unique_ptr<Agent> m_agent;
};

}  // namespace contone::shop
