// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintTarget: what a page can be proofed and printed for: a setup of the shop, or a printer model without one.
#pragma once

#include <map>

#include "core/print/page_recipe.h"

namespace contone::ui {

using Models = std::map<std::string, print::PrinterModel>;

struct PrintTarget {
    std::optional<print::PrinterSetup> setup;  ///< empty: proofs only
    print::PrinterModel model;
    print::Medium medium;
    icc::Profile profile = icc::Profile::syntheticPhotoRgb();

    std::string id() const;  ///< of the setup: its name; else "model/medium"
    bool canPrint() const { return setup && setup->verification && setup->verification->passed; }
    /// Fails as print::planPage.
    Result<print::PagePlan> plan(const catalog::Product& product, image::PixelSize photo,
                                 print::Placement placement) const;
    bool suits(const catalog::Product& product) const;
    /// As the setup has it; models without a setup: relative, compensated.
    print::PageColour colour() const;
};

/// Fails: NotFound "model-unknown", "medium-unknown".
Result<PrintTarget> targetOf(const print::PrinterSetup& setup, const Models& models, icc::Profile profile);
/// Every medium of every model, with the profile that ships with Contone.
std::vector<PrintTarget> targetsWithoutSetup(const Models& models);

}  // namespace contone::ui
