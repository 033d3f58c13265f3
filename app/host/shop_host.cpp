// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Puts a shop together: which store, vault, printers and use cases work with which.
#include "app/host/shop_host.h"

#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "core/backup/backup.h"
#include "core/keys/key_ring.h"
#include "core/shop/local/local_shop.h"
#include "core/store/sqlite_store.h"
#include "printers/cups/queue_printer.h"
#include "printers/gutenprint/gutenprint_printer.h"
#include "printers/ipp/ipp_printer.h"
#include "printers/models/load_models.h"
#include "printers/sim/sim_printer.h"

namespace contone::app {

constexpr std::int64_t hourMs = 3'600'000;

struct ShopHost::Impl {
    explicit Impl(HostOptions hostOptions) : options(std::move(hostOptions)) {}

    HostOptions options;
    SystemClock clock;
    SteadyClock steady;  ///< paper that moves does not go back with the wall clock
    int filesClosed = 0;
    catalog::Catalog catalog;
    std::unique_ptr<pricing::PriceBook> prices;
    print::Models models;
    std::unique_ptr<store::SqliteStore> store;
    LocalDisk disk;
    std::unique_ptr<keys::KeyRing> ring;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<vault::DerivativeCache> pages;
    std::unique_ptr<production::PageSpool> spool;
    shop::ChangeSignal changes;
    std::unique_ptr<shop::LocalShop> service;
    std::unique_ptr<shop::Shop> shop;
    printers::Interrupt interrupt;  ///< of all printers, those of the operations too
    std::unique_ptr<production::PrintSupervisor> supervisor;
    std::jthread cutter;
    std::jthread forgetter, watcher, settler;  // last: they use the others

    Result<std::unique_ptr<print::Printer>> makePrinter(const print::PrinterSetup& setup) const {
        if (setup.route.kind == print::RouteKind::Sim) {
            if (setup.route.uri.empty())
                return fail(Code::Invalid, "bad-route", "Say in which folder the simulated printer puts its sheets.");
            return std::make_unique<printers::SimPrinter>(setup.route.uri, steady);
        }
        CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, models));
        if (setup.route.kind == print::RouteKind::Gutenprint) {
            CONTONE_TRY(auto printer,
                        printers::GutenprintPrinter::open(setup.route, target.model(), {.interrupt = interrupt}));
            return std::unique_ptr<print::Printer>(std::move(printer));
        }
        if (setup.route.kind == print::RouteKind::Queue) {
            CONTONE_TRY(auto printer,
                        printers::QueuePrinter::open(setup.route, target.model().device, {.interrupt = interrupt}));
            return std::unique_ptr<print::Printer>(std::move(printer));
        }
        CONTONE_TRY(auto printer,
                    printers::IppPrinter::open(setup.route, target.model().device, {.interrupt = interrupt}));
        return std::unique_ptr<print::Printer>(std::move(printer));
    }

    /// Waits `time` or until it is stopped; true: go on.
    static bool sleep(const std::stop_token& stop, std::chrono::milliseconds time) {
        std::mutex mutex;
        std::condition_variable_any ended;
        std::unique_lock lock(mutex);
        ended.wait_for(lock, stop, time, [] { return false; });
        return !stop.stop_requested();
    }
    /// How far the clock of the wall is from the one that only counts.
    std::int64_t wallAhead() const { return clock.now().ms - steady.now().ms; }
    /// Whether nothing was recorded for a week: the shop was closed, or the clock jumped forward.
    bool hasGap() const {
        const auto last = store->latestPosition();
        if (!last || *last == 0) return false;
        const auto newest = store->eventsAfter(*last - 1, 1);
        return !newest || newest->empty() || clock.now().ms - newest->front().event.at.ms > 7 * 24 * hourMs;
    }
    /// What is erased by its age is gone for good, so a clock that jumped must not decide it: then a day of running
    /// passes first, in which somebody may put the clock right. `contone retention run` does not wait.
    void forgetInTime(const std::stop_token& stop) const {
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 19);  // of this thread: nobody waits for it
        std::int64_t ahead = wallAhead(), believedFrom = hasGap() ? steady.now().ms + 24 * hourMs : 0;
        if (const auto done = service->indexOrders(); !done)
            options.log.error("index", {{"reason", done.error().reason}, {"detail", done.error().detail}});
        do {
            const std::int64_t now = wallAhead();
            if (std::abs(now - ahead) > hourMs) believedFrom = steady.now().ms + 24 * hourMs;
            ahead = now;
            if (steady.now().ms >= believedFrom)
                service->applyRetention();
            else
                options.log.info("retention-waits", {{"reason", "clock-moved"}});
        } while (sleep(stop, std::chrono::hours(1)));
    }
    /// Payments whose answer was lost: at the start, when the last program died of it, and as long as there are some.
    void settlePayments(const std::stop_token& stop) const {
        do {
            const CancelToken cancel;  // its own each time: whoever stops one look stops no later one
            const std::stop_callback stopping(stop, [&] { cancel.cancel(); });
            service->findOutPayments(cancel);
        } while (sleep(stop, std::chrono::seconds(20)));
    }
    void watchStore(const std::stop_token& stop) const {
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 19);  // of this thread: nobody waits for it
        backup::removeStale({options.places.home});
        if (const auto done = service->finishErasures(); !done)
            options.log.error("erase", {{"reason", done.error().reason}, {"detail", done.error().detail}});
        if (const auto done = store->tidy(); !done)
            options.log.error("store-tidy", {{"reason", done.error().reason}, {"detail", done.error().detail}});
        auto next =
            options.opening == store::Opening::ToWorkAtOnce ? std::chrono::milliseconds(0) : options.storeWatch.every;
        for (; sleep(stop, next); next = options.storeWatch.every) {
            const auto checked = store->check();
            if (checked) continue;
            options.log.error("store-check", {{"reason", checked.error().reason}, {"detail", checked.error().detail}});
            if (checked.error().code != Code::Corrupt) continue;  // it could not be looked at; next time, then
            options.storeWatch.whenUnfit(checked.error());
            return;
        }
    }
};

Result<std::unique_ptr<ShopHost>> ShopHost::open(HostOptions options) {
    auto impl = std::make_unique<Impl>(std::move(options));
    const Places& places = impl->options.places;
    CONTONE_TRY(impl->catalog, catalog::Catalog::load(places.share));
    impl->prices = std::make_unique<pricing::PriceBook>(
        places.prices(), impl->catalog, impl->steady, [log = impl->options.log](const Error& trouble) {
            log.error("prices", {{"reason", trouble.reason}, {"detail", trouble.detail}});
        });
    CONTONE_TRY(impl->models, printers::loadModels(places.share));
    CONTONE_TRY(impl->filesClosed, places.makeHome());
    std::int64_t tenth = -1;
    const auto progress = [&tenth, log = impl->options.log](std::int64_t done, std::int64_t total) {
        if (done * 10 / total == tenth) return;
        tenth = done * 10 / total;
        log.info("store-rebuild", {{"done", std::to_string(done)}, {"of", std::to_string(total)}});
    };
    CONTONE_TRY(impl->store, store::SqliteStore::open(places.home, impl->clock, impl->options.opening, progress));
    impl->store->whenCommitted([self = impl.get()] { self->changes.tell(); });
    CONTONE_TRY(const keys::StoreKey storeKey, keys::StoreKey::open(impl->disk, places.home, places.credentials));
    CONTONE_TRY(impl->ring, keys::KeyRing::open(impl->disk, places.keys(), storeKey));
    CONTONE_CHECK(impl->store->useKeys(*impl->ring, keys::phoneKey(storeKey)));
    for (const std::string& file : impl->ring->damagedFiles())
        impl->options.log.error("keys-damaged", {{"file", file}});
    CONTONE_TRY(vault::Vault vault, vault::Vault::open(places.vault(), *impl->ring));
    impl->vault = std::make_unique<vault::Vault>(std::move(vault));
    CONTONE_TRY(impl->pages, vault::DerivativeCache::open(places.pages(), {}));
    CONTONE_TRY(impl->spool, production::PageSpool::open(places.spool(), places.tableCache(), *impl->pages,
                                                         *impl->vault, impl->options.decoder, impl->options.threads));
    Impl* self = impl.get();
    const production::MakePrinter makePrinter = [self](const print::PrinterSetup& setup) {
        return self->makePrinter(setup);
    };
    impl->service = std::make_unique<shop::LocalShop>(
        shop::ShopParts{impl->catalog,
                        *impl->prices,
                        impl->models,
                        *impl->store,
                        *impl->store,
                        *impl->store,
                        *impl->store,
                        *impl->store,
                        *impl->store,
                        *impl->store,
                        *impl->store,
                        *impl->vault,
                        impl->options.decoder,
                        *impl->spool,
                        makePrinter,
                        impl->changes,
                        impl->clock,
                        impl->options.log,
                        [self] {
                            if (self->supervisor) self->supervisor->wake();
                        },
                        [self](const std::string& name) {
                            return self->supervisor ? self->supervisor->status(name) : shop::SetupStatus{.setup = name};
                        },
                        keys::pinKey(storeKey),
                        places.looks(),
                        places.home / "shop.toml",
                        text::FontSetSettings{.folder = places.share / "fonts"},
                        {},
                        impl->options.commitPoint,
                        places.home / "costs.toml"});
    impl->shop = std::make_unique<shop::ShopFor>(*impl->service, shop::thisProgram());
    impl->supervisor = std::make_unique<production::PrintSupervisor>(
        production::SupervisorParts{*impl->store, *impl->store, *impl->store, *impl->spool, impl->models, makePrinter,
                                    impl->clock, impl->options.log, impl->options.commitPoint,
                                    [self](JobId job, const std::vector<SheetId>& sheets, const std::string& setup) {
                                        return self->service->transferSheets(job, sheets, setup);
                                    }});
    return std::unique_ptr<ShopHost>(new ShopHost(std::move(impl)));
}

ShopHost::ShopHost(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ShopHost::~ShopHost() {
    stopPrinting();
}
int ShopHost::filesClosed() const {
    return m_impl->filesClosed;
}
shop::Shop& ShopHost::shop() {
    return *m_impl->shop;
}
shop::ShopService& ShopHost::service() {
    return *m_impl->service;
}
void ShopHost::startPrinting() {
    m_impl->supervisor->start();
    m_impl->forgetter = std::jthread([self = m_impl.get()](const std::stop_token& stop) { self->forgetInTime(stop); });
    m_impl->settler = std::jthread([self = m_impl.get()](const std::stop_token& stop) { self->settlePayments(stop); });
    m_impl->watcher = std::jthread([self = m_impl.get()](const std::stop_token& stop) { self->watchStore(stop); });
}
void ShopHost::beginStop() {
    m_impl->interrupt.announceNoMore();
    if (m_impl->supervisor) m_impl->supervisor->beginStop();
    if (m_impl->cutter.joinable()) return;
    const auto later = [interrupt = m_impl->interrupt](const std::stop_token& stop) {
        Impl::sleep(stop, std::chrono::seconds(3));  // of grace
        interrupt.cut();
    };
    try {
        m_impl->cutter = std::jthread(later);
    } catch (const std::system_error&) {  // no memory for a thread: then without grace
        m_impl->interrupt.cut();
    }
}
void ShopHost::stopPrinting() {
    beginStop();
    m_impl->forgetter = {};
    m_impl->watcher = {};
    m_impl->settler = {};
    m_impl->supervisor.reset();
}

}  // namespace contone::app
