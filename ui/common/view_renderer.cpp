// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a request to monitor pixels.
#include "ui/common/view_renderer.h"

#include "core/render/proof_sink.h"
#include "ui/common/preview.h"

namespace contone::ui {
namespace {

constexpr int kAnalysisSide = 512;
constexpr std::size_t kKeptTables = 8;

/// The page as it is printed, or the original in the colours of the monitor.
render::Recipe recipeOf(const ViewRequest& request) {
    if (request.view == View::Proof) return request.page.recipe;
    return print::makeRecipe(request.page.plan, request.photo->original, request.photo->facts, request.page.recipe.lane,
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
    return Sha256::of(render::canonical(recipe) + "\n" + request.file.string());
}

template <class Map>
void makeRoom(Map& kept) {
    if (kept.size() >= kKeptTables) kept.erase(kept.begin());
}

}  // namespace

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
    const std::string key = request.output.hash().toString() + request.monitor.hash().toString() +
                            (request.simulate == icc::ProofTransform::Simulate::PaperAndInk ? "paper" : "adapted");
    if (const auto kept = m_proofs.find(key); kept != m_proofs.end()) return kept->second;
    CONTONE_TRY(icc::ProofTransform made,
                icc::ProofTransform::create(request.output, request.monitor, request.simulate));
    makeRoom(m_proofs);
    return m_proofs.emplace(key, std::move(made)).first->second;
}

Result<render::RenderedPage> ViewRenderer::renderInto(image::StripSink& page, const ViewRequest& request,
                                                      const CancelToken& cancel) {
    const bool original = request.view == View::Original;
    const icc::Profile& device = original ? request.monitor : request.output;
    const render::Recipe recipe = recipeOf(request);
    const render::Ingredients ingredients = inspect::ingredientsFrom(m_decoder, request.file, device, m_tables);
    const render::RenderOptions options{.threads = m_threads, .cancel = cancel, .embedProfile = false};
    if (original) return render::renderPage(recipe, ingredients, page, options);
    CONTONE_TRY(icc::ProofTransform transform, proof(request));
    render::ProofSink sink(std::move(transform), {}, page);
    return render::renderPage(recipe, ingredients, sink, options);
}

Result<icc::FusedTable> ViewRenderer::previewTable(const ViewRequest& request, const render::Recipe& recipe,
                                                   const image::SourceColour& colour, std::array<float, 3>& paper) {
    const bool original = request.view == View::Original;
    const icc::Profile& device = original ? request.monitor : request.output;
    const auto blackPoint = icc::effectiveBlackPoint(device, recipe.intent, recipe.blackPoint);
    CONTONE_TRY(const icc::InputTransform input, m_tables->input(colour, {recipe.intent, blackPoint}));
    CONTONE_TRY(const icc::OutputTransform output,
                m_tables->output(device, {recipe.intent, recipe.blackPoint, input.gamut()}));
    const std::array<float, 4> none = icc::paperOf(device);
    if (original) {
        std::copy_n(none.begin(), 3, paper.begin());
        return icc::FusedTable::ofHalves(input, output);
    }
    CONTONE_TRY(const icc::ProofTransform transform, proof(request));
    transform.apply(none.data(), paper.data(), 1);
    return icc::FusedTable::ofHalves(input, output, transform);
}

Result<ViewPicture> ViewRenderer::preview(const ViewRequest& request, const render::Recipe& recipe,
                                          const CancelToken& cancel) {
    const icc::Profile& device = request.view == View::Original ? request.monitor : request.output;
    if (recipe.frames.size() != 1 || recipe.ground) return ViewPicture{};
    if (const Sha256 key = geometryKey(request, recipe); key != m_previewKey) {
        m_previewKey = {};
        CONTONE_TRY(m_previewed,
                    render::renderEncoded(recipe, inspect::ingredientsFrom(m_decoder, request.file, device, m_tables),
                                          {.threads = m_threads, .cancel = cancel}));
        m_previewKey = key;
    }
    if (m_previewed.rgb.empty()) return ViewPicture{};
    std::array<float, 3> paper{};
    CONTONE_TRY(const icc::FusedTable table, previewTable(request, recipe, m_previewed.colour, paper));
    const image::Picture page = render::preview(m_previewed, table, paper, m_threads);
    return ViewPicture{toImage(page), uprightPlan(request.page.plan), m_previewed.warnings.sentences()};
}

Result<ViewPicture> ViewRenderer::render(const ViewRequest& request, const CancelToken& cancel) {
    if (request.accuracy == Accuracy::Preview && request.page.plan.turn == image::Orientation::Upright) {
        CONTONE_TRY(ViewPicture shown, preview(request, recipeOf(request), cancel));
        if (!shown.image.isNull()) return shown;
    }
    image::PictureSink sink;
    CONTONE_TRY(const render::RenderedPage rendered, renderInto(sink, request, cancel));
    const image::Picture& page = sink.picture();
    const image::Orientation back = image::inverse(request.page.plan.turn);
    return ViewPicture{toImage(back == image::Orientation::Upright ? page : image::upright(page, back)),
                       uprightPlan(request.page.plan), rendered.warnings.sentences()};
}

Result<icc::GamutReport> ViewRenderer::gamut(const ViewRequest& request) {
    render::Recipe recipe = request.page.recipe;
    // The report compares colours as they are: relative colorimetric, nothing compensated.
    recipe.intent = icc::Intent::Relative;
    recipe.blackPoint = icc::BlackPoint::AsIs;
    CONTONE_TRY(
        const render::WorkingPicture picture,
        render::renderWorking(recipe, inspect::ingredientsFrom(m_decoder, request.file, request.output, m_tables),
                              kAnalysisSide));
    const std::string key = request.output.hash().toString() + icc::toString(picture.gamut);
    auto check = m_checks.find(key);
    if (check == m_checks.end()) {
        CONTONE_TRY(icc::GamutCheck made, icc::GamutCheck::create(request.output, picture.gamut));
        makeRoom(m_checks);
        check = m_checks.emplace(key, std::move(made)).first;
    }
    return check->second.report(picture.rgb.data(), picture.size.width, picture.size.height);
}

}  // namespace contone::ui
