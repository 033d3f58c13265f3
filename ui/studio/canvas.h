// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Canvas: the picture on its neutral surround, pixel for pixel, with the lines of trim and safe area above it.
#pragma once

#include <optional>

#include <QWidget>

#include "ui/common/view_renderer.h"

namespace contone::studio {

enum class Overlay { Shown, Hidden };
/// Fit: all of the page; dragging moves the photo in its crop. Exact: the device's own pixels, one to one; dragging
/// moves the view.
enum class Scale { Fit, Exact };

/// Blits monitor pixels: never scales, never converts. What is on the screen is replaced only by the next picture.
class Canvas : public QWidget {
    Q_OBJECT
  public:
    explicit Canvas(QWidget* parent = nullptr);

    void setPicture(const ui::ViewPicture& picture);
    void clear();
    /// In place of a picture; empty: none.
    void setMessage(const QString& message);
    void setScale(Scale scale);
    void setOverlay(Overlay overlay);
    /// The screen pixels a fitting picture may have.
    image::PixelSize room() const;
    /// Where the picture's first pixel is, in screen pixels of this widget; whole numbers away from the window's grid.
    QPointF origin() const;
    const std::optional<ui::ViewPicture>& picture() const { return m_picture; }

  signals:
    void panned(double dx, double dy);               ///< the crop shall move by fractions of itself
    void zoomed(double factor, double x, double y);  ///< about a point of the crop, 0…1
    void resized();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void paintOverlay(QPainter& painter, QPointF at) const;
    void drag(QPointF by);
    QSizeF screenSize() const;  ///< of this widget, in screen pixels

    std::optional<ui::ViewPicture> m_picture;
    QString m_message;
    Scale m_scale = Scale::Fit;
    Overlay m_overlay = Overlay::Shown;
    QPointF m_scroll;  ///< Exact: how far the view was moved from the centre, screen pixels
    QPointF m_last;
    bool m_dragging = false;
};

}  // namespace contone::studio
