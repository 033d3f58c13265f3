// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows of the sheet list.
#include "ui/studio/sheet_delegate.h"

#include <QPainter>

#include "ui/common/sheet_list.h"
#include "ui/studio/tokens.h"

namespace contone::studio {

void SheetDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    using ui::SheetList;
    painter->save();
    const QRect box = option.rect.adjusted(0, 1, 0, -1);
    if (option.state & QStyle::State_Selected) painter->fillRect(box, tokens::rowSelected);
    const QRect text = box.adjusted(10, 0, -10, 0);
    const bool question = index.data(SheetList::QuestionRole).toBool();
    const bool done = index.data(SheetList::FinalRole).toBool();
    const QRect mark(text.left(), text.center().y() - 4, 9, 9);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(tokens::checked, 1.4));
    painter->setBrush(done ? QBrush(tokens::checked) : QBrush(Qt::NoBrush));
    painter->drawEllipse(mark);
    painter->setPen(tokens::text);
    painter->drawText(text.adjusted(20, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    QFont font = option.font;
    font.setBold(question);
    painter->setFont(font);
    painter->drawText(text.adjusted(112, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      index.data(SheetList::StateRole).toString());
    painter->setFont(option.font);
    painter->setPen(tokens::quiet);
    painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter, index.data(SheetList::TimeRole).toString());
    painter->restore();
}

QSize SheetDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {0, 32};  // as wide as the list
}

}  // namespace contone::studio
