// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tiles of the folder.
#include "ui/studio/folder_delegate.h"

#include <algorithm>

#include <QPainter>

#include "ui/common/folder_photos.h"
#include "ui/studio/tokens.h"

namespace contone::studio {
namespace {

using ui::FolderPhotos;

constexpr int kGap = 10, kName = 26;

/// In the middle of the box, as large as fits; a picture smaller than half of that is only doubled.
QRectF pictureRect(const QRectF& box, const QSize& picture) {
    const qreal scale = std::min(2.0, box.width() / std::max(picture.width(), picture.height()));
    const QSizeF size(picture.width() * scale, picture.height() * scale);
    return {box.center() - QPointF(size.width() / 2, size.height() / 2), size};
}

void paintReason(QPainter& painter, const QRect& box, const QString& reason) {
    painter.setPen(QPen(tokens::fieldEdge, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const QPointF c(box.center().x() + 0.5, box.top() + 42);
    painter.setPen(QPen(tokens::quiet, 1.6, Qt::SolidLine, Qt::RoundCap));
    painter.drawEllipse(c, 11, 11);
    painter.drawLine(c + QPointF(-4, -4), c + QPointF(4, 4));
    painter.drawLine(c + QPointF(-4, 4), c + QPointF(4, -4));
    QFont small = painter.font();
    small.setPixelSize(tokens::small);
    painter.setFont(small);
    painter.setPen(tokens::quiet);
    const QRect words = box.adjusted(9, 64, -9, -6);
    painter.setClipRect(words);
    painter.drawText(words, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, reason);
    painter.setClipping(false);
}

void paintOnDesk(QPainter& painter, const QRect& box) {
    const QPointF c(box.right() - 12, box.top() + 13);
    painter.setPen(QPen(tokens::onChecked, 1));
    painter.setBrush(tokens::checked);
    painter.drawEllipse(c, 10, 10);
    painter.setPen(QPen(tokens::onChecked, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF({c + QPointF(-4.5, 0), c + QPointF(-1.5, 3.5), c + QPointF(4.5, -3.5)}));
}

}  // namespace

QSize FolderDelegate::tile() {
    return {side + 2 * kGap, side + kGap + kName + 4};
}

QSize FolderDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return tile();
}

void FolderDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRect box(option.rect.left() + (option.rect.width() - side) / 2, option.rect.top() + kGap, side, side);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isCurrent = option.state.testFlag(QStyle::State_HasFocus);
    if (isSelected || isCurrent) {
        painter->setPen(isCurrent ? QPen(tokens::focus, tokens::focusRing) : Qt::NoPen);
        painter->setBrush(isSelected ? QBrush(tokens::rowSelected) : Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2.5, 2.5, -2.5, -2.5), 6, 6);
    }
    painter->setFont(option.font);
    const auto state = index.data(FolderPhotos::StateRole).value<FolderPhotos::State>();
    const auto picture = index.data(FolderPhotos::PictureRole).value<QImage>();
    if (state == FolderPhotos::State::Bad || state == FolderPhotos::State::Unpictured) {
        paintReason(*painter, box, index.data(FolderPhotos::ReasonRole).toString());
    } else if (picture.isNull()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens::alternateBase);
        painter->drawRoundedRect(box.adjusted(0, side / 6, 0, -side / 6), 4, 4);
    } else {
        painter->drawImage(pictureRect(box, picture.size()), picture);
    }
    if (index.data(FolderPhotos::OnDeskRole).toBool()) paintOnDesk(*painter, box);
    painter->setFont(option.font);
    painter->setPen(state == FolderPhotos::State::Bad ? tokens::quiet : tokens::text);
    const QRect name(box.left(), box.bottom() + 2, side, kName);
    const QString text = index.data().toString();
    painter->drawText(name, Qt::AlignCenter, option.fontMetrics.elidedText(text, Qt::ElideMiddle, side));
    painter->restore();
}

}  // namespace contone::studio
