// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ShopLink: the shop as a window sees it: asked on threads of its own, answered by signals, followed as it changes.
#pragma once

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include <QObject>
#include <QString>

#include "core/print/production_event.h"
#include "core/shop/shop.h"
#include "ui/common/proof_target.h"
#include "ui/common/task_queue.h"

namespace contone::ui {

/// One photo of an order to place.
struct OrderItem {
    Path file;
    std::string product;
    int copies = 1;
    order::PhotoChoices choices;
    bool operator==(const OrderItem&) const = default;
};

/// A sheet that waits for a person's word.
struct SheetQuestion {
    print::Sheet sheet;
    int order = 0;  ///< its number
    std::string setup;
    bool operator==(const SheetQuestion&) const = default;
};
/// A job that waits for a person's word.
struct HeldJob {
    print::PrintJob job;
    int order = 0, waiting = 0;  ///< its number; sheets
    bool operator==(const HeldJob&) const = default;
};
struct PrintRoomQuestions {
    std::vector<SheetQuestion> questions;
    std::vector<HeldJob> held;
    bool operator==(const PrintRoomQuestions&) const = default;
};

/// Without a shop (nullptr) every command answers with the sentence that no agent runs. Signals arrive in the thread
/// this object lives in; the threads are joined by the destructor, which may take as long as one wait for changes.
class ShopLink : public QObject {
    Q_OBJECT
  public:
    ShopLink(std::shared_ptr<shop::Shop> shop, Models models, QObject* parent = nullptr);
    ~ShopLink() override;
    /// Starts to follow the shop.
    void start();
    bool isConnected() const { return m_connected; }

    /// Adds the originals and places one order. Photos that the shop refuses stop the order: all or nothing.
    void placeOrder(std::vector<OrderItem> items, const QString& customer);
    /// `accepted`: what acceptanceNeeded() told and a person wants printed all the same.
    void print(OrderId order, const std::string& setup, std::vector<findings::Finding> accepted = {});
    void report(SheetId sheet, shop::SheetOutcome outcome);
    void reprint(SheetId sheet, print::ReprintReason reason);
    /// The held-job table: what was spoiled or not printed is printed again at once.
    void reportAndReprint(SheetId sheet, shop::SheetOutcome outcome);
    void pausePrinter(const std::string& setup);
    void resumePrinter(const std::string& setup);
    void releaseJob(JobId job);
    void moveJob(JobId job, const std::string& setup);
    void cancelJob(JobId job);
    /// Changes how a setup prints, and proves it again.
    void changeIntent(const ProofTarget& target, icc::Intent intent, icc::BlackPoint blackPoint);
    void verify(const std::string& setup);
    /// The order whose sheets are followed from now on.
    void follow(OrderId order);

  signals:
    void connectionChanged(bool connected, const QString& sentence);
    void targetsChanged(const std::vector<contone::ui::ProofTarget>& targets);
    void statusesChanged(const std::vector<contone::shop::SetupStatus>& statuses);
    void ordered(const contone::order::Order& order);  ///< by placeOrder()
    /// At the start: the order with sheets that are not finished, else the newest.
    void found(const contone::order::Order& order);
    void questionsChanged(const contone::ui::PrintRoomQuestions& room);  ///< of all orders
    void sheetsChanged(const std::vector<contone::print::Sheet>& sheets);
    void refused(const contone::Error& error);                      ///< of a command
    void acceptanceNeeded(const contone::shop::OrderCheck& check);  ///< nothing was printed: a person decides first

  private:
    template <class Work>
    void command(const Work& work);
    template <class Work>
    void inRoom(const Work& work);
    template <class Emit>
    void deliver(Emit emitting);
    void watch();
    void readAll();
    void readSheets();
    void findOrder();
    void readQuestions();
    void readStatuses(const std::vector<print::PrinterSetup>& setups);
    void noteConnection(const std::optional<Error>& error);
    Result<ProofTarget> read(const print::PrinterSetup& setup) const;

    std::shared_ptr<shop::Shop> m_shop;
    Models m_models;
    bool m_connected = false;
    std::atomic<bool> m_stop = false;
    std::mutex m_mutex;
    std::optional<OrderId> m_followed;
    std::thread m_watch;
    TaskQueue m_commands;
};

}  // namespace contone::ui
