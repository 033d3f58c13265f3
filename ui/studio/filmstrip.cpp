// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A list widget in icon mode, one row.
#include "ui/studio/filmstrip.h"

#include <QPainter>
#include <QSignalBlocker>

#include "ui/common/words.h"
#include "ui/studio/tokens.h"

namespace contone::studio {
namespace {

constexpr QSize kIcon(104, 72);

/// The thumbnail in the middle of a box; a bad photo is an empty box with a cross.
QPixmap framed(const ui::PhotoEntry& entry) {
    QPixmap box(kIcon);
    box.fill(Qt::transparent);
    QPainter painter(&box);
    const QRect all = box.rect();
    if (!entry.thumbnail.isNull() && !entry.error) {
        const QImage small = entry.thumbnail.scaled(kIcon, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        painter.drawImage((all.width() - small.width()) / 2, (all.height() - small.height()) / 2, small);
        return box;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens::checkEdge, 1.5));
    painter.drawRoundedRect(all.adjusted(10, 4, -10, -4), 4, 4);
    if (entry.error) {
        const QPoint c = all.center();
        painter.drawLine(c + QPoint(-9, -9), c + QPoint(9, 9));
        painter.drawLine(c + QPoint(-9, 9), c + QPoint(9, -9));
    }
    return box;
}

}  // namespace

Filmstrip::Filmstrip(ui::Session& session, QWidget* parent) : QListWidget(parent), m_session(session) {
    setObjectName(QStringLiteral("filmstrip"));
    setAccessibleName(tr("Photos"));
    setViewMode(QListView::IconMode);
    setFlow(QListView::LeftToRight);
    setWrapping(false);
    setMovement(QListView::Static);
    setIconSize(kIcon);
    setGridSize(QSize(kIcon.width() + 20, kIcon.height() + 30));
    setFixedHeight(kIcon.height() + 50);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideMiddle);
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) { m_session.setCurrent(row); });
}

void Filmstrip::refresh() {
    const QSignalBlocker quiet(this);
    const auto& photos = m_session.photos();
    while (count() > int(photos.size())) delete takeItem(count() - 1);
    for (int i = 0; i < int(photos.size()); i++) {
        const ui::PhotoEntry& entry = photos[std::size_t(i)];
        if (i == count()) addItem(new QListWidgetItem);
        QListWidgetItem* tile = item(i);
        tile->setText(ui::words::fileName(entry.file));
        tile->setIcon(QIcon(framed(entry)));
        QString more = entry.error ? ui::words::text(entry.error->message) : ui::words::fileName(entry.file);
        if (!entry.error && entry.isThumbnailEmbedded) more += '\n' + ui::words::embeddedPicture();
        tile->setData(Qt::ToolTipRole, ui::words::tip(more));
        tile->setData(Qt::AccessibleDescriptionRole, more);
    }
    setCurrentRow(m_session.current());
    setVisible(photos.size() > 1);
}

}  // namespace contone::studio
