// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Targets from models, when there is no shop.
#include "ui/common/proof_target.h"

namespace contone::ui {

std::string ProofTarget::id() const {
    return isInShop() ? setup().name : setup().model + "/" + setup().medium;
}

std::vector<ProofTarget> targetsWithoutSetup(const Models& models) {
    std::vector<ProofTarget> targets;
    for (const auto& [id, model] : models) {
        const icc::Profile profile = model.device.channels == image::Channels::Cmyk ? icc::Profile::syntheticPhotoCmyk()
                                                                                    : icc::Profile::syntheticPhotoRgb();
        for (const print::Medium& medium : model.media) {
            print::PrinterSetup setup;
            setup.model = id;
            setup.medium = medium.id;
            setup.profile = profile.hash();
            auto printer = print::PrintTarget::create(std::move(setup), models);
            if (printer) targets.push_back({*std::move(printer), profile, InShop::No});
        }
    }
    return targets;
}

}  // namespace contone::ui
