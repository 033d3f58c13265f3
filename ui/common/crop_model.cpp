// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The arithmetic of a window that stays inside its photo.
#include "ui/common/crop_model.h"

#include <algorithm>

namespace contone::ui {

void CropModel::setShape(image::PixelSize photo, double aspect) {
    if (m_photo == photo && m_aspect == aspect) return;
    const bool isFirst = !isSet();
    m_photo = photo;
    m_aspect = aspect;
    if (isFirst && m_exact)
        moveTo(*m_exact);
    else
        keepInside();
}

void CropModel::setZoom(double zoom) {
    m_zoom = std::clamp(zoom, 1.0, maxZoom);
    keepInside();
}

void CropModel::zoomAbout(double zoom, double x, double y) {
    const double pointX = m_centreX + (x - 0.5) * width(), pointY = m_centreY + (y - 0.5) * height();
    m_zoom = std::clamp(zoom, 1.0, maxZoom);
    m_centreX = pointX - (x - 0.5) * width();
    m_centreY = pointY - (y - 0.5) * height();
    keepInside();
}

void CropModel::pan(double dx, double dy) {
    m_centreX += dx * width();
    m_centreY += dy * height();
    keepInside();
}

void CropModel::show(const render::Crop& part) {
    if (isSet()) moveTo(part);
    m_exact = part;
}

void CropModel::moveTo(const render::Crop& part) {
    m_zoom = 1;
    m_zoom = std::clamp(width() / part.width, 1.0, maxZoom);
    m_centreX = part.left + part.width / 2;
    m_centreY = part.top + part.height / 2;
    keepInside();
    m_exact = part;
}

void CropModel::reset() {
    m_exact.reset();
    m_zoom = 1;
    m_centreX = m_centreY = 0.5;
}

double CropModel::width() const {
    return std::min(1.0, m_aspect * m_photo.height / m_photo.width) / m_zoom;
}

double CropModel::height() const {
    return std::min(1.0, m_photo.width / (m_aspect * m_photo.height)) / m_zoom;
}

void CropModel::keepInside() {
    m_exact.reset();
    if (!isSet()) return;
    m_centreX = std::clamp(m_centreX, width() / 2, 1 - width() / 2);
    m_centreY = std::clamp(m_centreY, height() / 2, 1 - height() / 2);
}

render::Crop CropModel::crop() const {
    if (!isSet()) return {};
    if (m_exact) return *m_exact;
    render::Crop crop{m_centreX - width() / 2, m_centreY - height() / 2, width(), height()};
    crop.left = std::clamp(crop.left, 0.0, 1 - crop.width);
    crop.top = std::clamp(crop.top, 0.0, 1 - crop.height);
    return crop;
}

}  // namespace contone::ui
