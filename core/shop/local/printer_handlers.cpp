// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Printers: how they are, paused and resumed, pools, and whether the paper is enough.
#include "core/print/production_event.h"
#include "core/production/printer_monitor.h"
#include "core/shop/local/handlers_p.h"

namespace contone::shop {

/// Of all setups of one printer.
Result<std::vector<print::PrinterCondition>> Handlers::conditionsOn(const print::Route& route) const {
    CONTONE_TRY(const auto all, m_parts.setups.setups());
    std::vector<print::PrinterCondition> conditions;
    for (const print::PrinterSetup& setup : all) {
        if (setup.route.uri != route.uri) continue;
        CONTONE_TRY(conditions.emplace_back(), m_parts.setups.condition(setup.name));
    }
    return conditions;
}

Result<bool> Handlers::isPaused(const print::PrinterSetup& setup) const {
    CONTONE_TRY(const auto conditions, conditionsOn(setup.route));
    return std::ranges::any_of(conditions, &print::PrinterCondition::paused);
}

/// Proved setups of other printers that print on the same sheet, cut into the same pieces.
Result<std::vector<std::string>> Handlers::setupsForTheSheetOf(const print::PrinterSetup& setup) const {
    const auto mediumOf = [this](const print::PrinterSetup& of) {
        const auto model = m_parts.models.find(of.model);
        return model == m_parts.models.end() ? nullptr : model->second.medium(of.medium);
    };
    const print::Medium* wanted = mediumOf(setup);
    CONTONE_TRY(const auto all, m_parts.setups.setups());
    std::vector<std::string> names;
    for (const print::PrinterSetup& other : all) {
        const print::Medium* medium = mediumOf(other);
        if (wanted && medium && other.route.uri != setup.route.uri && production::isSameSheet(*wanted, *medium) &&
            other.verification && other.verification->passed)
            names.push_back(other.name);
    }
    return names;
}

Result<SetupStatus> Handlers::statusOf(const std::string& name) const {
    CONTONE_TRY(const print::PrinterSetup setup, m_parts.setups.setup(name));
    SetupStatus status = m_parts.printerStatus(name);
    CONTONE_TRY(status.paused, isPaused(setup));
    CONTONE_TRY(const auto jobs, m_parts.ledger.openJobs());
    std::string why;  // a job is held, when that is this printer's doing
    for (const print::PrintJob& job : jobs) {
        if (job.setup.name != name) continue;
        if (job.isHeld()) status.heldJobs++;
        if (print::isOfThePrinter(job.heldReason)) why = job.heldReason;
        CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.job = job.id, .openOnly = true}));
        for (const print::Sheet& s : sheets)
            (s.state == print::SheetState::Unknown ? status.unknownSheets : status.openSheets)++;
    }
    if (status.paused) {
        status.ready = false;
        status.notices.push_back(
            {"paused-here", "This printer is paused here. Resume it; printing goes on by itself."});
    }
    if (status.low)
        status.notices.push_back({"supplies-low", "Only " + std::to_string(*status.printsLeft) +
                                                      " prints are left. Have paper and ribbon at hand."});
    if (status.heldJobs > 0)
        status.notices.push_back(
            {"jobs-held", std::to_string(status.heldJobs) + (status.heldJobs == 1 ? " job waits" : " jobs wait") +
                              " for your word. Look whether it is still wanted, then release or cancel it."});
    if (!why.empty()) {
        CONTONE_TRY(status.otherSetups, setupsForTheSheetOf(setup));
        std::string names;
        for (const std::string& other : status.otherSetups) names += (names.empty() ? "" : ", ") + other;
        status.notices.push_back({why, print::sentenceForHold(why) +
                                           (names.empty() ? "" : " These print on the same paper: " + names + ".")});
    }
    return status;
}

Result<SetupStatus> Handlers::handle(const ShowSetupStatus& asked, const Asking&) {
    return statusOf(asked.setup);
}

Result<SetupStatus> Handlers::handle(const PausePrinter& asked, const Asking& by) {
    CONTONE_CHECK(m_parts.setups.setPaused(asked.setup, print::Paused::Yes, by.actor));
    m_parts.wakePrinting();
    return statusOf(asked.setup);
}

// The printer is resumed, whichever of its setups it was paused through.
Result<SetupStatus> Handlers::handle(const ResumePrinter& asked, const Asking& by) {
    CONTONE_TRY(const print::PrinterSetup setup, m_parts.setups.setup(asked.setup));
    CONTONE_TRY(const auto all, m_parts.setups.setups());
    for (const print::PrinterSetup& other : all)
        if (other.route.uri == setup.route.uri)
            CONTONE_CHECK(m_parts.setups.setPaused(other.name, print::Paused::No, by.actor));
    m_parts.wakePrinting();
    // Its queue too, whatever stopped that: a person asked for it.
    CONTONE_TRY(const auto printer, m_parts.makePrinter(setup));
    if (auto* queue = dynamic_cast<print::CanStartQueue*>(printer.get())) CONTONE_CHECK(queue->startQueue());
    return statusOf(asked.setup);
}

Result<std::vector<print::PrinterSetup>> Handlers::poolOf(const std::string& pool) const {
    CONTONE_TRY(auto setups, m_parts.setups.setups());
    std::erase_if(setups, [&](const print::PrinterSetup& s) { return pool.empty() || s.pool != pool; });
    if (setups.empty())
        return fail(Code::NotFound, "pool-unknown",
                    "There is no pool of printers of that name. Give setups a pool, or choose a setup.", pool);
    return setups;
}

Result<print::PoolMember> Handlers::memberOf(const print::PrinterSetup& setup) const {
    SetupStatus status = m_parts.printerStatus(setup.name);
    CONTONE_TRY(const bool paused, isPaused(setup));
    if (status.seenAt == Instant{}) {
        // Nobody prints in this process: look at the printer now.
        CONTONE_TRY(const auto printer, m_parts.makePrinter(setup));
        const auto target = print::PrintTarget::create(setup, m_parts.models);
        if (const auto state = printer->state()) {
            status.ready = state->ready && target && print::isLoaded(*state, target->medium());
            CONTONE_TRY(const auto conditions, conditionsOn(setup.route));
            status.printsLeft = print::printsLeft(state->printsLeft(), conditions);
        }
    }
    print::PoolMember member{setup.name, status.ready && !paused, 0, 0, status.printsLeft};
    CONTONE_TRY(const auto jobs, m_parts.ledger.openJobs());
    for (const print::PrintJob& job : jobs) {
        if (job.setup.route.uri != setup.route.uri) continue;
        CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.job = job.id, .openOnly = true}));
        for (const print::Sheet& s : sheets)
            if (s.state != print::SheetState::Unknown)
                (s.state == print::SheetState::Planned ? member.waiting : member.onTheWay)++;
    }
    return member;
}

Result<void> Handlers::checkFits(const std::string& name, const print::PrintTarget& target) const {
    CONTONE_TRY(const catalog::Product product, m_parts.catalog.product(name));
    return target.fits(product);
}

Result<print::MediaCheck> Handlers::handle(const CheckMedia& asked, const Asking&) {
    std::vector<std::pair<std::string, int>> lines;  // product, copies that are missing
    for (const ProductCopies& line : asked.lines) lines.emplace_back(line.product, line.copies);
    if (asked.order) {
        CONTONE_TRY(const order::Order order, m_parts.orders.order(*asked.order));
        CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.order = order.id}));
        const auto taken = print::takenCopies(sheets);
        for (const order::OrderLine& line : order.lines) {
            const auto done = std::ranges::count_if(taken, [&](const auto& copy) { return copy.first == line.id; });
            lines.emplace_back(line.product, line.copies - static_cast<int>(done));
        }
    }
    std::vector<print::PrinterSetup> setups;
    if (asked.pool.empty()) {
        CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(asked.setup));
        setups.push_back(std::move(setup));
    } else {
        CONTONE_TRY(setups, poolOf(asked.pool));
    }
    int needed = 0;
    for (const auto& [product, copies] : lines) needed += copies;
    std::vector<print::PoolMember> members;
    for (const print::PrinterSetup& setup : setups) {
        CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
        for (const auto& [product, copies] : lines) CONTONE_CHECK(checkFits(product, target));
        CONTONE_TRY(print::PoolMember member, memberOf(setup));
        // Two setups of one printer share its paper.
        const bool known = std::ranges::any_of(setups, [&](const print::PrinterSetup& other) {
            return other.route.uri == setup.route.uri && other.name < setup.name;
        });
        if (!known) members.push_back(std::move(member));
    }
    return print::checkMedia(members, needed);
}

}  // namespace contone::shop
