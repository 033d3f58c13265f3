// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SheetDelegate: one sheet a row: which, its state in words, since when.
#pragma once

#include <QStyledItemDelegate>

namespace contone::studio {

class SheetDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace contone::studio
