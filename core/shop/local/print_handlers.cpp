// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From orders to planned sheets: what is missing, which printer, which page.
#include <ranges>

#include "core/findings/warning_findings.h"
#include "core/preflight/page_findings.h"
#include "core/print/production_event.h"
#include "core/shop/local/handlers_p.h"
#include "core/shop/local/shop_settings.h"

namespace contone::shop {
namespace {

/// What renders: with the recipe it decides the bytes.
std::string engine() {
    return "render " + std::to_string(render::Recipe::renderVersion);
}

Result<const order::OrderLine*> lineOf(const order::Order& order, const print::Sheet& sheet) {
    const auto line = std::ranges::find(order.lines, sheet.line, &order::OrderLine::id);
    if (line == order.lines.end())
        return fail(Code::Internal, "line-missing", "This sheet's order line is missing.", sheet.line.toString());
    return &*line;
}

int copiesMissing(const order::OrderLine& line, const std::set<std::pair<LineId, int>>& taken) {
    const auto copies = std::views::iota(1, line.copies + 1);
    return static_cast<int>(std::ranges::count_if(copies, [&](int copy) { return !taken.contains({line.id, copy}); }));
}

/// How far the crop was zoomed in on the photo, 1 and more.
double zoomOf(const order::PhotoChoices& choices) {
    return choices.crop ? 1 / std::max(choices.crop->width, choices.crop->height) : 1;
}

}  // namespace

Result<print::PrintTarget> Handlers::target(const std::string& name) const {
    CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(name));
    CONTONE_TRY(print::PrintTarget target, print::PrintTarget::create(std::move(setup), m_parts.models));
    if (const auto& proof = target.setup().verification; !proof || !proof->passed)
        return fail(Code::Conflict, "setup-unverified",
                    "This setup has not proved that its prints come out right. Run: contone setup verify " + name);
    return target;
}

Result<print::PrintTarget> Handlers::targetFor(const order::Order& order, const std::string& setup,
                                               const std::string& pool) const {
    if (pool.empty()) return target(setup);
    CONTONE_TRY(const auto setups, poolOf(pool));
    std::vector<print::PoolMember> members;
    for (const print::PrinterSetup& one : setups) {
        CONTONE_TRY(print::PoolMember member, memberOf(one));
        members.push_back(std::move(member));
    }
    std::optional<Error> last;
    for (const print::PoolMember& member : print::preferred(std::move(members))) {
        auto to = target(member.setup);
        Result<void> fits;
        for (const order::OrderLine& line : order.lines)
            if (to && fits) fits = checkFits(line.product, *to);
        if (to && fits) return to;
        last = to ? fits.error() : to.error();
    }
    return fail(std::move(*last));
}

Result<Handlers::CheckedPage> Handlers::pageFor(const order::OrderLine& line, const print::PrintTarget& target,
                                                const Facts& facts) {
    if (line.product == print::calibrationProduct)
        return CheckedPage{print::CalibrationPage{target.medium().id, target.model().device}, {}, {}};
    CONTONE_TRY(const catalog::Product product, m_parts.catalog.product(line.product));
    for (const Sha256& original : order::originalsOf(line))
        if (!m_parts.vault.contains(original))
            return fail(Code::NotFound, "original-missing", "This photo is no longer here. Add it again.",
                        original.toString());
    return line.design ? designPage(*line.design, product, target, facts) : photoPage(line, product, target, facts);
}

Result<Handlers::CheckedPage> Handlers::photoPage(const order::OrderLine& line, const catalog::Product& product,
                                                  const print::PrintTarget& target, const Facts& facts) const {
    const image::PhotoFacts& photo = facts.photos.at(line.original);
    CONTONE_TRY(print::PhotoPage page, target.page(product, line.original, photo, line.choices));
    std::vector<findings::Finding> found = findings::ofWarnings(line.original, photo.warnings);
    std::ranges::move(preflight::ofPage(line.original, page.plan, zoomOf(line.choices)), std::back_inserter(found));
    return CheckedPage{print::Page(std::move(page.recipe)), std::move(found), {}};
}

Result<print::PrintJob> Handlers::plan(OrderId order, const print::PrinterSetup& setup,
                                       const std::vector<print::PlannedSheet>& sheets, print::Priority priority,
                                       const std::string& actor) {
    auto job = m_parts.ledger.planJob(order, setup, sheets, {priority, engine()}, actor);
    if (job) m_parts.wakePrinting();
    return job;
}

Result<OrderCheck> Handlers::handle(const CheckOrder& asked, const Asking&) {
    CONTONE_TRY(const order::Order order, m_parts.orders.order(asked.order));
    CONTONE_TRY(const auto lines, linesToCheck(order));
    CONTONE_TRY(const Facts facts, factsOf(order.id, lines));
    std::optional<print::PrintTarget> to;
    if (!asked.setup.empty() || !asked.pool.empty()) {
        CONTONE_TRY(to, targetFor(order, asked.setup, asked.pool));
    }
    OrderCheck check{to ? to->setup().name : "", {}, {}, {}};
    std::set<findings::Finding> toAccept;  // a photo that is there ten times is asked about once
    CONTONE_TRY(check.waivers, m_parts.orders.waivers(order.id));
    for (const order::OrderLine& line : lines) {
        std::vector<findings::Finding> found;
        if (to) {
            CONTONE_TRY(CheckedPage page, pageFor(line, *to, facts));
            found = std::move(page.findings);
        } else {
            for (const Sha256& original : order::originalsOf(line))
                std::ranges::move(findings::ofWarnings(original, facts.photos.at(original).warnings),
                                  std::back_inserter(found));
        }
        for (findings::Finding& one : findings::unaccepted(found, check.waivers)) toAccept.insert(std::move(one));
        check.lines.push_back({line.id, std::move(found)});
    }
    check.toAccept.assign(toAccept.begin(), toAccept.end());
    return check;
}

Result<void> Handlers::checkAccepted(const PrintOrder& asked, const std::vector<findings::Finding>& found,
                                     const std::string& actor) {
    CONTONE_TRY(auto waivers, m_parts.orders.waivers(asked.order));
    const std::set<findings::Finding> said(asked.accepted.begin(), asked.accepted.end());
    std::set<findings::Finding> accepted;  // now, of what there is
    std::size_t left = 0;
    for (findings::Finding& one : findings::unaccepted(found, waivers))
        if (said.contains(one))
            accepted.insert(std::move(one));
        else
            left++;
    if (left > 0)
        return fail(Code::Conflict, "findings-unaccepted",
                    "Prints of this order may have to be made again. Look at what was found, and accept it if they are "
                    "wanted all the same.",
                    std::to_string(left) + " to accept");
    return m_parts.orders.acceptFindings(asked.order, {accepted.begin(), accepted.end()}, actor);
}

Result<print::PrintJob> Handlers::handle(const PrintOrder& asked, const Asking& by) {
    const std::shared_lock letters(m_stencils);
    CONTONE_TRY(const order::Order order, m_parts.orders.order(asked.order));
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    if (settings.printsWhen == PrintsWhen::Paid && !asked.evenUnpaid && order.payment == order::PaymentState::Due)
        return fail(Code::Conflict, "order-unpaid",
                    "This shop prints when it is paid. Take the money, or say that this order prints all the same.");
    // The pages of a large order take a while. Others plan meanwhile: what is held for all is only the decision.
    for (;;) {
        CONTONE_TRY(const auto wanted, linesToPrint(order));
        CONTONE_TRY(const Facts facts, factsOf(order.id, wanted));
        CONTONE_TRY(const print::PrintTarget to, targetFor(order, asked.setup, asked.pool));
        CONTONE_TRY(const auto pages, pagesOf(wanted, to, facts));
        const std::lock_guard lock(m_planning);
        CONTONE_TRY(const print::PrintTarget now, targetFor(order, asked.setup, asked.pool));
        if (now != to) continue;  // it was saved anew, or another printer of the pool is the better one by now
        CONTONE_TRY(const auto missing, missingOf(order, pages));
        if (!missing) continue;  // sheets were cancelled meanwhile
        std::set<LineId> lines;
        for (const print::PlannedSheet& sheet : *missing) lines.insert(sheet.line);
        std::vector<findings::Finding> found;
        for (const LineId& line : lines) std::ranges::copy(pages.at(line).findings, std::back_inserter(found));
        if (order.state != order::OrderState::Cancelled) CONTONE_CHECK(checkAccepted(asked, found, by.actor));
        return plan(asked.order, to.setup(), *missing, asked.priority, by.actor);
    }
}

// A design that is out may have been erased with its customer's words.
Result<std::vector<order::OrderLine>> Handlers::linesToCheck(const order::Order& order) const {
    CONTONE_TRY(const auto wanted, linesToPrint(order));
    std::set<LineId> missing;
    for (const order::OrderLine& line : wanted) missing.insert(line.id);
    std::vector<order::OrderLine> lines;
    std::ranges::copy_if(order.lines, std::back_inserter(lines), [&](const order::OrderLine& line) {
        return missing.contains(line.id) || !line.design || m_parts.orders.layout(order.id, line.design->layout);
    });
    return lines;
}

Result<std::vector<order::OrderLine>> Handlers::linesToPrint(const order::Order& order) const {
    CONTONE_TRY(const auto before, m_parts.ledger.sheets({.order = order.id}));
    const auto taken = print::takenCopies(before);
    std::vector<order::OrderLine> lines;
    std::ranges::copy_if(order.lines, std::back_inserter(lines),
                         [&](const order::OrderLine& line) { return copiesMissing(line, taken) > 0; });
    return lines;
}

Result<std::map<LineId, Handlers::CheckedPage>> Handlers::pagesOf(std::span<const order::OrderLine> lines,
                                                                  const print::PrintTarget& target,
                                                                  const Facts& facts) {
    std::map<LineId, CheckedPage> pages;
    for (const order::OrderLine& line : lines) {
        CONTONE_TRY(CheckedPage page, pageFor(line, target, facts));
        CONTONE_CHECK(keepStencils(page));
        page.stencils.clear();  // a megabyte each, of thousands of lines
        pages[line.id] = std::move(page);
    }
    return pages;
}

Result<std::optional<std::vector<print::PlannedSheet>>> Handlers::missingOf(
    const order::Order& order, const std::map<LineId, CheckedPage>& pages) const {
    CONTONE_TRY(const auto before, m_parts.ledger.sheets({.order = order.id}));
    const auto taken = print::takenCopies(before);
    const bool open = !std::ranges::all_of(before, [](const print::Sheet& s) { return print::isFinal(s.state); });
    std::vector<print::PlannedSheet> missing;
    for (const order::OrderLine& line : order.lines) {
        if (copiesMissing(line, taken) == 0) continue;
        const auto page = pages.find(line.id);
        if (page == pages.end()) return std::optional<std::vector<print::PlannedSheet>>();
        for (int copy = 1; copy <= line.copies; copy++)
            if (!taken.contains({line.id, copy})) missing.push_back({line.id, copy, page->second.page});
    }
    if (missing.empty() && open)
        return fail(Code::Conflict, "already-printing", "This order is being printed already; nothing was added.");
    if (missing.empty())
        return fail(Code::Conflict, "order-done",
                    "All prints of this order are out. To print one again, choose reprint.");
    return std::optional(std::move(missing));
}

Result<print::PrintJob> Handlers::handle(const ReprintSheet& asked, const Asking& by) {
    // The shop pays: somebody says why, or answers for it.
    if (asked.owner == print::CostOwner::Shop && asked.reason == print::ReprintReason::Other)
        CONTONE_CHECK(checkPerson(by, Role::Supervisor));
    const std::shared_lock letters(m_stencils);
    CONTONE_TRY(const print::Sheet before, m_parts.ledger.sheet(asked.sheet));
    CONTONE_TRY(const order::Order order, m_parts.orders.order(before.order));
    CONTONE_TRY(const order::OrderLine* const line, lineOf(order, before));
    CONTONE_TRY(const Facts facts, factsOf(order.id, std::span(line, 1)));
    const std::lock_guard lock(m_planning);
    CONTONE_TRY(const print::Sheet sheet, m_parts.ledger.sheet(asked.sheet));
    if (!print::isFinal(sheet.state))
        return fail(Code::Conflict, "sheet-not-final",
                    "This sheet is not finished yet. Wait, or say first what became of it.",
                    print::toString(sheet.state));
    CONTONE_TRY(const auto all, m_parts.ledger.sheets({.order = sheet.order}));
    if (std::ranges::any_of(all, [&](const print::Sheet& s) {
            return s.line == sheet.line && s.copy == sheet.copy && !print::isFinal(s.state);
        }))
        return fail(Code::Conflict, "already-printing",
                    "This print is being printed again already; nothing was added.");
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(sheet.job));
    CONTONE_TRY(const print::PrintTarget to, target(job.setup.name));
    CONTONE_TRY(const print::Page page, pageAgain(*line, sheet, job, to, facts));
    const print::ReprintCase why{asked.reason, asked.owner};
    m_parts.log.info(
        "reprint",
        {{"sheet", asked.sheet.toString()}, {"reason", contone::toString(asked.reason)}, {"actor", by.actor}});
    return plan(sheet.order, to.setup(), {{sheet.line, sheet.copy, page, asked.sheet, why}}, job.priority, by.actor);
}

Result<print::Page> Handlers::pageAgain(const order::OrderLine& line, const print::Sheet& sheet,
                                        const print::PrintJob& job, const print::PrintTarget& to, const Facts& facts) {
    // The very same letters, whatever became of the fonts. That it was proved again since changes nothing.
    print::PrinterSetup then = job.setup;
    then.verification = to.setup().verification;
    if (line.design && then == to.setup()) return m_parts.ledger.page(sheet.recipe);
    CONTONE_TRY(const CheckedPage checked, pageFor(line, to, facts));
    CONTONE_CHECK(keepStencils(checked));
    return checked.page;
}

Result<print::PrintJob> Handlers::handle(const TransferJob& asked, const Asking& by) {
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(asked.job));
    if (job.setup.name == asked.setup)
        return fail(Code::Conflict, "same-setup", "This job is printed there already. Choose another setup.",
                    asked.setup);
    CONTONE_TRY(auto sheets, m_parts.ledger.sheets({.job = asked.job, .openOnly = true}));
    CONTONE_CHECK(print::checkWaiting(sheets));
    std::erase_if(sheets, [](const print::Sheet& s) { return s.state != print::SheetState::Planned; });
    // The first that waits may have been announced. An empty announcement is taken back, so that it stands in nobody's
    // way; a page that is there although the ledger knows of none is the worker's to judge. A printer that is off is
    // why people transfer jobs: nothing of a planned sheet was sent to it.
    CONTONE_TRY(const auto printer, m_parts.makePrinter(job.setup));
    if (const auto there = printer->find(sheets.front().attempt); there && *there) {
        if ((*there)->documents > 0)
            sheets.erase(sheets.begin());
        else if ((*there)->progress == print::JobProgress::Created)
            (void)printer->cancel((*there)->job);
    }
    std::vector<SheetId> moving;
    for (const print::Sheet& sheet : sheets) moving.push_back(sheet.id);
    if (moving.empty()) CONTONE_CHECK(print::checkWaiting({}));
    return transferSheets(asked.job, moving, asked.setup, by.actor);
}

Result<print::PrintJob> Handlers::transferSheets(JobId id, const std::vector<SheetId>& sheets, const std::string& setup,
                                                 const std::string& actor) {
    const std::shared_lock letters(m_stencils);
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(id));
    CONTONE_TRY(const order::Order order, m_parts.orders.order(job.order));
    std::vector<print::Sheet> before;
    std::vector<order::OrderLine> lines;  // of each of them
    for (const SheetId& sheetId : sheets) {
        CONTONE_TRY(before.emplace_back(), m_parts.ledger.sheet(sheetId));
        CONTONE_TRY(const order::OrderLine* const line, lineOf(order, before.back()));
        lines.push_back(*line);
    }
    CONTONE_TRY(const Facts facts, factsOf(order.id, lines));
    const std::lock_guard lock(m_planning);
    CONTONE_TRY(const print::PrintTarget to, target(setup));
    std::map<LineId, print::Page> pages;  // anew for this printer: its pixels, its paper, its colours
    std::vector<print::PlannedSheet> planned;
    for (std::size_t i = 0; i < before.size(); i++) {
        const print::Sheet& sheet = before[i];
        if (!pages.contains(sheet.line)) {
            CONTONE_TRY(CheckedPage checked, pageFor(lines[i], to, facts));
            CONTONE_CHECK(keepStencils(checked));
            pages[sheet.line] = std::move(checked.page);
        }
        planned.push_back({sheet.line, sheet.copy, pages[sheet.line], sheet.reprintOf, sheet.reprint, sheet.id});
    }
    auto moved = m_parts.jobs.movePlanned(id, to.setup(), planned, engine(), actor);
    if (moved) m_parts.wakePrinting();
    return moved;
}

Result<print::PrintJob> Handlers::handle(const PrintCalibrationPage& asked, const Asking& by) {
    CONTONE_TRY(const print::PrintTarget to, target(asked.setup));
    CONTONE_CHECK(print::calibrationPage(to.medium(), to.model().device));  // before there is an order
    const auto prices = m_parts.prices.current();  // without any, paper can be measured all the same
    order::OrderLine line;                         // of no photo
    line.id = LineId::generate(m_parts.clock);
    line.product = print::calibrationProduct;
    line.price = {0, prices ? (*prices)->currency : Money().currency};
    CONTONE_TRY(const order::Order order,
                m_parts.orders.place({line}, {line.price, {}}, {"", {"calibration"}}, by.actor));
    return handle(PrintOrder{order.id, asked.setup}, by);
}

}  // namespace contone::shop
