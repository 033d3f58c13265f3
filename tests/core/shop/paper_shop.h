// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PaperShop: a whole shop in a folder: store, vault, spool, supervisor, and simulated printers whose paper is counted.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "core/keys/key_ring.h"
#include "core/shop/local/local_shop.h"
#include "core/store/sqlite_store.h"
#include "printers/models/load_models.h"
#include "printers/sim/sim_printer.h"
#include "tests/places.h"

/// Asks once, whatever a macro of Qt evaluates.
#define QVERIFY_OK(result)                                                                                  \
    do {                                                                                                    \
        const auto& outcome = (result);                                                                     \
        QVERIFY2(outcome, outcome ? "" : (outcome.error().reason + ": " + outcome.error().detail).c_str()); \
    } while (false)
#define QVERIFY_FAILS(result, why)                                                                        \
    do {                                                                                                  \
        const auto& failure = (result);                                                                   \
        QCOMPARE(QString::fromStdString(failure ? std::string() : failure.error().reason), QString(why)); \
    } while (false)

namespace contone::shoptest {

using print::SheetState;

/// What a test says of all printers, besides the fault files of the simulated ones.
struct Scheduler {
    std::atomic<bool> guardHolds{false};   ///< every job with a page is held: it was started before a restart
    std::atomic<bool> keepsJobs{false};    ///< cancelling is accepted, and does nothing
    std::atomic<bool> guardIsGone{false};  ///< the queue still takes pages, but may print one twice
    std::atomic<bool> isReplaced{false};   ///< another printer answers at the route
    std::atomic<const PaperSize*> onlyLoaded{
        nullptr};  ///< jobs of any other sheet are made to wait. Null: all are loaded
    std::atomic<int> cancels{0}, resumes{0};
    std::atomic<bool> stopped{false};      ///< the queue stopped itself; resume() starts it
    std::atomic<bool> pausedThere{false};  ///< a person paused the queue
    std::atomic<int> answersAfterMs{0};    ///< how long each question about a printer's state takes
    std::atomic<int> printsLeft{-1};       ///< what every printer reports; negative: nothing
    std::map<std::string, int> leftAt;     ///< by tray; set before anything runs
    std::map<std::string, PaperSize> loadedAt;
    std::function<void()> whileVerifying;
    std::atomic<int> testPages{0};  ///< what verifying sends; looking again before a job sends none
};

/// A simulated printer behind a scheduler that can hold.
class HoldingPrinter final : public print::Printer, public print::CanVerify {
  public:
    HoldingPrinter(Path folder, const Clock& clock, Scheduler& scheduler)
        : m_tray(folder.filename().string()), m_sim(std::move(folder), clock), m_scheduler(scheduler) {}
    Result<print::PrinterState> state() override {
        std::this_thread::sleep_for(std::chrono::milliseconds(m_scheduler.answersAfterMs));
        CONTONE_TRY(print::PrinterState state, m_sim.state());
        if (const PaperSize* loaded = m_scheduler.onlyLoaded) state.mediaReady = {*loaded};
        if (const auto loaded = m_scheduler.loadedAt.find(m_tray); loaded != m_scheduler.loadedAt.end())
            state.mediaReady = {loaded->second};
        if (m_scheduler.stopped) state.obstacles.push_back(print::Obstacle::Stopped);
        if (m_scheduler.pausedThere) state.obstacles.push_back(print::Obstacle::Paused);
        state.ready = state.ready && !m_scheduler.stopped && !m_scheduler.pausedThere;
        int left = m_scheduler.printsLeft;
        if (const auto at = m_scheduler.leftAt.find(m_tray); at != m_scheduler.leftAt.end()) left = at->second;
        if (left >= 0) state.supplies = {{print::Supply::Kind::Media, "paper and ribbon", {}, left}};
        return state;
    }
    std::unique_ptr<image::StripSink> documentSink(const Path& file, const print::Ticket& ticket) override {
        return m_sim.documentSink(file, ticket);
    }
    Result<print::SchedulerJob> create(const print::Ticket& ticket) override { return m_sim.create(ticket); }
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) override {
        return m_sim.send(ticket, job, file);
    }
    Result<std::optional<print::JobStatus>> find(AttemptId attempt) override {
        CONTONE_TRY(auto status, m_sim.find(attempt));
        if (status && m_scheduler.guardHolds && status->documents > 0 && status->sheets == 0 &&
            status->progress != print::JobProgress::Cancelled) {
            status->progress = print::JobProgress::Held;
            status->heldByGuard = true;
        }
        return status;
    }
    Result<void> cancel(print::SchedulerJob job) override {
        m_scheduler.cancels++;
        return m_scheduler.keepsJobs ? Result<void>() : m_sim.cancel(job);
    }
    Result<void> release(print::SchedulerJob job) override { return m_sim.release(job); }
    Result<void> resume() override {
        m_scheduler.resumes++;
        m_scheduler.stopped = false;
        return m_sim.resume();
    }
    Result<print::Verification> verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                       Instant at) override {
        m_scheduler.testPages++;
        if (m_scheduler.whileVerifying) m_scheduler.whileVerifying();
        return recheck(setup, medium, at);
    }
    Result<print::Verification> recheck(const print::PrinterSetup& setup, const print::Medium& medium,
                                        Instant at) override {
        CONTONE_TRY(print::Verification result, m_sim.verify(setup, medium, at));
        if (m_scheduler.guardIsGone) {
            result.atLeastOnce = true;
            result.problems.push_back("The queue does not go through contone-guard.");
        }
        if (m_scheduler.guardIsGone || m_scheduler.isReplaced)
            result.fingerprint = Sha256::of("changed" + result.fingerprint.toString());
        return result;
    }

  private:
    const std::string m_tray;
    printers::SimPrinter m_sim;
    Scheduler& m_scheduler;
};

inline Path photo(const std::string& name) {
    return Path(contone::tests::sourceFolder) / "tests/data/photos" / name;
}

class PaperShop {
  public:
    /// `tables`: a folder for colour tables, shared by shops so that each is made once.
    explicit PaperShop(Path tables) : m_tables(std::move(tables)) {
        const Path share = Path(contone::tests::programFolder).parent_path() / "share/contone";
        m_catalog = catalog::Catalog::load(share).value();
        m_prices = std::make_unique<pricing::PriceBook>(
            pricing::PriceFiles{folder() / "prices.toml", share / "prices" / "standard.toml"}, m_catalog, steady);
        m_models = printers::loadModels(share).value();
        for (auto& [id, model] : m_models)  // a quarter of the resolution: paper counts the same, and tests are quick
            for (print::Medium& m : model.media) {
                m.raster = {m.raster.width / 4, m.raster.height / 4};
                m.dpiX.value /= 4;
                m.dpiY.value /= 4;
                for (int* unprintable :
                     {&m.unprintableLeft, &m.unprintableTop, &m.unprintableRight, &m.unprintableBottom})
                    *unprintable /= 4;
            }
        open();
    }
    ~PaperShop() { close(); }
    PaperShop(const PaperShop&) = delete;
    PaperShop& operator=(const PaperShop&) = delete;

    Path folder() const { return m_dir.path().toStdString(); }
    Path tray(const std::string& setup = "front") const { return folder() / "trays" / setup; }
    Path spoolFolder() const { return folder() / "spool"; }
    Path pagesFolder() const { return folder() / "pages"; }

    /// The process ends and the next one begins.
    /// `between`: while no process has the shop open.
    void restart(const std::function<void()>& between = [] {}) {
        close();
        between();
        open();
    }
    void startPrinting() {
        supervisor = std::make_unique<production::PrintSupervisor>(production::SupervisorParts{
            *store,
            *store,
            *store,
            *m_spool,
            m_models,
            makePrinter(),
            clock,
            {},
            [](std::string_view) {},
            [this](JobId job, const std::vector<SheetId>& sheets, const std::string& setup) {
                return local->transferSheets(job, sheets, setup);
            },
            times});
        supervisor->start();
    }
    void stopPrinting() { supervisor.reset(); }

    shop::SaveSetup newSetup(const std::string& name = "front") const {
        shop::SaveSetup setup;
        setup.name = name;
        setup.route = {print::RouteKind::Sim, tray(name).string()};
        setup.model = "dnp-ds620";
        setup.medium = "4x6";
        return setup;
    }
    /// A verified setup of a simulated printer.
    void addPrinter(const std::string& name = "front") {
        QVERIFY_OK(shop->ask(newSetup(name)));
        QVERIFY_OK(shop->ask(shop::VerifySetup{name}));
    }
    void faults(const printers::SimFaults& faults, const std::string& setup = "front") {
        QVERIFY_OK(printers::setSimFaults(tray(setup), faults));
    }
    /// An order of one photo.
    order::Order placed(int copies, const std::string& name = "Olympus_PEN_E-P3.jpg",
                        const std::string& product = "10x15") {
        const auto original = shop::addOriginal(*shop, photo(name));
        if (!original) return {};
        const auto order = shop->ask(shop::PlaceOrder{{{*original, name, product, copies, {}}}});
        return order ? *order : order::Order{};
    }

    print::Medium medium(const std::string& model, const std::string& id) const {
        return *m_models.at(model).medium(id);
    }
    std::vector<print::Sheet> sheets(const order::Order& order) const {
        return *shop::askAll(*shop, shop::ListSheets{.order = order.id});
    }
    int count(const order::Order& order, SheetState state) const {
        return static_cast<int>(std::ranges::count(sheets(order), state, &print::Sheet::state));
    }
    /// Waits up to 15 s until so many sheets of the order are in `state`.
    bool reach(const order::Order& order, SheetState state, int sheets) const {
        return QTest::qWaitFor([&] { return count(order, state) == sheets; }, 15000);
    }
    /// Physical sheets in a tray.
    int paper(const std::string& setup = "front") const { return files(tray(setup), "sheet-"); }
    /// Files in a folder whose names begin so.
    static int files(const Path& folder, const std::string& prefix) {
        int n = 0;
        std::error_code missing;
        for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
            if (entry.path().filename().string().starts_with(prefix)) n++;
        return n;
    }
    vault::Vault& vault() { return *m_vault; }
    /// Originals and profiles in the vault.
    int blobs() const {
        int n = 0;
        std::error_code missing;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder() / "vault", missing))
            if (entry.is_regular_file()) n++;
        return n;
    }
    /// One sheet of one order, brought to Unknown: the guard holds its page, no paper has moved.
    print::Sheet oneInQuestion(const order::Order& order) {
        faults({.mediaEmpty = true});
        scheduler.guardHolds = true;
        if (shop->ask(shop::PrintOrder{order.id, "front"})) reach(order, SheetState::Unknown, 1);
        const auto all = sheets(order);
        return all.empty() ? print::Sheet{} : all.back();
    }

    Path fonts =
        Path(contone::tests::programFolder).parent_path() / "share/contone/fonts";  ///< from the next restart() on
    Path looks() const { return folder() / "looks"; }

    /// The time, which may jump.
    struct ShiftedClock final : Clock {
        std::atomic<std::int64_t> shift{0};
        Instant now() const override { return {SystemClock().now().ms + shift}; }
    } clock;
    production::SupervisorTimes times{std::chrono::milliseconds(200), std::chrono::milliseconds(300)};
    /// A terminal on loopback answers at once; what hangs is told soon.
    devices::ZvtTimeouts terminalTimeouts{.connect = std::chrono::milliseconds(1000),
                                          .answer = std::chrono::milliseconds(600),
                                          .byte = std::chrono::milliseconds(400),
                                          .message = std::chrono::milliseconds(1500),
                                          .longest = std::chrono::milliseconds(4000),
                                          .busyPause = std::chrono::milliseconds(10)};
    decode::Decoder::Options decoders{.programs = contone::tests::programFolder};  ///< from the next restart() on
    Scheduler scheduler;
    std::unique_ptr<store::SqliteStore> store;
    std::unique_ptr<vault::DerivativeCache> pages;
    shop::ChangeSignal changes;
    std::unique_ptr<shop::LocalShop> local;
    std::unique_ptr<shop::Shop> shop;  ///< as its owner asks it
    std::unique_ptr<production::PrintSupervisor> supervisor;

  private:
    production::MakePrinter makePrinter() {
        return [this](const print::PrinterSetup& setup) -> Result<std::unique_ptr<print::Printer>> {
            return std::make_unique<HoldingPrinter>(setup.route.uri, m_printersClock, scheduler);
        };
    }
    void close() {
        supervisor.reset();
        shop.reset();
        local.reset();
        m_spool.reset();
        pages.reset();
        m_vault.reset();
        m_ring.reset();
        store.reset();
    }
    void open() {
        store = store::SqliteStore::open(folder() / "store", clock).value();
        store->whenCommitted([this] { changes.tell(); });
        const auto storeKey = keys::StoreKey::open(m_disk, folder(), {});
        m_ring = keys::KeyRing::open(m_disk, folder() / "keys", *storeKey).value();
        if (const auto sealed = store->useKeys(*m_ring, keys::phoneKey(*storeKey)); !sealed)
            qFatal("%s", sealed.error().detail.c_str());
        m_vault = vault::Vault::open(folder() / "vault", *m_ring).value();
        m_decoder = std::make_unique<decode::Decoder>(decoders);
        pages = vault::DerivativeCache::open(pagesFolder(), {}).value();
        m_spool = production::PageSpool::open(spoolFolder(), m_tables, *pages, *m_vault, *m_decoder, 2).value();
        local = std::make_unique<shop::LocalShop>(shop::ShopParts{m_catalog,
                                                                  *m_prices,
                                                                  m_models,
                                                                  *store,
                                                                  *store,
                                                                  *store,
                                                                  *store,
                                                                  *store,
                                                                  *store,
                                                                  *store,
                                                                  *store,
                                                                  *m_vault,
                                                                  *m_decoder,
                                                                  *m_spool,
                                                                  makePrinter(),
                                                                  changes,
                                                                  clock,
                                                                  {},
                                                                  [this] {
                                                                      if (supervisor) supervisor->wake();
                                                                  },
                                                                  [this](const std::string& name) {
                                                                      return supervisor
                                                                                 ? supervisor->status(name)
                                                                                 : shop::SetupStatus{.setup = name};
                                                                  },
                                                                  keys::pinKey(*storeKey),
                                                                  looks(),
                                                                  folder() / "shop.toml",
                                                                  {.folder = fonts},
                                                                  terminalTimeouts,
                                                                  [](std::string_view) {},
                                                                  folder() / "costs.toml"});
        shop = std::make_unique<shop::ShopFor>(*local, shop::thisProgram());
    }

    QTemporaryDir m_dir;
    SystemClock m_printersClock;  ///< a printer does not know that the computer's clock jumped
    Path m_tables;
    std::unique_ptr<decode::Decoder> m_decoder;
    catalog::Catalog m_catalog;
    SteadyClock steady;
    std::unique_ptr<pricing::PriceBook> m_prices;
    print::Models m_models;
    LocalDisk m_disk;
    std::unique_ptr<keys::KeyRing> m_ring;
    std::optional<vault::Vault> m_vault;
    std::unique_ptr<production::PageSpool> m_spool;
};

/// For test classes: a fresh shop with one verified printer, "front", for each slot. Their init() opens it.
class OneShop {
  protected:
    void open() {
        m_shop = std::make_unique<PaperShop>(m_tables.path().toStdString());
        m_shop->addPrinter();
    }
    void close() { m_shop.reset(); }
    PaperShop& paper() { return *m_shop; }
    shop::Shop& shop() { return *m_shop->shop; }
    print::PrintJob printed(const order::Order& order, print::Priority priority = print::Priority::InStore) {
        return *shop().ask(shop::PrintOrder{order.id, "front", {}, priority});
    }

  private:
    QTemporaryDir m_tables;  ///< kept from slot to slot
    std::unique_ptr<PaperShop> m_shop;
};

}  // namespace contone::shoptest
