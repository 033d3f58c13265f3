// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FolderDelegate: one file of a folder as a tile: its picture, a place for it, or why there is none.
#pragma once

#include <QStyledItemDelegate>

namespace contone::studio {

class FolderDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    static constexpr int side = 160;  ///< of the square for the picture; what cameras' own small pictures have
    static QSize tile();
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace contone::studio
