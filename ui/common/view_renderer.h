// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ViewRenderer: one page as monitor pixels, through the same pipeline that prints it.
#pragma once

#include <map>
#include <memory>

#include <QImage>

#include "core/inspect/inspect_photo.h"
#include "core/print/print_target.h"
#include "core/render/preview.h"

namespace contone::ui {

enum class View { Original, Proof };
/// Exact: the device's own pixels, each through the proof. Preview: colours from one small table (ΔE2000 below 1.5 for
/// 999 of 1000 pixels), for pages as large as the screen has room; a change of colours takes milliseconds.
enum class Accuracy { Exact, Preview };

/// Everything that decides the pixels of one view. A value; cheap to copy but for the plan.
struct ViewRequest {
    Path file;
    std::shared_ptr<const inspect::PhotoReport> photo;
    /// What is rendered. For a settled view: the device's own page, as it is printed. For a fit view: its scaledPage().
    /// View::Original takes its geometry and the monitor's colours.
    print::PhotoPage page;
    View view = View::Proof;
    icc::ProofTransform::Simulate simulate = icc::ProofTransform::Simulate::Adapted;
    Accuracy accuracy = Accuracy::Exact;
    icc::Profile output = icc::Profile::srgb();
    icc::Profile monitor = icc::Profile::srgb();
};

/// A finished view. `plan` is upright and in pixels of `image`: overlays are drawn by it.
struct ViewPicture {
    QImage image;  ///< Format_RGB32, monitor pixels, no colour space: nobody converts them again
    print::PagePlan plan;
    std::vector<std::string> warnings;  ///< what only decoding could find, in sentences
};

/// Keeps the colour tables between calls, and the last previewed photo as it was resampled. One thread at a time.
class ViewRenderer {
  public:
    /// `decoder` outlives it.
    ViewRenderer(decode::Decoder& decoder, Path tableCache, int threads)
        : m_decoder(decoder),
          m_tables(std::make_shared<render::ColourTables>(std::move(tableCache))),
          m_threads(threads) {}
    /// Fails as render::renderPage.
    Result<ViewPicture> render(const ViewRequest& request, const CancelToken& cancel);
    /// How far the paper's gamut is from the picture, on at most 512 pixels a side.
    Result<icc::GamutReport> gamut(const ViewRequest& request);

  private:
    Result<render::RenderedPage> renderInto(image::StripSink& page, const ViewRequest& request,
                                            const CancelToken& cancel);
    Result<icc::ProofTransform> proof(const ViewRequest& request);
    /// Empty picture: this photo has no preview (gray ones), or shows more than one frame.
    Result<ViewPicture> preview(const ViewRequest& request, const render::Recipe& recipe, const CancelToken& cancel);
    Result<icc::FusedTable> previewTable(const ViewRequest& request, const render::Recipe& recipe,
                                         const image::SourceColour& colour, std::array<float, 3>& paper);

    decode::Decoder& m_decoder;
    std::shared_ptr<render::ColourTables> m_tables;
    int m_threads;
    std::map<std::string, icc::ProofTransform> m_proofs;
    Sha256 m_previewKey;  ///< of what decided m_previewed
    render::EncodedPicture m_previewed;
    std::map<std::string, icc::GamutCheck> m_checks;
};

/// RGB8 pixels as Qt paints them, without any conversion.
QImage toImage(const image::Picture& picture);

}  // namespace contone::ui
