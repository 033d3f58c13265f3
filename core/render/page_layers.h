// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageLayers: lays what a recipe has besides its photos on a composed page: the border's colour, areas, shadows.
#pragma once

#include <memory>

#include "core/render/composition.h"
#include "core/render/pipeline.h"

namespace contone::render {

/// Works in the order of the calls, on one thread. `recipe`, `ingredients` and `page` outlive it.
class PageLayers {
  public:
    /// Fails as icc::InputTransform::create.
    static Result<PageLayers> create(const Recipe& recipe, const Ingredients& ingredients, icc::WorkingGamut gamut,
                                     Composition& page);
    void layBorder();
    /// Each area, after its shadow. Fails: NotFound "stencil-missing"; Conflict "stencil-changed" when one has another
    /// size than the box; as Ingredients::stencil.
    Result<void> lay(const std::vector<Area>& areas);
    /// Lays the frame's shadow; the sink takes its rows. Fails as lay().
    Result<std::unique_ptr<FrameSink>> frame(const Frame& frame, const FrameGeometry& geometry);

  private:
    PageLayers(const Recipe& recipe, const Ingredients& ingredients, icc::WorkingGamut gamut, Composition& page,
               icc::InputTransform srgb)
        : m_recipe(recipe), m_ingredients(ingredients), m_gamut(gamut), m_page(page), m_srgb(std::move(srgb)) {}
    template <class Part>
    Result<Coverage> coverageOf(const Part& part, int softEdgeUm) const;
    PaintColours colours(const Paint& paint, const image::PixelRect& box) const {
        return {paint, {box.width, box.height}, m_srgb, m_gamut};
    }
    void layShadow(const Coverage& of, const std::optional<Shadow>& shadow);
    const Recipe& m_recipe;
    const Ingredients& m_ingredients;
    icc::WorkingGamut m_gamut;
    Composition& m_page;
    icc::InputTransform m_srgb;
};

}  // namespace contone::render
