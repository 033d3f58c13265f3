// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the shop has of its customers: shown to them, erased when they ask, erased by age.
#include <unistd.h>

#include <algorithm>

#include "core/order/phone.h"
#include "core/shop/local/handlers_p.h"
#include "core/shop/local/shop_settings.h"

namespace contone::shop {
namespace {

constexpr std::size_t pieceBytes = 1'000'000;
constexpr std::int64_t hourMs = 3'600'000, dayMs = 24 * hourMs;

std::set<Sha256> originalsOf(const order::Order& order) {
    std::set<Sha256> originals;
    for (const order::OrderLine& line : order.lines)
        for (const Sha256& original : order::originalsOf(line)) originals.insert(original);
    return originals;
}

Result<std::int64_t> sizeOf(const FileDescriptor& file) {
    const off_t size = ::lseek(file.get(), 0, SEEK_END);
    if (size < 0) return fail(errorFromErrno(errno, "look at a photo"));
    return static_cast<std::int64_t>(size);
}

/// Whether it is the end of the phone number, or the number of a receipt, that only the customer and the shop know.
bool isProof(const std::string& typed, const order::Customer& customer, const order::Payment& payment) {
    std::string digits;
    for (const char c : typed)
        if (c >= '0' && c <= '9') digits += c;
    const bool isPhone = digits.size() == 4 && digits.size() == typed.size() && customer.phone.ends_with(digits);
    const auto isReceipt = [&](const auto& moved) { return order::toString(moved.receipt) == typed; };
    return isPhone || std::ranges::any_of(payment.taken, isReceipt) || std::ranges::any_of(payment.refunds, isReceipt);
}

}  // namespace

Result<CustomerOrders> Handlers::handle(const FindCustomer& asked, const Asking&) {
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    CONTONE_TRY(const std::string phone, order::normalisedPhone(asked.phone, settings.phoneCountry));
    CONTONE_TRY(auto orders, m_parts.orders.ordersOfPhone(phone));
    return CustomerOrders{std::move(orders)};
}

Result<CustomerRecord> Handlers::handle(const ExportCustomer& asked, const Asking&) {
    CustomerRecord record;
    CONTONE_TRY(record.order, m_parts.orders.order(asked.order));
    CONTONE_TRY(order::Customer customer, m_parts.orders.customer(asked.order));
    record.name = std::move(customer.name);
    record.phone = std::move(customer.phone);
    record.fileNames = std::move(customer.fileNames);
    for (const order::OrderLine& line : record.order.lines) {
        if (!line.design) continue;
        auto layout = m_parts.orders.layout(asked.order, line.design->layout);
        if (layout) record.designs[line.design->layout.toString()] = *std::move(layout);
    }
    CONTONE_TRY(record.payment, m_parts.payments.payment(asked.order));
    CONTONE_TRY(auto stored, m_parts.orders.timeline(asked.order));
    for (auto& one : stored) record.events.push_back(std::move(one.event));
    for (const Sha256& original : originalsOf(record.order)) {
        HeldPhoto photo{original, 0};
        if (const auto file = m_parts.vault.openBlob(original)) {
            CONTONE_TRY(photo.bytes, sizeOf(*file));
        }
        record.photos.push_back(photo);
    }
    return record;
}

Result<PhotoPiece> Handlers::handle(const ReadOriginal& asked, const Asking&) {
    CONTONE_TRY(const order::Order order, m_parts.orders.order(asked.order));
    if (!originalsOf(order).contains(asked.original))
        return fail(Code::NotFound, "original-missing", "This order has no such photo.", asked.original.toString());
    CONTONE_TRY(const FileDescriptor file, m_parts.vault.openBlob(asked.original));
    CONTONE_TRY(const std::int64_t size, sizeOf(file));
    PhotoPiece piece;
    piece.bytes.resize(static_cast<std::size_t>(
        std::clamp<std::int64_t>(size - asked.from, 0, static_cast<std::int64_t>(pieceBytes))));
    std::size_t have = 0;
    while (have < piece.bytes.size()) {
        const ssize_t n = ::pread(file.get(), piece.bytes.data() + have, piece.bytes.size() - have,
                                  static_cast<off_t>(asked.from + static_cast<std::int64_t>(have)));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return fail(errorFromErrno(errno, "read a photo"));
        have += static_cast<std::size_t>(n);
    }
    piece.more = asked.from + static_cast<std::int64_t>(have) < size;
    return piece;
}

Result<ErasureReceipt> Handlers::handle(const EraseByCode& asked, const Asking& by) {
    CONTONE_CHECK(checkFeature(Feature::EraseByCode, by));
    CONTONE_TRY(const auto meant, order::codesMeant(asked.code));
    {
        // Whether the code or the proof was wrong is not said: nobody learns which codes there are.
        const std::lock_guard lock(m_guessing);
        const Instant now = m_parts.clock.now();
        for (Instant& when : m_wrongGuesses) when = std::min(when, now);  // the clock was set back
        std::erase_if(m_wrongGuesses, [&](const Instant& when) { return now.ms - when.ms > 5 * 60'000; });
        if (m_wrongGuesses.size() >= 5)  // a right one of one's own does not make room for more
            return fail(Code::Denied, "erasure-locked",
                        "This was tried too often. Wait five minutes, or ask somebody who works here.");
        const auto refused = [&]() -> std::unexpected<Error> {
            m_wrongGuesses.push_back(now);
            return fail(Code::Denied, "erasure-refused",
                        "Code and number do not fit together. The number is that of your receipt, or the last four "
                        "digits of the phone number that you left.");
        };
        const auto order = m_parts.orders.orderByCode(meant);
        if (!order && order.error().reason == "order-unknown") return refused();
        if (!order) return std::unexpected(order.error());
        CONTONE_TRY(const order::Customer customer, m_parts.orders.customer(order->id));
        CONTONE_TRY(const order::Payment payment, m_parts.payments.payment(order->id));
        if (!isProof(asked.proof, customer, payment)) return refused();
    }
    CONTONE_TRY(const order::Order order, m_parts.orders.orderByCode(meant));
    const bool isOver = order.state == order::OrderState::Collected || order.state == order::OrderState::Cancelled ||
                        order.state == order::OrderState::Ready || order.production == order::Production::Printed;
    if (!isOver)
        return fail(Code::Conflict, "order-not-over",
                    "This order is not printed yet. Wait for it, or have it cancelled, then erase it.");
    return erase(order.id, "customer-asked", by.actor);
}

Result<std::vector<order::Ageing>> Handlers::allAgeing() const {
    std::vector<order::Ageing> all;
    for (std::optional<OrderId> after;;) {  // in pieces: nobody waits for the whole
        CONTONE_TRY(auto page, m_parts.orders.ageing(500, after));
        if (page.empty()) return all;
        after = page.back().id;
        std::ranges::move(page, std::back_inserter(all));
    }
}

/// Photos that came in for no order, and came in long enough ago that none is being made of them.
Result<std::vector<Sha256>> Handlers::strayPhotos(const order::RetentionPolicy& policy) const {
    CONTONE_TRY(auto strays, m_parts.orders.photosOfNobody());
    const auto oldest = std::filesystem::file_time_type::clock::now() - std::chrono::hours(policy.cartHours);
    std::erase_if(strays, [&](const Sha256& photo) {
        std::error_code failed;
        const auto came = std::filesystem::last_write_time(m_parts.vault.pathOf(photo), failed);
        return !failed && came > oldest;
    });
    return strays;
}

Result<RetentionReport> Handlers::handle(const ShowRetention&, const Asking&) {
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    CONTONE_TRY(const auto all, allAgeing());
    std::map<order::RetentionClass, RetainedClass> classes;
    for (const order::Ageing& one : all) {
        RetainedClass& of = classes[order::classOf(one)];
        of.what = order::classOf(one);
        if (of.kept++ == 0 || one.lastChange < of.oldest) of.oldest = one.lastChange;
        const auto due = order::dueAt(one, settings.retention);
        if (due && *due <= m_parts.clock.now()) of.due++;
    }
    RetentionReport report;
    for (const auto& [what, of] : classes) report.classes.push_back(of);
    CONTONE_TRY(const auto strays, strayPhotos(settings.retention));
    report.strayPhotos = static_cast<int>(strays.size());
    return report;
}

Result<RetentionReport> Handlers::handle(const ApplyRetention&, const Asking& by) {
    const auto loaded = ShopSettings::load(m_parts.settings);
    if (!loaded) {
        m_parts.log.error("retention", {{"reason", loaded.error().reason}, {"detail", loaded.error().detail}});
        return std::unexpected(loaded.error());
    }
    const ShopSettings& settings = *loaded;
    CONTONE_TRY(RetentionReport report, handle(ShowRetention{}, by));
    CONTONE_TRY(const auto all, allAgeing());
    for (const order::Ageing& one : all) {
        const auto due = order::dueAt(one, settings.retention);
        if (!due || *due > m_parts.clock.now()) continue;
        const auto erased = erase(one.id, "by-age", by.actor);
        report.erased += erased ? 1 : 0;
        report.destroyed += erased ? erased->destroyed : 0;
        report.failed += erased ? 0 : 1;
        if (erased) continue;
        m_parts.log.error("retention", {{"order", one.id.toString()}, {"reason", erased.error().reason}});
    }
    CONTONE_TRY(const Forgotten left, forgetErased());  // photos that were taken out of a cart before it was ordered
    report.destroyed += left.destroyed;
    CONTONE_TRY(const auto strays, strayPhotos(settings.retention));
    for (const Sha256& stray : strays) {
        const std::scoped_lock lock(m_originals);
        CONTONE_TRY(const bool needed, m_parts.orders.isNeeded(stray));
        if (needed) continue;
        CONTONE_CHECK(m_parts.spool.forget(stray));
        CONTONE_CHECK(m_parts.facts.forgetFacts(stray));
        CONTONE_CHECK(m_parts.vault.forget(stray));
        report.destroyed++;
    }
    if (m_index) CONTONE_CHECK(m_index->tidy());
    if (report.erased + report.destroyed > 0)
        m_parts.log.info("retention",
                         {{"erased", std::to_string(report.erased)}, {"destroyed", std::to_string(report.destroyed)}});
    return report;
}

Result<ErasureReceipt> Handlers::receiptOf(const Forgotten& forgotten, int orders) const {
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    ErasureReceipt receipt{m_parts.clock.now(), orders, forgotten.destroyed, forgotten.kept, {}};
    if (settings.backupDays > 0) receipt.inBackupsUntil = Instant{receipt.at.ms + settings.backupDays * dayMs};
    return receipt;
}

Result<Handlers::Forgotten> Handlers::forgetErased() {
    CONTONE_TRY(const auto blobs, m_parts.orders.blobsToForget());
    Forgotten forgotten;
    for (const Sha256& blob : blobs) {
        const std::scoped_lock lock(m_originals, m_stencils);  // of one at a time: nobody waits for all
        CONTONE_CHECK(m_parts.spool.forget(blob));
        CONTONE_TRY(const bool needed, m_parts.orders.isNeeded(blob));
        if (!needed) CONTONE_CHECK(m_parts.vault.forget(blob));
        CONTONE_CHECK(m_parts.orders.noteForgotten(blob));
        (needed ? forgotten.kept : forgotten.destroyed)++;
    }
    return forgotten;
}

Result<void> Handlers::finishErasures() {
    CONTONE_CHECK(forgetErased());
    return {};
}

Result<ErasureReceipt> Handlers::handle(const EraseCustomer& asked, const Asking& by) {
    CONTONE_CHECK(checkReason(asked.reason));
    CONTONE_CHECK(checkPerson(by, Role::Supervisor));
    return erase(asked.order, asked.reason, by.actor);
}

// The tombstone first: whatever happens then, the next start goes on from it.
Result<ErasureReceipt> Handlers::erase(OrderId id, const std::string& reason, const std::string& actor) {
    CONTONE_TRY(const order::Order order, m_parts.orders.order(id));
    CONTONE_CHECK(ShopSettings::load(m_parts.settings));  // the receipt needs it: before anything is gone
    const bool isDraft = order.state == order::OrderState::Draft;
    std::unique_lock planning(m_planning);  // no sheet is planned of photos that are about to go
    CONTONE_TRY(const auto open, m_parts.ledger.sheets({.order = id, .openOnly = true, .limit = 1}));
    if (!open.empty())
        return fail(Code::Conflict, "already-printing",
                    "Sheets of this order still wait or are at the printer. Wait for them or cancel them, then erase "
                    "it.",
                    open.front().id.toString());
    for (const Sha256& original : originalsOf(order)) CONTONE_CHECK(m_parts.facts.forgetFacts(original));
    const auto eraseWords = [&]() -> Result<bool> {
        if (!isDraft) return m_parts.orders.eraseCustomer(id, reason, actor);
        CONTONE_CHECK(m_parts.projects.eraseProject({order.id.uuid}, actor));
        return true;
    };
    auto erased = eraseWords();
    if (isDraft && erased) {  // it may have been ordered while it was looked at
        CONTONE_TRY(const order::Order now, m_parts.orders.order(id));
        if (now.number > 0) erased = m_parts.orders.eraseCustomer(id, reason, actor);
    }
    planning.unlock();
    noteInIndex(id);
    if (!erased && erased.error().reason != "store-busy") return std::unexpected(erased.error());
    CONTONE_TRY(const Forgotten forgotten, forgetErased());
    if (!erased) return std::unexpected(erased.error());
    return receiptOf(forgotten, *erased ? 1 : 0);
}

}  // namespace contone::shop
