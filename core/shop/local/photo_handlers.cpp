// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos: copied into the vault, kept with their facts when they can be decoded to their end.
#include "core/decode/file_head.h"
#include "core/findings/warning_findings.h"
#include "core/inspect/inspect_photo.h"
#include "core/shop/local/handlers_p.h"

namespace contone::shop {

Result<StoredOriginal> Handlers::handle(const AddOriginal& asked, const Asking&) {
    CONTONE_TRY(vault::Staged staged, asked.read ? m_parts.vault.stage(asked.read, decode::checkFirstBytes)
                                                 : m_parts.vault.stage(asked.file, decode::checkFirstBytes));
    CONTONE_TRY(FileDescriptor copy, staged.open());
    CONTONE_TRY(const auto source, m_parts.decoder.open(std::move(copy), inspect::toReadToTheEnd));
    CONTONE_CHECK(inspect::readToTheEnd(*source));
    image::PhotoFacts facts = source->facts();
    facts.warnings.add(source->warnings());
    CONTONE_TRY(const Sha256 original, m_parts.vault.commit(std::move(staged)));
    CONTONE_CHECK(m_parts.facts.keepFacts(original, facts));
    return StoredOriginal{original, findings::ofWarnings(original, facts.warnings)};
}

Result<Handlers::Facts> Handlers::factsOf(OrderId order, std::span<const order::OrderLine> lines) {
    CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.order = order}));
    // Its page could not be made from the facts: whatever reads photos has changed since they were kept.
    const auto contradicted = [&](const order::OrderLine& line) {
        return std::ranges::any_of(sheets, [&](const print::Sheet& s) {
            return s.line == line.id && s.state == print::SheetState::Cancelled && s.reason == "photo-changed";
        });
    };
    Facts all;
    for (const order::OrderLine& line : lines) {
        if (line.design && !all.layouts.contains(line.design->layout)) {
            CONTONE_TRY(const std::string layout, m_parts.orders.layout(order, line.design->layout));
            CONTONE_TRY(all.layouts[line.design->layout], layout::layoutFromJson(layout));
        }
        for (const Sha256& original : order::originalsOf(line)) {
            if (all.photos.contains(original)) continue;
            CONTONE_TRY(auto kept, m_parts.facts.facts(original));
            if (!kept || contradicted(line)) {
                CONTONE_TRY(FileDescriptor file, m_parts.vault.openBlob(original));
                CONTONE_TRY(const auto source, m_parts.decoder.open(std::move(file)));
                kept = source->facts();
                CONTONE_CHECK(m_parts.facts.keepFacts(original, *kept));
            }
            all.photos.emplace(original, *std::move(kept));
        }
    }
    return all;
}

}  // namespace contone::shop
