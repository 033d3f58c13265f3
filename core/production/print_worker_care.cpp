// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a worker does between steps: polls the printer, restarts its queue, renders ahead, shares waiting sheets.
#include <algorithm>

#include "core/print/print_target.h"
#include "core/production/print_worker_p.h"

namespace contone::production {

using namespace std::chrono_literals;

void PrintWorker::onState(print::Printer& printer, const Result<print::PrinterState>& state) {
    m_monitor.onState(m_setups, state);
    if (state) recallStop(state->stoppedWith);
    if (!state || !print::mayResume(*state) || Steady::now() - m_resumedAt < 3s) return;
    m_resumedAt = Steady::now();
    if (const auto resumed = printer.resume(); !resumed)
        m_parts.log.error("queue-not-resumed", resumed.error());
    else
        m_parts.log.info("queue-resumed", {});
}

/// Every printer of the route must know it: whichever is asked next decides who stopped the queue.
void PrintWorker::recallStop(const std::string& words) {
    if (words == m_stoppedWith) return;
    m_stoppedWith = words;
    const auto tell = [&](const std::unique_ptr<WatchedPrinter>& printer) {
        if (auto* queue = printer ? dynamic_cast<print::CanStartQueue*>(&printer->inner()) : nullptr)
            queue->recallStop(words);
    };
    tell(m_watched);
    for (const auto& [id, job] : m_open) tell(job.printer);
}

Result<std::unique_ptr<WatchedPrinter>> PrintWorker::openPrinter(const print::PrinterSetup& setup) {
    CONTONE_TRY(auto printer, m_parts.makePrinter(setup));
    if (auto* queue = dynamic_cast<print::CanStartQueue*>(printer.get())) queue->recallStop(m_stoppedWith);
    return std::make_unique<WatchedPrinter>(
        std::move(printer),
        [this](print::Printer& inner, const Result<print::PrinterState>& state) { onState(inner, state); });
}

/// A fault shows whether something prints or not. Jobs come and go with printers of their own; this one stays.
void PrintWorker::pollIfDue() {
    if (m_setups.empty() || Steady::now() - m_polledAt < m_parts.times.poll) return;
    if (!m_watched) {
        auto printer = openPrinter(m_setups.front());
        if (!printer) {
            m_polledAt = Steady::now();
            return m_monitor.onState(m_setups, std::unexpected(printer.error()));
        }
        m_watched = std::move(*printer);
    }
    (void)m_watched->state();  // onState() has it
    m_polledAt = Steady::now();
}

std::vector<print::Sheet> PrintWorker::waitingOf(const OpenJob& job) const {
    auto sheets = m_parts.ledger.sheets({.job = job.what.job.id, .openOnly = true});
    if (!sheets) return {};  // said by the next turn
    std::erase_if(*sheets, [](const print::Sheet& s) { return s.state != print::SheetState::Planned; });
    return std::move(*sheets);
}

/// While a sheet prints there is time for the page of the next one: the printer need not wait for it.
void PrintWorker::renderAhead() {
    for (const JobId& id : m_order) {
        OpenJob& job = m_open.at(id);
        if (job.what.job.isHeld()) continue;
        // The first may be on its way: the second is what comes next.
        const auto first =
            m_parts.ledger.sheets({.job = job.what.job.id, .openOnly = true, .limit = 2, .withoutUnknown = true});
        if (!first) continue;  // said by the next turn
        const auto waiting = std::ranges::find(*first, print::SheetState::Planned, &print::Sheet::state);
        if (waiting == first->end()) continue;
        const print::Sheet& next = *waiting;
        if (next.id == m_ahead) return;
        m_ahead = next.id;
        // Whatever goes wrong here is said when it is this sheet's turn.
        if (!job.sheets && !prepare(job)) return;
        const auto page = m_parts.ledger.page(next.recipe);
        const auto target = print::PrintTarget::create(job.what.job.setup, m_parts.models);
        if (page && target)
            (void)m_parts.spool.document(next.recipe, *page, job.what.job.setup, *job.printer,
                                         {next.attempt, target->medium(), job.what.job.setup.finish});
        return;
    }
}

/// A free printer of the pool takes over half of what waits here while a sheet prints; all of it when this printer is
/// in trouble. What is on its way never moves.
void PrintWorker::shareIfDue() {
    if (!m_parts.moveSheets || m_order.empty() || Steady::now() < m_shareAt) return;
    m_shareAt = Steady::now() + 1s;
    const bool prints = std::ranges::any_of(m_open, [](const auto& o) { return o.second.inFlight; });
    for (const JobId& id : std::vector(m_order)) {
        OpenJob& job = m_open.at(id);
        const auto current = std::ranges::find(m_setups, job.what.job.setup.name, &print::PrinterSetup::name);
        if (current == m_setups.end() || current->pool.empty() || job.what.job.isHeld()) continue;
        const bool inTrouble = m_monitor.troubleOf(*current) >= m_parts.times.failoverAfter;
        if (!inTrouble && !prints) continue;  // it begins at once
        if (share(job, inTrouble ? print::Source::InTrouble : print::Source::Working,
                  inTrouble ? Sibling::Usable : Sibling::Free))
            return;
    }
}

bool PrintWorker::share(OpenJob& job, print::Source source, Sibling wanted) {
    const auto current = std::ranges::find(m_setups, job.what.job.setup.name, &print::PrinterSetup::name);
    const auto sibling = m_monitor.sibling(*current, wanted);
    if (!sibling) return false;
    const auto waiting = waitingOf(job);
    if (waiting.empty() || (!job.sheets && !prepare(job))) return false;
    const auto quota = static_cast<std::size_t>(print::shareFor(static_cast<int>(waiting.size()), source));
    std::vector<SheetId> moving;
    for (std::size_t i = 0; i < waiting.size() && moving.size() < quota; i++)
        // Sheets are announced one by one in their order: only the first that waits can have been.
        if (i > 0 || job.sheets->withdraw(waiting[i])) moving.push_back(waiting[i].id);
    if (moving.empty()) return false;
    const auto moved = m_parts.moveSheets(job.what.job.id, moving, *sibling);
    if (!moved) {
        m_parts.log.warning("sheets-not-moved",
                            {{"job", job.what.job.id.toString()}, {"to", *sibling}, {"reason", moved.error().reason}});
        m_shareAt = Steady::now() + 10s;
        return false;
    }
    m_parts.log.info(
        "sheets-moved",
        {{"job", job.what.job.id.toString()}, {"to", *sibling}, {"sheets", static_cast<int>(moving.size())}});
    if (const auto setup = m_parts.setups.setup(*sibling))
        m_monitor.addWaiting(setup->route.uri, static_cast<int>(moving.size()));
    m_wakeDispatcher();
    return true;
}

}  // namespace contone::production
