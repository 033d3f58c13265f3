// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore: the shop's memory: events, their projections, personal data, in one SQLite file with one writer.
#pragma once

#include <functional>
#include <memory>

#include "core/access/staff.h"
#include "core/base/file.h"
#include "core/keys/key_ring.h"
#include "core/order/order.h"
#include "core/order/original_facts.h"
#include "core/order/payment.h"
#include "core/print/setup.h"
#include "core/print/sheet.h"
#include "core/project/project_store.h"

namespace contone::db {
class Database;
}

namespace contone::store {

/// journal_mode=WAL, synchronous=FULL, foreign_keys=ON, trusted_schema=OFF, BEGIN IMMEDIATE. Acknowledged means
/// committed: every event and every projection row it changes are one transaction. Thread-safe (one writer mutex, own
/// read connection).
/// ToWork: only a store that can be believed. ToWorkAtOnce: as soon as it can sell, whatever its size: what is left to
/// print is compared with its events at once where that is at most 500 orders; the file is read as a whole, and all of
/// it compared, by the first check(), beside the work; until that has passed no sheet is begun before its order was
/// compared with its events. ToRebuild: also one whose indexes or projections are wrong;
/// rebuildProjections() makes them anew. AsItIs: besides, what it has lost is given up, and the numbers of lost orders
/// are not given again.
enum class Opening { ToWork, ToWorkAtOnce, ToRebuild, AsItIs };

/// How many events are done, of how many. The second may grow: others go on writing.
using RebuildProgress = std::function<void(std::int64_t done, std::int64_t total)>;

class SqliteStore final : public order::OrderStore,
                          public order::PaymentStore,
                          public order::OriginalFacts,
                          public print::Ledger,
                          public print::JobControl,
                          public print::SetupStore,
                          public project::ProjectStore,
                          public access::StaffStore {
  public:
    /// Opens or creates `folder`/contone.db, migrates it, fsyncs the folder before the first order. Takes the writer's
    /// lock (flock on `folder`/lock, held for life). Reads the whole file once: a store that cannot be believed prints
    /// twice. Fails: Conflict "store-in-use" (another agent), Denied "not-writable", Corrupt "store-damaged" (also when
    /// the file is gone from a store that was in use; nothing is overwritten), "store-foreign" (another shop's file),
    /// "store-behind" (it ends before what was acknowledged: its journal is gone, or it is an older copy),
    /// "store-differs" (what is to be printed is not what the events say); Unsupported "store-newer" (written by a
    /// newer Contone), Unavailable "disk-full". Any later call may fail with Unavailable "disk-full": nothing of it was
    /// stored, and once there is space the same store goes on. `told`: how far it is where another version's
    /// projections are made anew; nothing is sold until that is done.
    static Result<std::unique_ptr<SqliteStore>> open(const Path& folder, const Clock& clock,
                                                     Opening opening = Opening::ToWork,
                                                     const RebuildProgress& told = {});
    /// Whether `folder` holds a store, or what is left of one: open() makes none there.
    static bool isIn(const Path& folder);
    ~SqliteStore() override;

    Result<order::Order> place(const std::vector<order::OrderLine>& lines, const order::AgreedPrice& price,
                               const order::Customer& customer, const std::string& actor) override;
    Result<order::Order> order(OrderId id) const override;
    Result<order::Order> orderByNumber(int number) const override;
    Result<order::Order> orderByCode(std::span<const order::OrderCode> meant) const override;
    Result<order::Order> moveOrder(OrderId id, order::OrderState to, const std::string& reason,
                                   const std::string& actor) override;
    Result<std::vector<order::Order>> orders(int limit, std::optional<OrderId> after = {}) const override;
    Result<std::vector<order::Order>> findOrders(const order::OrderFilter& filter, int limit,
                                                 std::optional<OrderId> after = {}) const override;
    Result<order::OrderFacets> countOrders(const order::OrderFilter& filter) const override;
    Result<std::vector<std::pair<OrderId, order::Customer>>> customers(
        int limit, std::optional<OrderId> after = {}) const override;
    Result<order::Order> cancel(OrderId id, const std::string& reason, const std::string& actor) override;
    Result<void> acceptFindings(OrderId id, const std::vector<findings::Finding>& findings,
                                const std::string& actor) override;
    Result<std::vector<findings::Waiver>> waivers(OrderId id) const override;
    Result<order::Customer> customer(OrderId id) const override;
    Result<std::string> layout(OrderId id, const Sha256& layout) const override;
    Result<bool> eraseCustomer(OrderId id, const std::string& reason, const std::string& actor) override;
    Result<std::vector<Stored>> eventsAfter(std::int64_t position, int limit) const override;
    Result<std::vector<Stored>> eventsBetween(Instant from, Instant until,
                                              std::span<const std::string_view> types) const override;
    Result<std::vector<Stored>> timeline(OrderId id) const override;
    Result<std::int64_t> latestPosition() const override;

    Result<order::Payment> payment(OrderId order) const override;
    Result<order::Payment> changePayment(OrderId order, const Decide& decide, const std::string& actor) override;
    Result<std::vector<OrderId>> openPayments() const override;
    Result<void> closeTerminal(const order::TerminalClosed& closed, const std::string& actor) override;

    Result<std::vector<OrderId>> ordersOfPhone(const std::string& phone) const override;
    Result<bool> isNeeded(const Sha256& blob) const override;
    Result<std::vector<Sha256>> blobsToForget() const override;
    Result<void> noteForgotten(const Sha256& blob) override;
    Result<std::vector<order::Ageing>> ageing(int limit, std::optional<OrderId> after = {}) const override;
    Result<std::vector<Sha256>> photosOfNobody() const override;

    Result<void> keepFacts(const Sha256& original, const image::PhotoFacts& facts) override;
    Result<void> forgetFacts(const Sha256& original) override;
    Result<std::optional<image::PhotoFacts>> facts(const Sha256& original) const override;

    Result<print::PrintJob> planJob(OrderId order, const print::PrinterSetup& setup,
                                    const std::vector<print::PlannedSheet>& sheets, const print::JobTerms& terms,
                                    const std::string& actor) override;
    using print::Ledger::planJob;
    Result<print::PrintJob> printJob(JobId id) const override;
    Result<print::Sheet> sheet(SheetId id) const override;
    Result<std::vector<print::Sheet>> sheets(const print::SheetFilter& filter) const override;
    Result<print::Sheet> move(SheetId id, print::SheetState from, const print::SheetMove& move) override;
    Result<print::Sheet> noteSchedulerJob(SheetId id, int schedulerJob) override;
    Result<print::Page> page(const Sha256& recipe) const override;
    Result<std::string> recipeJson(const Sha256& recipe) const override;
    Result<std::vector<print::PrintJob>> openJobs() const override;
    Result<std::map<print::SheetState, int>> openStates(JobId id) const override;

    Result<std::vector<print::JobTally>> jobs(bool openOnly, int limit, std::optional<JobId> after = {}) const override;
    Result<print::PrintJob> holdJob(JobId id, const std::string& reason, const std::string& actor) override;
    Result<print::PrintJob> releaseJob(JobId id, const std::string& actor) override;
    Result<print::PrintJob> setPriority(JobId id, print::Priority priority, const std::string& actor) override;
    Result<print::PrintJob> movePlanned(JobId from, const print::PrinterSetup& setup,
                                        const std::vector<print::PlannedSheet>& sheets, const std::string& engine,
                                        const std::string& actor) override;
    Result<print::Sheet> noteSheet(SheetId id, const std::string& message, const std::string& actor) override;

    Result<void> saveSetup(const print::PrinterSetup& setup, const std::string& actor) override;
    Result<print::PrinterSetup> setup(const std::string& name) const override;
    Result<std::vector<print::PrinterSetup>> setups() const override;
    Result<print::PrinterCondition> condition(const std::string& setup) const override;
    Result<print::PrinterCondition> observe(const std::string& setup,
                                            const print::PrinterObservation& observation) override;
    Result<print::PrinterCondition> setPaused(const std::string& setup, print::Paused paused,
                                              const std::string& actor) override;

    Result<int> saveProject(project::ProjectId id, int version, const project::Project& project,
                            const std::string& actor) override;
    Result<project::KeptProject> project(project::ProjectId id) const override;
    Result<std::vector<project::ProjectSummary>> projects(int limit,
                                                          std::optional<project::ProjectId> after = {}) const override;
    Result<void> eraseProject(project::ProjectId id, const std::string& actor) override;
    Result<order::Order> placeProject(project::ProjectId id, int version, const std::vector<order::OrderLine>& lines,
                                      const order::AgreedPrice& price, const order::Customer& customer,
                                      const std::string& actor) override;

    Result<std::vector<access::Person>> staff() const override;
    Result<access::Person> person(const std::string& id) const override;
    Result<std::string> pinHash(const std::string& id) const override;
    Result<access::Tries> tries(const std::string& id) const override;
    Result<access::Person> addPerson(const std::string& name, access::Role role, const std::string& pinHash,
                                     const std::string& actor) override;
    Result<access::Person> changePerson(const std::string& id, const std::string& name, access::Role role,
                                        const std::string& actor) override;
    Result<void> removePerson(const std::string& id, const std::string& actor) override;
    Result<void> setPin(const std::string& id, const std::string& pinHash, bool bySelf,
                        const std::string& actor) override;
    Result<void> noteSignedIn(const std::string& id, const std::string& actor) override;
    Result<void> noteWrongPin(const std::string& id, const access::Tries& tries, const std::string& actor) override;

    /// Looks at all of the store once more, as open() did, beside the work: on a connection of its own, at one
    /// committed state. Fails: Corrupt as open(): nothing may be printed from it any more. Any other error: it could
    /// not look.
    Result<void> check() const;

    /// `told` is called after each commit, on the thread that wrote; it must not block. Set before the store is used.
    void whenCommitted(std::function<void()> told);

    /// From now on what is personal is sealed under keys of this ring, which outlives the store, and phones are found
    /// by their HMAC under `phoneKey`. Seals what is plain still, and destroys keys whose destruction was stopped.
    /// Once, before the store is used. Fails too: as KeyRing::take, KeyRing::destroy.
    Result<void> useKeys(keys::KeyRing& ring, const keys::Key& phoneKey);

    /// Replays all events into new projections beside the ones in use, then changes them; the result must be the same
    /// rows. Others read and write meanwhile: a slice of it holds them up for 10 to 20 ms. When it is stopped, what was
    /// in use stays in use; what it left goes with the next tidy(). `told`: on this thread, after each slice.
    Result<void> rebuildProjections(const RebuildProgress& told = {});
    /// Removes, beside the work, what a change of projections has replaced or left. Not at once with a rebuild.
    Result<void> tidy();

  private:
    struct Impl;
    Result<order::Order> placeIn(db::Database& database, OrderId id, const std::optional<keys::KeyId>& key,
                                 const std::vector<order::OrderLine>& lines, const order::AgreedPrice& price,
                                 const order::Customer& customer, const std::string& actor);
    Result<void> draftIn(db::Database& database, OrderId id, const std::string& actor);
    /// Keys that are to be destroyed are, and nothing of what was erased stands in the log.
    Result<void> finishErasing();
    /// What of the order's own stream follows from its last sheet: it is ready.
    Result<void> readyWhenPrinted(db::Database& database, OrderId id);
    Result<void> cutLog();
    explicit SqliteStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::store
