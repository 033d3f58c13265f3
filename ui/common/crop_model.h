// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CropModel: which part of a photo is wanted, as a person pans and zooms. Plain numbers, no widgets.
#pragma once

#include <optional>

#include "core/image/pixels.h"
#include "core/render/recipe.h"

namespace contone::ui {

/// A window of fixed shape on an upright photo. It never leaves the photo and never changes its shape.
class CropModel {
  public:
    static constexpr double maxZoom = 8.0;

    CropModel() = default;
    /// `aspect`: width by height of what is seen, more than 0. Keeps centre and zoom as far as they fit.
    void setShape(image::PixelSize photo, double aspect);
    /// 1…maxZoom; 1 shows as much as fits. The centre stays where the photo allows it.
    void setZoom(double zoom);
    /// Zooms so that the point at (`x`, `y`) of the window, 0…1 each, stays where it is.
    void zoomAbout(double zoom, double x, double y);
    /// Moves the window by fractions of its own width and height.
    void pan(double dx, double dy);
    void reset();
    /// Exactly this part, until it is moved, zoomed or given another shape. Before there is a shape it waits for it.
    void show(const render::Crop& part);

    double zoom() const { return m_zoom; }
    double aspect() const { return m_aspect; }
    bool isSet() const { return m_aspect > 0; }
    /// As large as it can be, and where nobody moved it to.
    bool isInTheMiddle() const { return !m_exact && m_zoom == 1 && m_centreX == 0.5 && m_centreY == 0.5; }
    /// Fractions of the photo, as recipes have it.
    render::Crop crop() const;
    bool operator==(const CropModel&) const = default;

  private:
    double width() const;   ///< of the window, a fraction of the photo's width
    double height() const;  ///< a fraction of the photo's height
    void keepInside();
    void moveTo(const render::Crop& part);

    image::PixelSize m_photo;
    double m_aspect = 0, m_zoom = 1, m_centreX = 0.5, m_centreY = 0.5;
    std::optional<render::Crop> m_exact;
};

}  // namespace contone::ui
