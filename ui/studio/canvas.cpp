// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The canvas paints in screen pixels: with a scale factor of 1.5, one picture pixel is still one screen pixel.
#include "ui/studio/canvas.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include "ui/studio/tokens.h"

namespace contone::studio {
namespace {

constexpr double kKeyStep = 0.02;
constexpr double kKeyPixels = 60;

QRectF qrect(const print::RealRect& r, QPointF at) {
    return {at.x() + r.x, at.y() + r.y, r.width, r.height};
}

/// Lines lie on pixels: their centre is half a pixel in.
QRectF onPixels(const QRectF& r) {
    const double left = std::floor(r.left()) + 0.5, top = std::floor(r.top()) + 0.5;
    return {left, top, std::ceil(r.right()) - 0.5 - left, std::ceil(r.bottom()) - 0.5 - top};
}

}  // namespace

Canvas::Canvas(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(320, 240);
    setCursor(Qt::OpenHandCursor);
    setAccessibleName(tr("Picture"));
    setAccessibleDescription(tr("Drag or use the arrow keys to move the photo in its crop, the wheel to zoom."));
}

void Canvas::setPicture(const ui::ViewPicture& picture) {
    m_picture = picture;
    m_message.clear();
    update();
}

void Canvas::clear() {
    m_picture.reset();
    update();
}

void Canvas::setMessage(const QString& message) {
    m_message = message;
    update();
}

void Canvas::setScale(Scale scale) {
    if (m_scale == scale) return;
    m_scale = scale;
    m_scroll = {};
    update();
}

void Canvas::setOverlay(Overlay overlay) {
    m_overlay = overlay;
    update();
}

QSizeF Canvas::screenSize() const {
    return QSizeF(size()) * devicePixelRatioF();
}

image::PixelSize Canvas::room() const {
    const QSizeF all =
        screenSize() - QSizeF(2 * tokens::surroundMargin, 2 * tokens::surroundMargin) * devicePixelRatioF();
    return {std::max(16, int(all.width())), std::max(16, int(all.height()))};
}

QPointF Canvas::origin() const {
    if (!m_picture) return {};
    const QSizeF all = screenSize();
    const QPointF free((all.width() - m_picture->image.width()) / 2, (all.height() - m_picture->image.height()) / 2);
    const QPointF at(std::floor(free.x() + m_scroll.x()), std::floor(free.y() + m_scroll.y()));
    // At a scale factor of 1.5 this widget may begin half a pixel off the window's grid.
    const QPointF begin = QPointF(mapTo(window(), QPoint())) * devicePixelRatioF();
    return at - QPointF(begin.x() - std::floor(begin.x()), begin.y() - std::floor(begin.y()));
}

void Canvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens::surround);
    if (!m_message.isEmpty() || !m_picture) {
        painter.setPen(tokens::onSurround);
        QFont font = painter.font();
        font.setPixelSize(tokens::message);
        painter.setFont(font);
        painter.drawText(rect().adjusted(60, 40, -60, -40), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    const double toScreen = 1 / devicePixelRatioF();
    painter.scale(toScreen, toScreen);
    const QPointF at = origin();
    painter.drawImage(at, m_picture->image);
    if (m_overlay == Overlay::Shown) paintOverlay(painter, at);
}

/// What is cut or runs off the edge is darkened; the trim is a line, the safe area dashes.
void Canvas::paintOverlay(QPainter& painter, QPointF at) const {
    const QRectF sheet =
        qrect(print::RealRect{double(m_picture->plan.printable.x), double(m_picture->plan.printable.y),
                              double(m_picture->plan.printable.width), double(m_picture->plan.printable.height)},
              at);
    QPainterPath dead;  // pixels that the printer is sent, but never prints
    dead.addRect(QRectF(at, m_picture->image.size()));
    QPainterPath lost;
    lost.addRect(sheet);
    painter.fillPath(dead.subtracted(lost), tokens::surround);
    for (const print::PiecePlan& piece : m_picture->plan.pieces) {
        QPainterPath kept;
        kept.addRect(qrect(piece.trim, at));
        lost = lost.subtracted(kept);
    }
    painter.fillPath(lost, tokens::lostShade);
    const double line = std::max(1.0, std::round(devicePixelRatioF()));
    for (const print::PiecePlan& piece : m_picture->plan.pieces) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens::trimLine, line));
        painter.drawRect(onPixels(qrect(piece.trim, at)));
        painter.setPen(QPen(tokens::safeLineBack, line));
        painter.drawRect(onPixels(qrect(piece.safe, at)));
        QPen dashes(tokens::safeLine, line);
        dashes.setDashPattern({5, 5});
        painter.setPen(dashes);
        painter.drawRect(onPixels(qrect(piece.safe, at)));
    }
}

void Canvas::resizeEvent(QResizeEvent*) {
    emit resized();
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_picture) return;
    m_dragging = true;
    m_last = event->position();
    setCursor(Qt::ClosedHandCursor);
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    if (!m_dragging) return;
    drag((event->position() - m_last) * devicePixelRatioF());
    m_last = event->position();
}

void Canvas::mouseReleaseEvent(QMouseEvent*) {
    m_dragging = false;
    setCursor(Qt::OpenHandCursor);
}

/// `by`: screen pixels. The photo follows the hand: the crop moves the other way.
void Canvas::drag(QPointF by) {
    if (!m_picture || m_picture->plan.pieces.empty()) return;
    if (m_scale == Scale::Exact) {
        const QSizeF limit = QSizeF(m_picture->image.size()) / 2;
        m_scroll += by;
        m_scroll = {std::clamp(m_scroll.x(), -limit.width(), limit.width()),
                    std::clamp(m_scroll.y(), -limit.height(), limit.height())};
        update();
        return;
    }
    const print::RealRect& seen = m_picture->plan.pieces.front().trim;
    emit panned(-by.x() / seen.width, -by.y() / seen.height);
}

void Canvas::wheelEvent(QWheelEvent* event) {
    if (!m_picture || m_picture->plan.pieces.empty() || m_scale == Scale::Exact) return;
    const print::RealRect& seen = m_picture->plan.pieces.front().trim;
    const QPointF at = event->position() * devicePixelRatioF() - origin();
    const double x = std::clamp((at.x() - seen.x) / seen.width, 0.0, 1.0);
    const double y = std::clamp((at.y() - seen.y) / seen.height, 0.0, 1.0);
    emit zoomed(std::pow(1.0015, event->angleDelta().y()), x, y);
}

void Canvas::keyPressEvent(QKeyEvent* event) {
    // In a fitting view an arrow moves the crop by a fiftieth; one to one, it moves the view.
    const bool exact = m_scale == Scale::Exact;
    const auto move = [&](double x, double y) {
        if (exact)
            drag({-x * kKeyPixels, -y * kKeyPixels});
        else
            emit panned(x * kKeyStep, y * kKeyStep);
    };
    switch (event->key()) {
        case Qt::Key_Left:
            return move(-1, 0);
        case Qt::Key_Right:
            return move(1, 0);
        case Qt::Key_Up:
            return move(0, -1);
        case Qt::Key_Down:
            return move(0, 1);
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace contone::studio
