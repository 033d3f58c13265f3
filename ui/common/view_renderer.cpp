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
    const print::PageColour colour =
        original ? print::PageColour{.outputProfile = request.monitor.hash(), .dither = false} : request.colour;
    const render::Recipe recipe =
        print::makeRecipe(request.plan, request.photo->original, request.photo->facts, request.lane, colour);
    const render::Ingredients ingredients = shop::ingredientsFrom(m_decoder, request.file, device, m_tables);
    const render::RenderOptions options{.threads = m_threads, .cancel = cancel, .embedProfile = false};
    if (original) return render::renderPage(recipe, ingredients, page, options);
    CONTONE_TRY(icc::ProofTransform transform, proof(request));
    render::ProofSink sink(std::move(transform), {}, page);
    return render::renderPage(recipe, ingredients, sink, options);
}

Result<ViewPicture> ViewRenderer::render(const ViewRequest& request, const CancelToken& cancel) {
    image::PictureSink sink;
    CONTONE_TRY(const render::RenderedPage rendered, renderInto(sink, request, cancel));
    const image::Picture& page = sink.picture();
    const image::Orientation back = image::inverse(request.plan.turn);
    return ViewPicture{toImage(back == image::Orientation::Upright ? page : image::upright(page, back)),
                       uprightPlan(request.plan), rendered.warnings.sentences()};
}

Result<icc::GamutReport> ViewRenderer::gamut(const ViewRequest& request) {
    render::Recipe recipe =
        print::makeRecipe(request.plan, request.photo->original, request.photo->facts, request.lane, request.colour);
    // The report compares colours as they are: relative colorimetric, nothing compensated.
    recipe.intent = icc::Intent::Relative;
    recipe.blackPoint = icc::BlackPoint::AsIs;
    CONTONE_TRY(const render::WorkingPicture picture,
                render::renderWorking(recipe, shop::ingredientsFrom(m_decoder, request.file, request.output, m_tables),
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
