// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One sheet, its ledger on a disk that fills up, and a process that prints it and dies.
#pragma once

#include <memory>
#include <optional>

#include "core/base/clock.h"
#include "core/print/production_event.h"
#include "core/production/sheet_printer.h"
#include "tests/core/production/paper_world.h"

namespace contone::productiontest {

using namespace contone::production;

inline const SystemClock systemClock;

/// One sheet, kept by the same rules as the store.
class MemoryLedger final : public Ledger {
  public:
    MemoryLedger() {
        m_sheet.id = SheetId::generate(systemClock);
        m_sheet.attempt = AttemptId::generate(systemClock);
    }
    SheetId id() const { return m_sheet.id; }
    Result<PrintJob> planJob(OrderId, const PrinterSetup&, const std::vector<PlannedSheet>&, const JobTerms&,
                             const std::string&) override {
        return PrintJob{};
    }
    Result<PrintJob> printJob(JobId) const override { return PrintJob{}; }
    Result<Sheet> sheet(SheetId) const override { return m_sheet; }
    Result<std::vector<Sheet>> sheets(const SheetFilter&) const override { return std::vector{m_sheet}; }
    Result<Sheet> move(SheetId, SheetState from, const SheetMove& move) override {
        CONTONE_TRY(const SheetMoved moved, decideMove(m_sheet, from, move));
        m_sheet = after(m_sheet, moved, {});
        return m_sheet;
    }
    Result<Sheet> noteSchedulerJob(SheetId, int) override { return m_sheet; }
    Result<Page> page(const Sha256&) const override { return Page{}; }
    Result<std::string> recipeJson(const Sha256&) const override { return std::string(); }
    Result<std::vector<PrintJob>> openJobs() const override { return std::vector<PrintJob>{}; }
    Result<std::map<SheetState, int>> openStates(JobId) const override {
        return std::map<SheetState, int>{{m_sheet.state, 1}};
    }

  private:
    Sheet m_sheet;
};

/// A ledger on a disk that fills up, in a process that dies.
class FailingLedger final : public Ledger {
  public:
    FailingLedger(Ledger& ledger, Script& script) : m_ledger(ledger), m_script(script) {}
    Result<PrintJob> planJob(OrderId order, const PrinterSetup& setup, const std::vector<PlannedSheet>& sheets,
                             const JobTerms& terms, const std::string& actor) override {
        return m_ledger.planJob(order, setup, sheets, terms, actor);
    }
    Result<PrintJob> printJob(JobId id) const override { return m_ledger.printJob(id); }
    Result<Sheet> sheet(SheetId id) const override { return m_ledger.sheet(id); }
    Result<std::vector<Sheet>> sheets(const SheetFilter& filter) const override { return m_ledger.sheets(filter); }
    Result<Sheet> move(SheetId id, SheetState from, const SheetMove& move) override {
        const int fault = m_script.choose("ledger", {"ok", "disk full", "dies after", "answer lost"});
        if (fault == 1) return fail(Code::Unavailable, "disk-full", "The disk is full.");
        auto moved = m_ledger.move(id, from, move);
        if (fault == 2) throw Died{};
        if (fault == 3) return fail(Code::Unavailable, "disk-full", "The disk is full.");
        return moved;
    }
    Result<Sheet> noteSchedulerJob(SheetId id, int job) override { return m_ledger.noteSchedulerJob(id, job); }
    Result<Page> page(const Sha256& recipe) const override { return m_ledger.page(recipe); }
    Result<std::string> recipeJson(const Sha256& recipe) const override { return m_ledger.recipeJson(recipe); }
    Result<std::vector<PrintJob>> openJobs() const override { return m_ledger.openJobs(); }
    Result<std::map<SheetState, int>> openStates(JobId id) const override { return m_ledger.openStates(id); }

  private:
    Ledger& m_ledger;
    Script& m_script;
};

inline Medium medium() {
    Medium m;
    m.id = "4x6";
    m.ippMedia = "na_index-4x6_4x6in";
    m.sheet = {inches(4), inches(6)};
    return m;
}

/// A process that prints one sheet; when it dies, another goes on.
struct Shop {
    Ledger& ledger;
    PaperWorld& world;
    Script& script;
    FailingLedger failing{ledger, script};
    std::unique_ptr<SheetPrinter> process{};
    int deaths = 0;
    std::optional<Error> renderFails{};
    bool gives = false;  ///< a free sibling may take over what waits

    Result<Progress> giveAway(const Sheet& sheet) {
        CONTONE_CHECK(failing.move(sheet.id, SheetState::Planned,
                                   {SheetState::Cancelled, std::string(movedAway), "", {}, {}, {}, "agent"}));
        return Progress::Settled;
    }

    void boot() {
        const auto document = [this](const Sheet&, const Ticket&) -> Result<PageDocument> {
            if (renderFails) return fail(*renderFails);
            switch (script.choose("render", {"ok", "disk full", "dies", "impossible"})) {
                case 1:
                    return fail(Code::Unavailable, "disk-full", "The disk is full.");
                case 2:
                    throw Died{};
                case 3:
                    world.noteRefused();
                    return fail(Code::Corrupt, "photo-truncated", "This photo is incomplete.");
            }
            return PageDocument{"page", Sha256::of("raster"), "render 2; lcms 2.14"};
        };
        const auto commitPoint = [this](std::string_view name) {
            if (script.choose(std::string(name).c_str(), {"goes on", "dies"}) == 1) throw Died{};
        };
        process = std::make_unique<SheetPrinter>(
            SheetPrinterPorts{failing, world, document, medium(), "glossy", systemClock, {}, commitPoint});
    }
    /// One look at the sheet; a death is a failed look.
    Result<Progress> step(SheetId id) {
        if (!process) boot();
        try {
            const Sheet sheet = *ledger.sheet(id);
            if (gives && sheet.state == SheetState::Planned &&
                script.choose("sibling", {"busy", "takes over what waits"}) == 1 && process->withdraw(sheet))
                return giveAway(sheet);
            return process->step(sheet);
        } catch (const Died&) {
            process.reset();
            deaths++;
            return fail(Code::Internal, "died", "");
        }
    }
    /// Until it is settled, at most `looks` looks.
    Sheet printOut(SheetId id, int looks = 60) {
        for (int i = 0; i < looks; i++) {
            const auto progress = step(id);
            const bool settled = progress && *progress == Progress::Settled;
            if (settled && (isFinal(ledger.sheet(id)->state) || ledger.sheet(id)->state == SheetState::Unknown)) break;
            world.passTime();
        }
        world.passALongTime();
        return *ledger.sheet(id);
    }
};

/// "" when the paper adds up.
inline std::string verdictOn(const Sheet& sheet, const PaperWorld& world) {
    const int paper = world.sheetsOnPaper();
    if (paper > 1) return std::to_string(paper) + " sheets were printed";
    switch (sheet.state) {
        case SheetState::Out:
            return paper == 1 ? "" : "out, but no sheet was printed";
        case SheetState::Cancelled:
            if (sheet.reason == movedAway) return paper == 0 ? "" : "moved, but a sheet was printed here";
            if (!world.refused()) return "cancelled, but nothing refused it";
            return paper == 0 ? "" : "cancelled, but a sheet was printed";
        case SheetState::Unknown:
            return world.undecidable() ? "" : "unknown (" + sheet.reason + "), but the scheduler could tell";
        default:
            return std::string("stuck: ") + toString(sheet.state);
    }
}

}  // namespace contone::productiontest
