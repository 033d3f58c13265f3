// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ViewRenderer: one page as monitor pixels, through the same pipeline that prints it.
#pragma once

#include <memory>

#include <QImage>

#include "core/inspect/inspect_photo.h"
#include "core/print/print_target.h"
#include "core/render/preview.h"
#include "core/view/budget_cache.h"
#include "core/view/tile.h"

namespace contone::ui {

enum class View { Original, Proof };

/// Everything that decides the pixels of one view. A value; cheap to copy but for the plan.
struct ViewRequest {
    Path file;
    std::shared_ptr<const inspect::PhotoReport> photo;
    /// What is rendered. For a settled view: the device's own page, as it is printed. For a fit view: its scaledPage().
    /// View::Original takes its geometry and the monitor's colours.
    print::PhotoPage page;
    View view = View::Proof;
    icc::ProofTransform::Simulate simulate = icc::ProofTransform::Simulate::Adapted;
    /// Settled: the device's own pixels. Preview: for pages as large as the screen has room.
    view::Grade grade = view::Grade::Settled;
    icc::Profile output = icc::Profile::srgb();
    icc::Profile monitor = icc::Profile::srgb();
};

/// A finished view. `plan` is upright and in pixels of `image`: overlays are drawn by it.
struct ViewPicture {
    QImage image;  ///< Format_RGB32, monitor pixels, no colour space: nobody converts them again
    print::PagePlan plan;
    image::PhotoWarnings warnings;  ///< what only decoding could find
};

/// What decides the pixels of a view. Two requests with the same key give the same picture.
view::PageKey keyOf(const ViewRequest& request);

/// Keeps the colour tables between calls, pages that were settled, and photos as they were resampled for previews, each
/// within a budget of bytes: going back to one costs no decoding. One thread at a time.
class ViewRenderer {
  public:
    /// `decoder` outlives it. `looks`: of the shop's own; empty: none.
    ViewRenderer(decode::Decoder& decoder, Path tableCache, int threads, render::OpenLook looks = {});
    /// Fails as render::renderPage.
    Result<ViewPicture> render(const ViewRequest& request, const CancelToken& cancel);
    /// How far the paper's gamut is from the picture, on at most 512 pixels a side; its worst ninth is that of the
    /// upright picture.
    Result<icc::GamutReport> gamut(const ViewRequest& request);

  private:
    Result<render::RenderedPage> renderInto(image::StripSink& page, const ViewRequest& request,
                                            const CancelToken& cancel);
    Result<icc::ProofTransform> proof(const ViewRequest& request);
    /// The photo as it is resampled for a preview; `geometry`: of what decides that.
    Result<std::shared_ptr<const render::EncodedPicture>> resampled(const Sha256& geometry, const ViewRequest& request,
                                                                    const render::Recipe& recipe,
                                                                    const CancelToken& cancel);
    /// Empty picture: this photo has no preview (gray ones), or shows more than one frame.
    Result<ViewPicture> preview(const ViewRequest& request, const render::Recipe& recipe, const CancelToken& cancel);
    Result<render::PreviewColours> previewColours(const ViewRequest& request, const render::Recipe& recipe,
                                                  const image::SourceColour& colour, std::array<float, 3>& paper);

    decode::Decoder& m_decoder;
    render::OpenLook m_looks;
    std::shared_ptr<render::ColourTables> m_tables;
    int m_threads;
    view::BudgetCache<Sha256, icc::ProofTransform> m_proofs;
    view::BudgetCache<std::string, icc::GamutCheck> m_checks;
    view::BudgetCache<view::PageKey, ViewPicture> m_settled;
    view::BudgetCache<Sha256, std::shared_ptr<const render::EncodedPicture>> m_previewed;
};

/// RGB8 pixels as Qt paints them, without any conversion.
QImage toImage(const image::Picture& picture);

}  // namespace contone::ui
