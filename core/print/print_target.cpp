// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a setup and a photo to a page.
#include "core/print/print_target.h"

#include "core/render/adjustments/adjustments.h"

namespace contone::print {
namespace {

/// "4x6, 5x7": what there is to choose from.
template <class Range, class Name>
std::string listOf(const Range& range, Name name) {
    std::string text;
    for (const auto& item : range) text += (text.empty() ? "" : ", ") + name(item);
    return text;
}

}  // namespace

Result<PrintTarget> PrintTarget::create(PrinterSetup setup, const Models& models) {
    const auto model = models.find(setup.model);
    if (model == models.end())
        return fail(Code::NotFound, "model-unknown",
                    "There is no printer model \"" + setup.model + "\" here. Set the printer up with one of: " +
                        listOf(models, [](const auto& m) { return m.first; }) + ".",
                    setup.name);
    const Medium* medium = model->second.medium(setup.medium);
    if (!medium)
        return fail(Code::NotFound, "medium-unknown",
                    "The " + model->second.name + " has no medium \"" + setup.medium +
                        "\". Set the printer up with one of: " +
                        listOf(model->second.media, [](const Medium& m) { return m.id; }) + ".",
                    setup.name);
    return PrintTarget(std::move(setup), model->second, *medium);
}

Result<PhotoPage> PrintTarget::page(const catalog::Product& product, const Sha256& original,
                                    const image::PhotoFacts& facts, const PhotoChoices& choices) const {
    CONTONE_CHECK(order::check(choices, facts));
    CONTONE_CHECK(render::check(choices.adjustments));
    CONTONE_TRY(PagePlan plan,
                planPage(product, m_medium, image::turnedSize(facts, choices.turn), choices, m_setup.calibration));
    render::Recipe recipe = makeRecipe(plan, original, facts, choices, colour());
    return PhotoPage{std::move(plan), std::move(recipe)};
}

PageColour PrintTarget::colour() const {
    return {
        m_setup.profile,   m_setup.intent, m_setup.blackPoint, m_model.device, m_model.device.depth == image::Depth::U8,
        m_setup.sharpening};
}

Result<void> PrintTarget::fits(const catalog::Product& product) const {
    return checkFits(product, m_medium, m_setup.calibration);
}

}  // namespace contone::print
