// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a request to monitor pixels.
#include "ui/common/view_renderer.h"

#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/detail.h"
#include "core/render/frame_adjustments.h"
#include "core/render/proof_sink.h"
#include "ui/common/preview.h"

namespace contone::ui {
namespace {

constexpr int kAnalysisSide = 512;
constexpr std::size_t kKeptTables = 8;                                         // proofs, checks: a few megabytes each
constexpr std::size_t kSettledBudget = 256 << 20, kPreviewBudget = 128 << 20;  // bytes

/// The page as it is printed, or the original in the colours of the monitor.
render::Recipe recipeOf(const ViewRequest& request) {
    if (request.view == View::Proof) return request.page.recipe;
    order::PhotoChoices choices{.lane = request.page.recipe.lane};
    if (!request.page.recipe.photos.empty()) choices.inks = request.page.recipe.photos.front().inks;
    return print::makeRecipe(request.page.plan, request.photo->original, request.photo->facts, choices,
                             {.outputProfile = request.monitor.hash(), .dither = false});
}

/// What decides the resampled photo: everything but colours, unless those are applied where it is decoded.
Sha256 geometryKey(const ViewRequest& request, render::Recipe recipe) {
    if (request.photo->facts.colour.kind != image::SourceColour::Kind::Converted) {
        recipe.outputProfile = {};
        recipe.intent = icc::Intent::Relative;
        recipe.blackPoint = icc::BlackPoint::Compensate;
    }
    recipe.device = {};
    recipe.dither = false;
    for (render::Frame& frame : recipe.frames) frame.adjustments = render::beforeResampling(frame.adjustments);
    return Sha256::of(render::canonical(recipe) + "\n" + request.file.string());
}

/// Of how the paper is shown: its profile and what is simulated. The original has none.
Sha256 proofKey(const ViewRequest& request) {
    if (request.view == View::Original) return {};
    const bool paper = request.simulate == icc::ProofTransform::Simulate::PaperAndInk;
    return Sha256::of(request.output.hash().toString() + (paper ? " paper" : " adapted"));
}

}  // namespace

view::PageKey keyOf(const ViewRequest& request) {
    return {.recipe = render::hashOf(recipeOf(request)), .proof = proofKey(request), .monitor = request.monitor.hash()};
}

ViewRenderer::ViewRenderer(decode::Decoder& decoder, Path tableCache, int threads, render::OpenLook looks)
    : m_decoder(decoder),
      m_looks(std::move(looks)),
      m_tables(std::make_shared<render::ColourTables>(std::move(tableCache))),
      m_threads(threads),
      m_proofs(kKeptTables),
      m_checks(kKeptTables),
      m_settled(kSettledBudget),
      m_previewed(kPreviewBudget) {}

QImage toImage(const image::Picture& picture) {
    QImage out(picture.size.width, picture.size.height, QImage::Format_RGB32);
    const image::StripView view = picture.strip();
    for (int y = 0; y < picture.size.height; y++) {
        const auto* from = view.row<std::uint8_t>(y);
        auto* to = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < picture.size.width; x++, from += 3) to[x] = qRgb(from[0], from[1], from[2]);
    }
    return out;
}

Result<icc::ProofTransform> ViewRenderer::proof(const ViewRequest& request) {
    const Sha256 key = Sha256::of(proofKey(request).toString() + request.monitor.hash().toString());
    if (const auto* kept = m_proofs.find(key)) return *kept;
    CONTONE_TRY(icc::ProofTransform made,
                icc::ProofTransform::create(request.output, request.monitor, request.simulate));
    m_proofs.put(key, made, 1);
    return made;
}

Result<render::RenderedPage> ViewRenderer::renderInto(image::StripSink& page, const ViewRequest& request,
                                                      const CancelToken& cancel) {
    const bool original = request.view == View::Original;
    const icc::Profile& device = original ? request.monitor : request.output;
    const render::Recipe recipe = recipeOf(request);
    const render::Ingredients ingredients =
        inspect::ingredientsFrom(m_decoder, {request.file}, device, m_tables, m_looks);
    const render::RenderOptions options{.threads = m_threads, .cancel = cancel, .embedProfile = false};
    if (original) return render::renderPage(recipe, ingredients, page, options);
    CONTONE_TRY(icc::ProofTransform transform, proof(request));
    render::ProofSink sink(std::move(transform), {}, page);
    return render::renderPage(recipe, ingredients, sink, options);
}

Result<render::PreviewColours> ViewRenderer::previewColours(const ViewRequest& request, const render::Recipe& recipe,
                                                            const image::SourceColour& colour,
                                                            std::array<float, 3>& paper) {
    const bool original = request.view == View::Original;
    const icc::Profile& device = original ? request.monitor : request.output;
    const auto blackPoint = icc::effectiveBlackPoint(device, recipe.intent, recipe.blackPoint);
    const render::Frame& frame = recipe.frames.front();
    CONTONE_TRY(const icc::InputTransform input, m_tables->input(colour, {recipe.intent, blackPoint}));
    CONTONE_TRY(const icc::OutputTransform output,
                m_tables->output(device, {recipe.intent, recipe.blackPoint, input.gamut()}));
    const auto ingredients = inspect::ingredientsFrom(m_decoder, {request.file}, device, m_tables, m_looks);
    CONTONE_TRY(const render::Surroundings around,
                render::surroundingsOf(recipe, frame, input.gamut(), ingredients, *m_tables));
    const std::array<float, 4> none = icc::paperOf(device);
    if (original) {
        std::copy_n(none.begin(), 3, paper.begin());
        return render::PreviewColours(
            frame, input, around, [&](float* working, float* out, int pixels) { output.apply(working, out, pixels); });
    }
    CONTONE_TRY(const icc::ProofTransform transform, proof(request));
    transform.apply(none.data(), paper.data(), 1);
    return render::PreviewColours(frame, input, around, [&](float* working, float* out, int pixels) {
        std::vector<float> inks(static_cast<std::size_t>(pixels) * static_cast<std::size_t>(output.channels()));
        output.apply(working, inks.data(), pixels);
        transform.apply(inks.data(), out, pixels);
    });
}

Result<std::shared_ptr<const render::EncodedPicture>> ViewRenderer::resampled(const Sha256& geometry,
                                                                              const ViewRequest& request,
                                                                              const render::Recipe& recipe,
                                                                              const CancelToken& cancel) {
    if (const auto* kept = m_previewed.find(geometry)) return *kept;
    const icc::Profile& device = request.view == View::Original ? request.monitor : request.output;
    CONTONE_TRY(
        render::EncodedPicture made,
        render::renderEncoded(recipe, inspect::ingredientsFrom(m_decoder, {request.file}, device, m_tables, m_looks),
                              {.threads = m_threads, .cancel = cancel}));
    auto photo = std::make_shared<const render::EncodedPicture>(std::move(made));
    m_previewed.put(geometry, photo, sizeof(*photo) + photo->rgb.size() * sizeof(photo->rgb[0]));
    return photo;
}

Result<ViewPicture> ViewRenderer::preview(const ViewRequest& request, const render::Recipe& recipe,
                                          const CancelToken& cancel) {
    if (recipe.frames.size() != 1 || recipe.borderFill) return ViewPicture{};
    CONTONE_TRY(const auto photo, resampled(geometryKey(request, recipe), request, recipe, cancel));
    if (photo->rgb.empty()) return ViewPicture{};
    std::array<float, 3> paper{};
    CONTONE_TRY(const render::PreviewColours colours, previewColours(request, recipe, photo->colour, paper));
    const image::Picture page = colours.page(*photo, paper, m_threads);
    return ViewPicture{toImage(page), uprightPlan(request.page.plan), photo->warnings};
}

Result<ViewPicture> ViewRenderer::render(const ViewRequest& request, const CancelToken& cancel) {
    if (request.grade == view::Grade::Preview && request.page.plan.turn == image::Orientation::Upright) {
        CONTONE_TRY(ViewPicture shown, preview(request, recipeOf(request), cancel));
        if (!shown.image.isNull()) return shown;
    }
    const view::PageKey key = keyOf(request);
    if (const auto* kept = m_settled.find(key)) return *kept;
    image::PictureSink sink;
    CONTONE_TRY(const render::RenderedPage rendered, renderInto(sink, request, cancel));
    const image::Picture& page = sink.picture();
    const image::Orientation back = image::inverse(request.page.plan.turn);
    const ViewPicture shown{toImage(back == image::Orientation::Upright ? page : image::upright(page, back)),
                            uprightPlan(request.page.plan), rendered.warnings};
    m_settled.put(key, shown, std::size_t(shown.image.sizeInBytes()));
    return shown;
}

Result<icc::GamutReport> ViewRenderer::gamut(const ViewRequest& request) {
    render::Recipe recipe = request.page.recipe;
    // The report compares colours as they are: relative colorimetric, nothing compensated.
    recipe.intent = icc::Intent::Relative;
    recipe.blackPoint = icc::BlackPoint::AsIs;
    CONTONE_TRY(const render::WorkingPicture picture,
                render::renderWorking(
                    recipe, inspect::ingredientsFrom(m_decoder, {request.file}, request.output, m_tables, m_looks),
                    kAnalysisSide));
    const std::string key = request.output.hash().toString() + icc::toString(picture.gamut);
    const icc::GamutCheck* check = m_checks.find(key);
    if (check == nullptr) {
        CONTONE_TRY(icc::GamutCheck made, icc::GamutCheck::create(request.output, picture.gamut));
        m_checks.put(key, std::move(made), 1);
        check = m_checks.find(key);
    }
    return check->report(picture.rgb.data(), picture.size.width, picture.size.height);
}

}  // namespace contone::ui
