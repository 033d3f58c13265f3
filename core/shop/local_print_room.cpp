// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalShop as the print room: jobs that wait, printers, pools and whether the paper is enough.
#include <algorithm>

#include "core/print/production_event.h"
#include "core/print/setup_json.h"
#include "core/shop/local_shop.h"

namespace contone::shop {

Result<print::PrintJob> LocalShop::holdJob(JobId job, const std::string& reason, const std::string& actor) {
    auto held = m_parts.jobs.holdJob(job, reason, actor);
    m_parts.wakePrinting();
    return held;
}

Result<print::PrintJob> LocalShop::releaseJob(JobId job, const std::string& actor) {
    auto released = m_parts.jobs.releaseJob(job, actor);
    m_parts.wakePrinting();
    return released;
}

Result<print::PrintJob> LocalShop::setPriority(JobId job, print::Priority priority, const std::string& actor) {
    auto changed = m_parts.jobs.setPriority(job, priority, actor);
    m_parts.wakePrinting();
    return changed;
}

Result<std::vector<print::Sheet>> LocalShop::cancelJob(JobId job, const std::string& reason, const std::string& actor) {
    CONTONE_CHECK(m_parts.ledger.printJob(job));
    return cancelAll({.job = job}, reason, actor);
}

Result<print::PrintJob> LocalShop::moveJob(JobId id, const std::string& setup, const std::string& actor) {
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(id));
    CONTONE_TRY(const print::PrinterSetup from, print::setupFromJson(job.setupJson));
    if (job.setupName == setup)
        return fail(Code::Conflict, "same-setup", "This job is printed there already. Choose another setup.", setup);
    CONTONE_TRY(auto sheets, m_parts.ledger.sheets({.job = id, .openOnly = true}));
    CONTONE_CHECK(print::checkWaiting(sheets));
    std::erase_if(sheets, [](const print::Sheet& s) { return s.state != print::SheetState::Planned; });
    // The first that waits may have been announced. An empty announcement is taken back, so that it stands in nobody's
    // way; a page that is there although the ledger knows of none is the worker's to judge. A printer that is off is
    // why people move jobs: nothing of a planned sheet was sent to it.
    CONTONE_TRY(const auto printer, m_parts.makePrinter(from));
    if (const auto status = printer->find(sheets.front().attempt); status && *status) {
        if ((*status)->documents > 0)
            sheets.erase(sheets.begin());
        else if ((*status)->progress == print::JobProgress::Created)
            (void)printer->cancel((*status)->job);
    }
    std::vector<SheetId> moving;
    for (const print::Sheet& sheet : sheets) moving.push_back(sheet.id);
    if (moving.empty()) CONTONE_CHECK(print::checkWaiting({}));
    return moveSheets(id, moving, setup, actor);
}

/// Of all setups of one printer.
Result<std::vector<print::PrinterCondition>> LocalShop::conditionsOn(const print::Route& route) const {
    CONTONE_TRY(const auto all, m_parts.setups.setups());
    std::vector<print::PrinterCondition> conditions;
    for (const print::PrinterSetup& setup : all) {
        if (setup.route.uri != route.uri) continue;
        CONTONE_TRY(conditions.emplace_back(), m_parts.setups.condition(setup.name));
    }
    return conditions;
}

Result<bool> LocalShop::isPaused(const print::PrinterSetup& setup) const {
    CONTONE_TRY(const auto conditions, conditionsOn(setup.route));
    return std::ranges::any_of(conditions, &print::PrinterCondition::paused);
}

Result<SetupStatus> LocalShop::setupStatus(const std::string& name) const {
    CONTONE_TRY(const print::PrinterSetup setup, m_parts.setups.setup(name));
    SetupStatus status = m_parts.printerStatus(name);
    CONTONE_TRY(status.paused, isPaused(setup));
    CONTONE_TRY(const auto jobs, m_parts.ledger.openJobs());
    for (const print::PrintJob& job : jobs) {
        if (job.setupName != name) continue;
        if (job.isHeld()) status.heldJobs++;
        CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.job = job.id, .openOnly = true}));
        for (const print::Sheet& s : sheets)
            (s.state == print::SheetState::Unknown ? status.unknownSheets : status.openSheets)++;
    }
    if (status.paused) {
        status.ready = false;
        status.sentences.emplace_back("This printer is paused here. Resume it; printing goes on by itself.");
    }
    if (status.low)
        status.sentences.push_back("Only " + std::to_string(*status.printsLeft) +
                                   " prints are left. Have paper and ribbon at hand.");
    if (status.heldJobs > 0)
        status.sentences.push_back(std::to_string(status.heldJobs) +
                                   (status.heldJobs == 1 ? " job waits" : " jobs wait") +
                                   " for your word. Look whether it is still wanted, then release or cancel it.");
    return status;
}

Result<SetupStatus> LocalShop::pausePrinter(const std::string& setup, const std::string& actor) {
    CONTONE_CHECK(m_parts.setups.setPaused(setup, print::Paused::Yes, actor));
    m_parts.wakePrinting();
    return setupStatus(setup);
}

// The printer is resumed, whichever of its setups it was paused through.
Result<SetupStatus> LocalShop::resumePrinter(const std::string& name, const std::string& actor) {
    CONTONE_TRY(const print::PrinterSetup setup, m_parts.setups.setup(name));
    CONTONE_TRY(const auto all, m_parts.setups.setups());
    for (const print::PrinterSetup& other : all)
        if (other.route.uri == setup.route.uri)
            CONTONE_CHECK(m_parts.setups.setPaused(other.name, print::Paused::No, actor));
    m_parts.wakePrinting();
    // Its queue too, whoever stopped that: this is a person's word.
    CONTONE_TRY(const auto printer, m_parts.makePrinter(setup));
    if (auto* queue = dynamic_cast<print::CanStartQueue*>(printer.get())) CONTONE_CHECK(queue->startQueue());
    return setupStatus(name);
}

Result<std::vector<print::PrinterSetup>> LocalShop::poolOf(const std::string& pool) const {
    CONTONE_TRY(auto setups, m_parts.setups.setups());
    std::erase_if(setups, [&](const print::PrinterSetup& s) { return pool.empty() || s.pool != pool; });
    if (setups.empty())
        return fail(Code::NotFound, "pool-unknown",
                    "There is no pool of printers of that name. Give setups a pool, or choose a setup.", pool);
    return setups;
}

Result<print::PoolMember> LocalShop::memberOf(const print::PrinterSetup& setup) const {
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
        CONTONE_TRY(const print::PrinterSetup planned, print::setupFromJson(job.setupJson));
        if (planned.route.uri != setup.route.uri) continue;
        CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.job = job.id, .openOnly = true}));
        for (const print::Sheet& s : sheets)
            if (s.state != print::SheetState::Unknown)
                (s.state == print::SheetState::Planned ? member.waiting : member.onTheWay)++;
    }
    return member;
}

Result<void> LocalShop::checkFits(const std::string& name, const print::PrintTarget& target) const {
    CONTONE_TRY(const catalog::Product product, m_parts.catalog.product(name));
    return target.fits(product);
}

Result<print::Enough> LocalShop::enoughFor(const EnoughQuery& query) const {
    std::vector<EnoughQuery::Line> lines = query.lines;
    if (query.order) {
        CONTONE_TRY(const order::Order order, m_parts.orders.order(*query.order));
        CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.order = order.id}));
        const auto taken = print::takenCopies(sheets);
        for (const order::OrderLine& line : order.lines) {
            const auto done = std::ranges::count_if(taken, [&](const auto& copy) { return copy.first == line.id; });
            lines.push_back({line.product, line.copies - static_cast<int>(done)});
        }
    }
    std::vector<print::PrinterSetup> setups;
    if (query.pool.empty()) {
        CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(query.setup));
        setups.push_back(std::move(setup));
    } else {
        CONTONE_TRY(setups, poolOf(query.pool));
    }
    int needed = 0;
    std::vector<print::PoolMember> members;
    for (const print::PrinterSetup& setup : setups) {
        CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
        for (const EnoughQuery::Line& line : lines) CONTONE_CHECK(checkFits(line.product, target));
        CONTONE_TRY(print::PoolMember member, memberOf(setup));
        // Two setups of one printer share its paper.
        const bool known = std::ranges::any_of(setups, [&](const print::PrinterSetup& other) {
            return other.route.uri == setup.route.uri && other.name < setup.name;
        });
        if (!known) members.push_back(std::move(member));
    }
    for (const EnoughQuery::Line& line : lines) {
        if (line.copies < 0 || line.copies > 100'000)
            return fail(Code::Invalid, "bad-copies", "Choose between 1 and 999 copies.", std::to_string(line.copies));
        needed += line.copies;
    }
    return print::enoughOn(members, needed);
}

}  // namespace contone::shop
