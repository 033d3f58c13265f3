// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders and prints: the use cases that plan paper.
#include "core/shop/local_shop.h"

#include <algorithm>
#include <chrono>
#include <ranges>
#include <thread>

#include "core/print/calibration_recipe.h"
#include "core/print/page_recipe.h"
#include "core/print/production_event.h"
#include "core/print/setup_json.h"
#include "core/shop/photo_desk.h"

namespace contone::shop {
namespace {

/// What renders: with the recipe it decides the bytes.
std::string engine() {
    return "render " + std::to_string(render::Recipe::renderVersion);
}

}  // namespace

Result<Sha256> LocalShop::addOriginal(const Path& file) {
    CONTONE_TRY(vault::Staged staged, m_parts.vault.stage(file));
    return keepIfPhoto(std::move(staged));
}

Result<Sha256> LocalShop::takeOriginal(const vault::ReadBytes& read) {
    CONTONE_TRY(vault::Staged staged, m_parts.vault.stage(read));
    return keepIfPhoto(std::move(staged));
}

Result<Sha256> LocalShop::keepIfPhoto(vault::Staged staged) {
    CONTONE_TRY(FileDescriptor copy, staged.open());
    CONTONE_TRY(const auto source, m_parts.decoder.open(std::move(copy), toReadToTheEnd));
    CONTONE_CHECK(readToTheEnd(*source));
    return m_parts.vault.commit(std::move(staged));
}

Result<order::Order> LocalShop::placeOrder(const NewOrder& order) {
    std::vector<order::OrderLine> lines;
    order::Customer customer{order.customerName, {}};
    std::map<std::string, int> quantities;  // the price ladder counts a product over the whole order
    for (const NewLine& line : order.lines) {
        if (line.copies < 1 || line.copies > 999)
            return fail(Code::Invalid, "bad-copies", "Choose between 1 and 999 copies.", std::to_string(line.copies));
        quantities[line.product] += line.copies;
    }
    for (const NewLine& line : order.lines) {
        CONTONE_TRY(const catalog::Product product, m_parts.catalog.product(line.product));
        if (!m_parts.vault.contains(line.original))
            return fail(Code::NotFound, "original-missing", "This photo is no longer here. Add it again.",
                        line.original.toString());
        CONTONE_CHECK(order::check(line.choices));
        lines.push_back({LineId::generate(m_parts.clock), line.original, line.product, line.copies,
                         order::toJson(line.choices), product.unitPrice(quantities[line.product])});
        customer.fileNames.push_back(line.fileName);
    }
    return m_parts.orders.place(lines, customer, order.actor);
}

Result<print::PrintTarget> LocalShop::target(const std::string& name) const {
    CONTONE_TRY(print::PrinterSetup setup, m_parts.setups.setup(name));
    CONTONE_TRY(print::PrintTarget target, print::PrintTarget::create(std::move(setup), m_parts.models));
    if (const auto& proof = target.setup().verification; !proof || !proof->passed)
        return fail(Code::Conflict, "setup-unverified",
                    "This setup has not proved that its prints come out right. Run: contone setup verify " + name);
    return target;
}

Result<LocalShop::PageText> LocalShop::pageOf(const order::OrderLine& line, const print::PrintTarget& target) const {
    if (line.product == print::calibrationProduct) {
        const std::string text = print::canonical(print::CalibrationRecipe{target.medium().id, target.model().device});
        return PageText{Sha256::of(text), text};
    }
    CONTONE_TRY(const catalog::Product product, m_parts.catalog.product(line.product));
    CONTONE_TRY(const order::PhotoChoices choices, order::choicesFromJson(line.placementJson));
    CONTONE_TRY(FileDescriptor file, m_parts.vault.openBlob(line.original));
    CONTONE_TRY(const auto source, m_parts.decoder.open(std::move(file)));
    CONTONE_TRY(const print::PhotoPage page, target.page(product, line.original, source->facts(), choices));
    return PageText{render::hashOf(page.recipe), render::canonical(page.recipe)};
}

Result<print::PrintJob> LocalShop::plan(OrderId order, const print::PrinterSetup& setup,
                                        const std::vector<print::PlannedSheet>& sheets, print::Priority priority,
                                        const std::string& actor) {
    auto job = m_parts.ledger.planJob(order, setup.name, print::toJson(setup), sheets, {priority, engine()}, actor);
    if (job) m_parts.wakePrinting();
    return job;
}

Result<print::PrintTarget> LocalShop::targetFor(const order::Order& order, const PrintWish& wish) const {
    if (wish.pool.empty()) return target(wish.setup);
    CONTONE_TRY(const auto setups, poolOf(wish.pool));
    std::vector<print::PoolMember> members;
    for (const print::PrinterSetup& setup : setups) {
        CONTONE_TRY(print::PoolMember member, memberOf(setup));
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

Result<print::PrintJob> LocalShop::print(OrderId id, const PrintWish& wish) {
    const std::lock_guard lock(m_planning);
    CONTONE_TRY(const order::Order order, m_parts.orders.order(id));
    CONTONE_TRY(const print::PrintTarget to, targetFor(order, wish));
    CONTONE_TRY(const std::vector<print::Sheet> before, m_parts.ledger.sheets({.order = id}));
    const auto taken = print::takenCopies(before);
    const bool open = !std::ranges::all_of(before, [](const print::Sheet& s) { return print::isFinal(s.state); });
    std::vector<print::PlannedSheet> missing;
    for (const order::OrderLine& line : order.lines) {
        if (std::ranges::all_of(std::views::iota(1, line.copies + 1),
                                [&](int copy) { return taken.contains({line.id, copy}); }))
            continue;
        CONTONE_TRY(const PageText page, pageOf(line, to));
        for (int copy = 1; copy <= line.copies; copy++)
            if (!taken.contains({line.id, copy})) missing.push_back({line.id, copy, page.hash, page.json});
    }
    if (missing.empty() && open)
        return fail(Code::Conflict, "already-printing", "This order is being printed already; nothing was added.");
    if (missing.empty())
        return fail(Code::Conflict, "order-done",
                    "All prints of this order are out. To print one again, choose reprint.");
    return plan(id, to.setup(), missing, wish.priority, wish.actor);
}

Result<print::PrintJob> LocalShop::moveSheets(JobId id, const std::vector<SheetId>& sheets, const std::string& setup,
                                              const std::string& actor) {
    const std::lock_guard lock(m_planning);
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(id));
    CONTONE_TRY(const print::PrintTarget to, target(setup));
    CONTONE_TRY(const order::Order order, m_parts.orders.order(job.order));
    std::map<LineId, PageText> pages;  // anew for this printer: its pixels, its paper, its colours
    std::vector<print::PlannedSheet> planned;
    for (const SheetId& sheetId : sheets) {
        CONTONE_TRY(const print::Sheet sheet, m_parts.ledger.sheet(sheetId));
        const auto line = std::ranges::find(order.lines, sheet.line, &order::OrderLine::id);
        if (line == order.lines.end())
            return fail(Code::Internal, "line-missing", "This sheet's order line is missing.", sheet.line.toString());
        if (!pages.contains(line->id)) {
            CONTONE_TRY(pages[line->id], pageOf(*line, to));
        }
        const PageText& page = pages[line->id];
        planned.push_back({line->id, sheet.copy, page.hash, page.json, sheet.reprintOf, sheet.reprint, sheet.id});
    }
    auto moved = m_parts.jobs.movePlanned(id, to.setup().name, print::toJson(to.setup()), planned, engine(), actor);
    if (moved) m_parts.wakePrinting();
    return moved;
}

Result<std::vector<print::Sheet>> LocalShop::cancelPlanned(OrderId id, const std::string& reason,
                                                           const std::string& actor) {
    CONTONE_CHECK(m_parts.orders.order(id));
    return cancelAll({.order = id}, reason, actor);
}

Result<std::vector<print::Sheet>> LocalShop::cancelAll(const print::SheetFilter& which, const std::string& reason,
                                                       const std::string& actor) {
    print::SheetFilter filter = which;
    filter.openOnly = true;
    CONTONE_TRY(const auto open, m_parts.ledger.sheets(filter));
    std::vector<print::Sheet> cancelled;
    for (const print::Sheet& sheet : open) {
        if (sheet.state != print::SheetState::Planned) continue;
        auto moved = m_parts.ledger.move(
            sheet.id, print::SheetState::Planned,
            {print::SheetState::Cancelled, reason.empty() ? "not-wanted" : reason, {}, {}, {}, {}, actor});
        if (moved)
            cancelled.push_back(std::move(*moved));
        else if (moved.error().reason != "sheet-moved")  // that one has just gone to the printer
            return std::unexpected(moved.error());
    }
    m_parts.wakePrinting();
    return cancelled;
}

Result<order::Order> LocalShop::cancelOrder(OrderId id, const std::string& reason, const std::string& actor) {
    const std::lock_guard lock(m_planning);
    const auto noPaper = [&]() -> Result<void> {
        CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.order = id}));
        for (const print::Sheet& s : sheets) {
            if (!print::isFinal(s.state) && s.state != print::SheetState::Planned)
                return fail(Code::Conflict, "already-printing",
                            "Sheets of this order are at the printer or in question. Wait for them, or say what became "
                            "of them, then cancel the order.",
                            s.id.toString());
            if (s.state == print::SheetState::Out)
                return fail(Code::Conflict, "order-done",
                            "Prints of this order are out, so it cannot be cancelled. Cancel the sheets that wait.",
                            s.id.toString());
        }
        return {};
    };
    CONTONE_CHECK(noPaper());  // before anything is cancelled
    CONTONE_CHECK(cancelPlanned(id, reason, actor));
    CONTONE_CHECK(noPaper());  // the printer may have been quicker
    return m_parts.orders.cancel(id, reason.empty() ? "not-wanted" : reason, actor);
}

Result<void> LocalShop::eraseCustomer(OrderId id, const std::string& actor) {
    CONTONE_TRY(const order::Order order, m_parts.orders.order(id));
    CONTONE_CHECK(m_parts.orders.eraseCustomer(id, actor));
    for (const order::OrderLine& line : order.lines) CONTONE_CHECK(m_parts.spool.forget(line.original));
    return {};
}

Result<std::vector<Change>> LocalShop::changesAfter(std::int64_t position, int waitMs) const {
    if (position == latestChange) {
        CONTONE_TRY(const std::int64_t latest, m_parts.orders.latestPosition());
        return std::vector{Change{.position = latest}};
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(std::clamp(waitMs, 0, 30000));
    for (;;) {
        CONTONE_TRY(const auto events, m_parts.orders.eventsAfter(position, 500));
        std::vector<Change> changes;
        for (const auto& e : events) changes.push_back({e.position, e.event.type, e.event.stream, e.event.json});
        if (!changes.empty() || std::chrono::steady_clock::now() >= until) return changes;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace contone::shop
