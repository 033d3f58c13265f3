// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintTarget: a printer setup with the facts of its model and medium. Makes every page that is proofed or printed.
#pragma once

#include "core/print/page_recipe.h"

namespace contone::print {

/// A page of one photo: where everything lies, and the recipe that decides its bytes.
struct PhotoPage {
    PagePlan plan;
    render::Recipe recipe;
    bool operator==(const PhotoPage&) const = default;
};

/// A value. Model and medium are copies: it stays as it was made.
class PrintTarget {
  public:
    /// Fails: NotFound "model-unknown", "medium-unknown", when the setup names what `models` does not have.
    static Result<PrintTarget> create(PrinterSetup setup, const Models& models);

    const PrinterSetup& setup() const { return m_setup; }
    const PrinterModel& model() const { return m_model; }
    const Medium& medium() const { return m_medium; }
    /// What its pages are rendered for.
    PageColour colour() const;

    /// The page of a photo as this setup prints it: laid out on its medium by the unit's calibration, in the colours of
    /// its profile. Same arguments, same page, in every program. Fails: as planPage().
    Result<PhotoPage> page(const catalog::Product& product, const Sha256& original, const image::PhotoFacts& facts,
                           const PhotoChoices& choices) const;
    /// Whether the product can be printed here, whatever the photo. Fails: as checkFits().
    Result<void> fits(const catalog::Product& product) const;

    bool operator==(const PrintTarget&) const = default;

  private:
    PrintTarget(PrinterSetup setup, PrinterModel model, Medium medium)
        : m_setup(std::move(setup)), m_model(std::move(model)), m_medium(std::move(medium)) {}

    PrinterSetup m_setup;
    PrinterModel m_model;
    Medium m_medium;
};

}  // namespace contone::print
