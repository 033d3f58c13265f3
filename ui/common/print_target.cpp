// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Targets from setups, and from models when there is no shop.
#include "ui/common/print_target.h"

namespace contone::ui {

std::string PrintTarget::id() const {
    return setup ? setup->name : model.id + "/" + medium.id;
}

Result<print::PagePlan> PrintTarget::plan(const catalog::Product& product, image::PixelSize photo,
                                          print::Placement placement) const {
    if (setup) {
        placement.offsetX = setup->offsetX;
        placement.offsetY = setup->offsetY;
        placement.extraOverscan = setup->extraOverscan;
    }
    return print::planPage(product, medium, photo, placement);
}

bool PrintTarget::suits(const catalog::Product& product) const {
    return plan(product, {3000, 2000}, {}).has_value();
}

print::PageColour PrintTarget::colour() const {
    if (setup) return print::colourOf(*setup, model);
    print::PrinterSetup none;
    none.profile = profile.hash();
    return print::colourOf(none, model);
}

Result<PrintTarget> targetOf(const print::PrinterSetup& setup, const Models& models, icc::Profile profile) {
    const auto model = models.find(setup.model);
    if (model == models.end())
        return fail(Code::NotFound, "model-unknown",
                    "The printer model of setup \"" + setup.name + "\" is not known here. Set the printer up again.",
                    setup.model);
    const print::Medium* medium = model->second.medium(setup.medium);
    if (!medium)
        return fail(Code::NotFound, "medium-unknown",
                    "The paper of setup \"" + setup.name + "\" is not known here. Set the printer up again.",
                    setup.medium);
    return PrintTarget{setup, model->second, *medium, std::move(profile)};
}

std::vector<PrintTarget> targetsWithoutSetup(const Models& models) {
    std::vector<PrintTarget> targets;
    for (const auto& [id, model] : models) {
        const icc::Profile profile = model.device.channels == image::Channels::Cmyk ? icc::Profile::syntheticPhotoCmyk()
                                                                                    : icc::Profile::syntheticPhotoRgb();
        for (const print::Medium& medium : model.media) targets.push_back({std::nullopt, model, medium, profile});
    }
    return targets;
}

}  // namespace contone::ui
