// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Colours as of a photo in sRGB, with the page's intent.
#include "core/render/page_layers.h"

namespace contone::render {
namespace {

Result<std::shared_ptr<const image::Stencil>> stencilOf(const Sha256& hash, const image::PixelRect& box,
                                                        const Ingredients& ingredients) {
    if (!ingredients.stencil)
        return fail(Code::NotFound, "stencil-missing", "The text or a mask of this page is not here any more.",
                    hash.toString());
    CONTONE_TRY(std::shared_ptr<const image::Stencil> stencil, ingredients.stencil(hash));
    if (stencil->size != image::PixelSize{box.width, box.height})
        return fail(Code::Conflict, "stencil-changed",
                    "The text or a mask of this page is not the one it was made with.", hash.toString());
    return stencil;
}

}  // namespace

Result<PageLayers> PageLayers::create(const Recipe& recipe, const Ingredients& ingredients, icc::WorkingGamut gamut,
                                      Composition& page) {
    const auto blackPoint = icc::effectiveBlackPoint(ingredients.outputProfile, recipe.intent, recipe.blackPoint);
    CONTONE_TRY(icc::InputTransform srgb,
                icc::InputTransform::create(icc::Profile::srgb(), {recipe.intent, blackPoint}));
    return PageLayers(recipe, ingredients, gamut, page, std::move(srgb));
}

template <class Part>
Result<Coverage> PageLayers::coverageOf(const Part& part, int softEdgeUm) const {
    Coverage::Parts parts{.box = part.box,
                          .dpiX = m_recipe.dpiX,
                          .dpiY = m_recipe.dpiY,
                          .shape = part.shape,
                          .softEdgeUm = softEdgeUm,
                          .opacityPermille = part.opacityPermille};
    if (part.stencil) {
        CONTONE_TRY(parts.stencil, stencilOf(*part.stencil, part.box, m_ingredients));
    }
    return Coverage(std::move(parts));
}

void PageLayers::layShadow(const Coverage& of, const std::optional<Shadow>& shadow) {
    if (!shadow) return;
    m_page.lay(ShadowCoverage(of, *shadow, m_recipe.raster), colours({shadow->colour, {}, 0}, of.box()).first());
}

void PageLayers::layBorder() {
    if (!m_recipe.borderFill) return;
    const image::PixelRect& box = m_recipe.borderFill->box;
    m_page.lay(Coverage({.box = box}), colours({m_recipe.borderFill->colour, {}, 0}, box));
}

Result<void> PageLayers::lay(const std::vector<Area>& areas) {
    for (const Area& area : areas) {
        CONTONE_TRY(const Coverage coverage, coverageOf(area, 0));
        layShadow(coverage, area.shadow);
        m_page.lay(coverage, colours(area.paint, area.box));
    }
    return {};
}

Result<std::unique_ptr<FrameSink>> PageLayers::frame(const Frame& frame, const FrameGeometry& geometry) {
    CONTONE_TRY(Coverage coverage, coverageOf(frame, frame.softEdgeUm));
    layShadow(coverage, frame.shadow);
    return m_page.frame(std::move(coverage), geometry);
}

}  // namespace contone::render
