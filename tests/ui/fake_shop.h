// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FakeShop: a shop in memory with one verified setup; the test moves its sheets.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/shop/shop.h"

namespace contone::ui {

class FakeShop final : public shop::Shop {
    template <class Read>
    auto locked(Read read) const {
        const std::lock_guard lock(m_mutex);
        return read();
    }

  public:
    static print::PrinterSetup verifiedSetup() {
        return {
            .name = "front-desk",
            .route = {print::RouteKind::Sim, "out"},
            .model = "generic-ipp-photo",
            .medium = "4x6",
            .finish = "glossy",
            .profile = icc::Profile::syntheticPhotoRgb().hash(),
            .profileName = "photo",
            .calibration = {.offsetX = millimetres(0.4), .extraOverscan = {{}, millimetres(0.2), {}, millimetres(0.2)}},
            .pool = "counter",
            .lowPrints = 35,
            .verification = print::Verification{.passed = true}};
    }

    /// Moves a sheet as the agent would, and says so in the feed.
    void move(std::size_t index, print::SheetState state, const std::string& message = {}) {
        const std::lock_guard lock(m_mutex);
        m_sheets.at(index).state = state;
        m_sheets.at(index).message = message;
        announce("sheet-moved", "production/job");
    }
    /// A job of the last order that waits for a person's word.
    void hold(const std::string& why) {
        const std::lock_guard lock(m_mutex);
        print::JobTally tally{
            .job = {.id = JobId::generate(m_clock), .order = m_orders.back().id, .setupName = "front-desk"}};
        tally.job.heldReason = why;
        tally.waiting = 3;
        m_jobs.push_back(tally);
        announce("job-held", "production/job");
    }
    shop::Settlement lastWord() const {
        return locked([this] { return m_lastWord; });
    }
    void setReachable(bool reachable) {
        const std::lock_guard lock(m_mutex);
        m_reachable = reachable;
    }
    std::size_t orderCount() const {
        return locked([this] { return m_orders.size(); });
    }
    std::vector<print::Sheet> allSheets() const {
        return locked([this] { return m_sheets; });
    }
    shop::NewOrder lastOrder() const {
        return locked([this] { return m_last; });
    }

    /// As saveSetup() was asked last.
    shop::NewSetup lastSetup() const {
        return locked([this] { return m_saved; });
    }

    Result<Sha256> addOriginal(const Path& file) override {
        CONTONE_TRY(const Bytes bytes, readFile(file, 1 << 24));
        return Sha256::of(bytes);
    }
    Result<order::Order> placeOrder(const shop::NewOrder& wanted) override {
        const std::lock_guard lock(m_mutex);
        m_last = wanted;
        order::Order order{.id = OrderId::generate(m_clock), .number = 1001 + int(m_orders.size())};
        for (const shop::NewLine& line : wanted.lines)
            order.lines.push_back({LineId::generate(m_clock), line.original, line.product, line.copies, {}, {}});
        m_orders.push_back(order);
        announce("order-placed", "order/" + order.id.toString());
        return order;
    }
    Result<order::Order> order(OrderId) const override { return m_orders.front(); }
    Result<order::Order> orderByNumber(int) const override { return m_orders.front(); }
    Result<std::vector<order::Order>> orders(int) const override { return m_orders; }

    using Shop::print, Shop::reprint, Shop::settle;
    Result<print::PrintJob> print(OrderId id, const shop::PrintWish& wish) override {
        const std::lock_guard lock(m_mutex);
        if (!m_sheets.empty()) return fail(Code::Conflict, "already-printing", "This order is being printed already.");
        for (const order::OrderLine& line : m_orders.back().lines)
            for (int copy = 1; copy <= line.copies; copy++)
                m_sheets.push_back({.id = SheetId::generate(m_clock), .order = id, .line = line.id, .copy = copy});
        announce("job-planned", "production/job");
        return print::PrintJob{.order = id, .setupName = wish.setup, .sheets = int(m_sheets.size())};
    }
    Result<std::vector<print::Sheet>> cancelPlanned(OrderId, const std::string&, const std::string&) override {
        const std::lock_guard lock(m_mutex);
        std::vector<print::Sheet> cancelled;
        for (print::Sheet& sheet : m_sheets)
            if (sheet.state == print::SheetState::Planned) {
                sheet.state = print::SheetState::Cancelled;
                cancelled.push_back(sheet);
            }
        announce("sheet-moved", "production/job");
        return cancelled;
    }
    Result<order::Order> cancelOrder(OrderId id, const std::string& reason, const std::string& actor) override {
        CONTONE_CHECK(cancelPlanned(id, reason, actor));
        const std::lock_guard lock(m_mutex);
        m_orders.back().state = order::OrderState::Cancelled;
        return m_orders.back();
    }
    Result<void> eraseCustomer(OrderId, const std::string&) override {
        const std::lock_guard lock(m_mutex);
        m_last.customerName.clear();
        return {};
    }
    Result<std::vector<print::Sheet>> sheets(const print::SheetFilter&) const override { return allSheets(); }
    Result<shop::SheetRecord> sheetRecord(SheetId) const override { return shop::SheetRecord{}; }
    Result<shop::SheetComparison> compareSheet(SheetId) override { return shop::SheetComparison{}; }
    Result<shop::Settled> settle(SheetId id, const shop::Settlement& word) override {
        const shop::Verdict verdict = word.verdict;
        const std::lock_guard lock(m_mutex);
        const auto sheet = std::ranges::find(m_sheets, id, &print::Sheet::id);
        m_lastWord = word;
        if (verdict == shop::Verdict::CannotTell)
            sheet->message = "Somebody looked and could not tell.";
        else
            sheet->state = verdict == shop::Verdict::InTray    ? print::SheetState::Out
                           : verdict == shop::Verdict::Spoiled ? print::SheetState::Spoiled
                                                               : print::SheetState::Cancelled;
        announce("sheet-moved", "production/job");
        return shop::Settled{*sheet, {}};
    }
    Result<print::PrintJob> reprint(SheetId id, const print::ReprintCase&, const std::string&) override {
        const std::lock_guard lock(m_mutex);
        print::Sheet again = *std::ranges::find(m_sheets, id, &print::Sheet::id);
        again.reprintOf = id;
        again.id = SheetId::generate(m_clock);
        again.state = print::SheetState::Planned;
        m_sheets.push_back(again);
        announce("job-planned", "production/job");
        return print::PrintJob{.sheets = 1};
    }

    Result<print::Spoilage> spoilage(Instant, Instant) const override { return print::Spoilage{}; }
    Result<std::vector<print::JobTally>> jobs(bool, int) const override {
        return locked([this] { return m_jobs; });
    }
    Result<print::PrintJob> holdJob(JobId, const std::string&, const std::string&) override { return noJob(); }
    Result<print::PrintJob> releaseJob(JobId id, const std::string&) override {
        const std::lock_guard lock(m_mutex);
        const auto found = std::ranges::find(m_jobs, id, [](const print::JobTally& t) { return t.job.id; });
        if (found == m_jobs.end()) return noJob();
        found->job.heldReason.clear();
        announce("job-released", "production/job");
        return found->job;
    }
    Result<print::PrintJob> setPriority(JobId, print::Priority, const std::string&) override { return noJob(); }
    Result<print::PrintJob> moveJob(JobId, const std::string&, const std::string&) override { return noJob(); }
    Result<std::vector<print::Sheet>> cancelJob(JobId, const std::string&, const std::string&) override {
        return std::vector<print::Sheet>{};
    }
    Result<shop::SetupStatus> pausePrinter(const std::string& name, const std::string&) override {
        m_paused = true;
        return setupStatus(name);
    }
    Result<shop::SetupStatus> resumePrinter(const std::string& name, const std::string&) override {
        m_paused = false;
        return setupStatus(name);
    }
    Result<print::PrintJob> printCalibration(const std::string&, const std::string&) override { return noJob(); }
    Result<print::PrinterSetup> calibrate(const std::string& name, const print::FourReadings&,
                                          const std::string&) override {
        return setup(name);
    }
    Result<print::Enough> enoughFor(const shop::EnoughQuery&) const override { return print::Enough{}; }

    Result<print::PrinterSetup> saveSetup(const shop::NewSetup& wanted) override {
        const std::lock_guard lock(m_mutex);
        m_setup.intent = wanted.intent;
        m_setup.blackPoint = wanted.blackPoint;
        m_saved = wanted;
        return m_setup;
    }
    Result<print::PrinterSetup> setup(const std::string&) const override {
        return locked([this] { return m_setup; });
    }
    Result<std::vector<print::PrinterSetup>> setups() const override {
        const std::lock_guard lock(m_mutex);
        if (!m_reachable) return fail(Code::Unavailable, "agent-unreachable", "The shop's server does not answer.");
        return std::vector{m_setup};
    }
    Result<print::PrinterSetup> verifySetup(const std::string& name, const std::string&) override {
        return setup(name);
    }
    Result<shop::SetupStatus> setupStatus(const std::string& name) const override {
        return shop::SetupStatus{.setup = name,
                                 .ready = !m_paused,
                                 .seenAt = {1},
                                 .supplies = {{.name = "Ribbon", .percent = 62}},
                                 .printsLeft = 180,
                                 .paused = m_paused};
    }
    Result<Bytes> setupProfile(const std::string&) const override {
        const icc::Profile profile = icc::Profile::syntheticPhotoRgb();
        return Bytes(profile.bytes().begin(), profile.bytes().end());
    }
    Result<std::vector<shop::Change>> changesAfter(std::int64_t position, int waitMs) const override {
        std::unique_lock lock(m_mutex);
        if (!m_reachable) return fail(Code::Unavailable, "agent-unreachable", "The shop's server does not answer.");
        if (position == shop::latestChange) return std::vector{shop::Change{.position = std::int64_t(m_feed.size())}};
        const auto news = [&] { return std::int64_t(m_feed.size()) > position; };
        m_news.wait_for(lock, std::chrono::milliseconds(std::min(waitMs, 200)), news);
        if (!news()) return std::vector<shop::Change>{};
        return std::vector<shop::Change>(m_feed.begin() + position, m_feed.end());
    }

  private:
    static std::unexpected<Error> noJob() {
        return fail(Code::NotFound, "job-unknown", "There is no such print job. Refresh and look again.");
    }
    void announce(const std::string& type, const std::string& stream) {
        m_feed.push_back({std::int64_t(m_feed.size()) + 1, type, stream, "{}"});
        m_news.notify_all();
    }

    SystemClock m_clock;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_news;
    bool m_reachable = true;
    print::PrinterSetup m_setup = verifiedSetup();
    std::atomic<bool> m_paused = false;
    std::vector<print::JobTally> m_jobs;
    shop::Settlement m_lastWord;
    shop::NewSetup m_saved;
    shop::NewOrder m_last;
    std::vector<order::Order> m_orders;
    std::vector<print::Sheet> m_sheets;
    std::vector<shop::Change> m_feed;
};

}  // namespace contone::ui
