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

#include "tests/shop_double.h"

namespace contone::ui {

class FakeShop final : public testing::ShopDouble<FakeShop> {
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
            .job = {.id = JobId::generate(m_clock), .order = m_orders.back().id, .setup = {.name = "front-desk"}}};
        tally.job.heldReason = why;
        tally.waiting = 3;
        m_jobs.push_back(tally);
        announce("job-held", "production/job");
    }
    shop::ReportOutcome lastReport() const {
        return locked([this] { return m_lastReport; });
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
    shop::PlaceOrder lastOrder() const {
        return locked([this] { return m_last; });
    }

    /// Orders are printed from now on when exactly these were accepted.
    void wantAccepted(std::vector<findings::Finding> findings) {
        const std::lock_guard lock(m_mutex);
        m_toAccept = std::move(findings);
    }
    /// As SaveSetup was asked last.
    shop::SaveSetup lastSetup() const {
        return locked([this] { return m_saved; });
    }

    Result<shop::StoredOriginal> answer(const shop::AddOriginal& asked) {
        CONTONE_TRY(const Bytes bytes, readFile(asked.file, 1 << 24));
        return shop::StoredOriginal{Sha256::of(bytes)};
    }
    Result<order::Order> answer(const shop::PlaceOrder& wanted) {
        const std::lock_guard lock(m_mutex);
        m_last = wanted;
        order::Order order{.id = OrderId::generate(m_clock), .number = 1001 + int(m_orders.size())};
        for (const shop::NewLine& line : wanted.lines)
            order.lines.push_back({LineId::generate(m_clock), line.original, line.product, line.copies, {}, {}});
        m_orders.push_back(order);
        announce("order-placed", "order/" + order.id.toString());
        return order;
    }
    Result<order::Order> answer(const shop::ShowOrder&) {
        return locked([this] { return m_orders.front(); });
    }
    Result<shop::Page<order::Order>> answer(const shop::ListOrders&) {
        return locked([this] { return shop::Page<order::Order>{m_orders}; });
    }
    Result<print::PrintJob> answer(const shop::PrintOrder& asked) {
        const std::lock_guard lock(m_mutex);
        if (m_toAccept != asked.accepted) return fail(Code::Conflict, "findings-unaccepted", "Look first.");
        if (!m_sheets.empty()) return fail(Code::Conflict, "already-printing", "This order is being printed already.");
        for (const order::OrderLine& line : m_orders.back().lines)
            for (int copy = 1; copy <= line.copies; copy++)
                m_sheets.push_back(
                    {.id = SheetId::generate(m_clock), .order = asked.order, .line = line.id, .copy = copy});
        announce("job-planned", "production/job");
        return print::PrintJob{.order = asked.order, .setup = {.name = asked.setup}, .sheets = int(m_sheets.size())};
    }
    Result<shop::OrderCheck> answer(const shop::CheckOrder&) {
        const std::lock_guard lock(m_mutex);
        return shop::OrderCheck{{}, {{m_orders.back().lines.front().id, m_toAccept}}, {}, m_toAccept};
    }
    Result<shop::Page<print::Sheet>> answer(const shop::ListSheets&) { return shop::Page<print::Sheet>{allSheets()}; }
    Result<shop::OutcomeResult> answer(const shop::ReportOutcome& report) {
        const std::lock_guard lock(m_mutex);
        const auto sheet = std::ranges::find(m_sheets, report.sheet, &print::Sheet::id);
        m_lastReport = report;
        if (report.outcome == shop::SheetOutcome::CannotTell)
            sheet->message = "Somebody looked and could not tell.";
        else
            sheet->state = report.outcome == shop::SheetOutcome::InTray    ? print::SheetState::Out
                           : report.outcome == shop::SheetOutcome::Spoiled ? print::SheetState::Spoiled
                                                                           : print::SheetState::Cancelled;
        announce("sheet-moved", "production/job");
        return shop::OutcomeResult{*sheet, {}};
    }
    Result<print::PrintJob> answer(const shop::ReprintSheet& asked) {
        const std::lock_guard lock(m_mutex);
        print::Sheet again = *std::ranges::find(m_sheets, asked.sheet, &print::Sheet::id);
        again.reprintOf = asked.sheet;
        again.id = SheetId::generate(m_clock);
        again.state = print::SheetState::Planned;
        m_sheets.push_back(again);
        announce("job-planned", "production/job");
        return print::PrintJob{.sheets = 1};
    }
    Result<shop::Page<print::JobTally>> answer(const shop::ListJobs&) {
        return locked([this] { return shop::Page<print::JobTally>{m_jobs}; });
    }
    Result<print::PrintJob> answer(const shop::ReleaseJob& asked) {
        const std::lock_guard lock(m_mutex);
        const auto found = std::ranges::find(m_jobs, asked.job, [](const print::JobTally& t) { return t.job.id; });
        if (found == m_jobs.end())
            return fail(Code::NotFound, "job-unknown", "There is no such print job. Refresh and look again.");
        found->job.heldReason.clear();
        announce("job-released", "production/job");
        return found->job;
    }
    Result<shop::CancelledSheets> answer(const shop::CancelJob&) { return shop::CancelledSheets{}; }
    Result<shop::SetupStatus> answer(const shop::PausePrinter& asked) {
        m_paused = true;
        return answer(shop::ShowSetupStatus{asked.setup});
    }
    Result<shop::SetupStatus> answer(const shop::ResumePrinter& asked) {
        m_paused = false;
        return answer(shop::ShowSetupStatus{asked.setup});
    }
    Result<shop::SetupStatus> answer(const shop::ShowSetupStatus& asked) {
        return shop::SetupStatus{.setup = asked.setup,
                                 .ready = !m_paused,
                                 .seenAt = {1},
                                 .supplies = {{.name = "Ribbon", .percent = 62}},
                                 .printsLeft = 180,
                                 .paused = m_paused};
    }
    Result<print::PrinterSetup> answer(const shop::SaveSetup& wanted) {
        const std::lock_guard lock(m_mutex);
        m_setup.intent = wanted.intent;
        m_setup.blackPoint = wanted.blackPoint;
        m_saved = wanted;
        return m_setup;
    }
    Result<print::PrinterSetup> answer(const shop::VerifySetup&) {
        return locked([this] { return m_setup; });
    }
    Result<shop::Page<print::PrinterSetup>> answer(const shop::ListSetups&) {
        const std::lock_guard lock(m_mutex);
        if (!m_reachable) return fail(Code::Unavailable, "agent-unreachable", "The shop's server does not answer.");
        return shop::Page<print::PrinterSetup>{{m_setup}};
    }
    Result<shop::SetupProfile> answer(const shop::ShowSetupProfile&) {
        const icc::Profile profile = icc::Profile::syntheticPhotoRgb();
        return shop::SetupProfile{Bytes(profile.bytes().begin(), profile.bytes().end())};
    }
    Result<shop::Changes> answer(const shop::FollowChanges& asked) {
        std::unique_lock lock(m_mutex);
        if (!m_reachable) return fail(Code::Unavailable, "agent-unreachable", "The shop's server does not answer.");
        if (asked.token.empty()) return shop::Changes{{}, std::to_string(m_feed.size())};
        const std::size_t seen = std::stoul(asked.token);
        m_news.wait_for(lock, std::chrono::milliseconds(std::min(asked.waitMs, 200)),
                        [&] { return m_feed.size() > seen; });
        return shop::Changes{{m_feed.begin() + std::ptrdiff_t(seen), m_feed.end()}, std::to_string(m_feed.size())};
    }

  private:
    void announce(const std::string& type, const std::string& stream) {
        m_feed.push_back({type, stream, "{}"});
        m_news.notify_all();
    }

    SystemClock m_clock;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_news;
    bool m_reachable = true;
    print::PrinterSetup m_setup = verifiedSetup();
    std::atomic<bool> m_paused = false;
    std::vector<print::JobTally> m_jobs;
    shop::ReportOutcome m_lastReport;
    shop::SaveSetup m_saved;
    shop::PlaceOrder m_last;
    std::vector<findings::Finding> m_toAccept;
    std::vector<order::Order> m_orders;
    std::vector<print::Sheet> m_sheets;
    std::vector<shop::Change> m_feed;
};

}  // namespace contone::ui
