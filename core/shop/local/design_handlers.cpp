// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Designed pages: taken with an order, made for a printer, and what there is to know of them.
#include "core/design/design_findings.h"
#include "core/findings/warning_findings.h"
#include "core/render/adjustments/adjustments.h"
#include "core/shop/local/handlers_p.h"

namespace contone::shop {

Result<const text::FontSet*> Handlers::fonts() {
    const std::lock_guard lock(m_openingFonts);
    if (!m_fonts) {
        CONTONE_TRY(m_fonts, text::FontSet::open(m_parts.fonts));
    }
    return &*m_fonts;
}

Result<order::PageDesign> Handlers::acceptDesign(const NewDesign& asked, const catalog::Product& product,
                                                 order::Customer& customer) {
    if (asked.photos.empty())  // its pages would be forgotten with no photo
        return fail(Code::Invalid, "layout-photos", "A design shows at least one photo. Choose one.");
    CONTONE_TRY(const layout::Layout layout, layout::checked(asked.layout));
    for (const layout::Item& item : layout.items)
        if (const auto* frame = std::get_if<layout::PhotoFrame>(&item)) {
            CONTONE_CHECK(render::check(frame->adjustments));
            CONTONE_CHECK(keepLook(frame->adjustments));
        }
    order::PageDesign design;
    Facts facts;
    for (const order::DesignPhoto& photo : asked.photos) {
        CONTONE_TRY(order::PhotoChoices choices, acceptChoices(photo.original, photo.choices));
        design.photos.push_back({photo.original, std::move(choices)});
    }
    const std::string json = layout::toJson(layout);
    design.layout = Sha256::of(json);
    // As an order keeps it, on a file of the product's shape, as small as letters can be set.
    CONTONE_TRY(facts.layouts[design.layout], layout::layoutFromJson(json));
    for (const order::DesignPhoto& photo : design.photos) {
        CONTONE_TRY(const auto kept, m_parts.facts.facts(photo.original));
        facts.photos.emplace(photo.original, kept.value_or(image::PhotoFacts{.storedSize = {3000, 2000}}));
    }
    CONTONE_TRY(print::PagePlan bare, print::planBareFilePage(product.trim, Dpi{50}));
    CONTONE_CHECK(designed(design, facts, {std::move(bare), {}}));
    customer.layouts.emplace(design.layout.toString(), json);
    return design;
}

Result<design::DesignedPage> Handlers::designed(const order::PageDesign& design, const Facts& facts,
                                                const design::Paper& paper) {
    std::vector<design::PagePhoto> photos;
    for (const order::DesignPhoto& photo : design.photos)
        photos.push_back({photo.original, &facts.photos.at(photo.original), photo.choices});
    CONTONE_TRY(const text::FontSet* const set, fonts());
    return design::designPage(facts.layouts.at(design.layout), photos, paper, *set);
}

Result<Handlers::CheckedPage> Handlers::designPage(const order::PageDesign& design, const catalog::Product& product,
                                                   const print::PrintTarget& target, const Facts& facts) {
    CONTONE_TRY(print::PagePlan bare, print::planBarePage(product, target.medium(), target.setup().calibration));
    CONTONE_TRY(design::DesignedPage page, designed(design, facts, {std::move(bare), target.colour()}));
    CheckedPage checked;
    std::set<Sha256> originals;
    for (const render::RecipePhoto& photo : page.recipe.photos) originals.insert(photo.original);
    for (const Sha256& original : originals)
        std::ranges::move(findings::ofWarnings(original, facts.photos.at(original).warnings),
                          std::back_inserter(checked.findings));
    std::ranges::move(design::ofDesign(page, design.layout, product.ladder), std::back_inserter(checked.findings));
    for (const auto& [hash, stencil] : page.stencils) checked.stencils.push_back(stencil);
    checked.page = std::move(page.recipe);
    return checked;
}

Result<void> Handlers::keepStencils(const CheckedPage& page) {
    for (const auto& stencil : page.stencils) {
        if (m_parts.vault.contains(image::hashOf(*stencil))) continue;
        const std::string bytes = image::toBytes(*stencil);
        CONTONE_CHECK(m_parts.vault.addBytes(std::as_bytes(std::span(bytes))));
    }
    return {};
}

}  // namespace contone::shop
