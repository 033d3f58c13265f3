// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A line of words and buttons above a list view that wraps.
#include "ui/studio/folder_panel.h"

#include <algorithm>
#include <cmath>

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>

#include "ui/common/words.h"
#include "ui/studio/folder_delegate.h"
#include "ui/studio/section.h"

namespace contone::studio {
namespace words = ui::words;

FolderPanel::FolderPanel(decode::Decoder& decoder, QWidget* parent)
    : QWidget(parent), m_photos(decoder, int(std::ceil(FolderDelegate::side * qGuiApp->devicePixelRatio()))) {
    build();
    connect(&m_photos, &ui::FolderPhotos::listed, this, [this] {
        m_grid->scrollToTop();
        m_grid->setCurrentIndex(m_photos.index(0));
        m_grid->clearSelection();
        say();
        offer();
        layOut();
    });
    connect(&m_photos, &ui::FolderPhotos::refused, this, [this](const Error& error) {
        m_refusal->setText(words::text(error.message));
        m_refusal->show();
        m_grid->hide();
        say();
        offer();
    });
    connect(&m_photos, &ui::FolderPhotos::progressed, this, &FolderPanel::say);
    connect(m_grid->verticalScrollBar(), &QScrollBar::valueChanged, this, &FolderPanel::showVisible);
    connect(m_grid->verticalScrollBar(), &QScrollBar::rangeChanged, this, &FolderPanel::showVisible);
    connect(m_grid->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FolderPanel::offer);
    connect(m_grid, &QListView::activated, this, &FolderPanel::choose);
    connect(m_add, &QPushButton::clicked, this, &FolderPanel::choose);
}

void FolderPanel::build() {
    setObjectName(QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_title = newLabel({}, "strong");
    m_title->setWordWrap(false);
    m_progress = newLabel({}, "quiet");
    m_progress->setWordWrap(false);
    m_progress->setAccessibleName(tr("How many files were seen"));
    m_add = new QPushButton(tr("Add photos"));
    m_add->setObjectName(QStringLiteral("primary"));
    setTip(m_add, tr("Puts the selected photos on the desk (Enter)"));
    auto* back = new QPushButton(tr("Back"));
    setTip(back, tr("Back to the proof (Esc)"));
    connect(back, &QPushButton::clicked, this, &FolderPanel::left);

    auto* bar = new QWidget;
    bar->setObjectName(QStringLiteral("bar"));
    bar->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(12);
    row->addWidget(m_title);
    row->addWidget(m_progress, 1);
    row->addWidget(back);
    row->addWidget(m_add);

    m_refusal = newLabel({});
    m_refusal->setAlignment(Qt::AlignCenter);
    m_refusal->hide();
    m_grid = new QListView;
    m_grid->setObjectName(QStringLiteral("folder"));
    m_grid->setAccessibleName(tr("Photos in this folder"));
    m_grid->setModel(&m_photos);
    m_grid->setItemDelegate(new FolderDelegate(m_grid));
    // Not the icon mode, which keeps a place for each item: this one computes with rows of equal tiles.
    m_grid->setFlow(QListView::LeftToRight);
    m_grid->setWrapping(true);
    m_grid->setResizeMode(QListView::Adjust);
    m_grid->setUniformItemSizes(true);
    m_grid->setGridSize(FolderDelegate::tile());
    m_grid->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_grid->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_grid->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_grid->installEventFilter(this);
    m_grid->viewport()->installEventFilter(this);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(m_refusal, 1);
    column->addWidget(m_grid, 1);
}

void FolderPanel::open(const Path& folder) {
    m_photos.open(folder);
    m_refusal->hide();
    m_grid->show();
    m_grid->setFocus();
    const Path name = folder.filename().empty() ? folder.parent_path().filename() : folder.filename();
    m_title->setText(words::line(name.empty() ? folder.string() : name.string()));
    say();
}

/// "1,204 of 10,000 seen · 3 cannot be read"
void FolderPanel::say() {
    const int count = m_photos.rowCount(), seen = m_photos.seen(), bad = m_photos.bad();
    QStringList parts;
    if (m_grid->isHidden())
        parts << QString();
    else if (seen < count)
        parts << tr("%L1 of %L2 seen").arg(seen).arg(count);
    else if (count > 0)
        parts << (count == 1 ? tr("1 file") : tr("%L1 files").arg(count));
    else
        parts << tr("There are no files in this folder.");
    if (bad > 0) parts << tr("%L1 cannot be read").arg(bad);
    if (m_photos.isCut()) parts << tr("the folder holds more: open a folder in it");
    m_progress->setText(parts.join(QStringLiteral(" · ")));
    emit progressed();
}

void FolderPanel::offer() {
    const auto chosen = int(selected().size());
    m_add->setEnabled(chosen > 0);
    m_add->setText(chosen > 1 ? tr("Add %L1 photos").arg(chosen) : chosen == 1 ? tr("Add 1 photo") : tr("Add photos"));
}

int FolderPanel::columns() const {
    return std::max(1, m_grid->viewport()->width() / FolderDelegate::tile().width());
}

/// As many columns as there is room for, and all of the room for them.
void FolderPanel::layOut() {
    // One pixel less: the view breaks its lines when they are exactly full.
    const QSize tile(std::max(FolderDelegate::tile().width(), (m_grid->viewport()->width() - 1) / columns()),
                     FolderDelegate::tile().height());
    if (m_grid->gridSize() != tile) m_grid->setGridSize(tile);
    showVisible();
}

/// Which rows are on the screen, for the model.
void FolderPanel::showVisible() {
    const QSize room = m_grid->viewport()->size(), tile = m_grid->gridSize();
    const int top = m_grid->verticalScrollBar()->value();
    const int firstLine = top / tile.height(), endLine = (top + room.height()) / tile.height() + 1;
    m_photos.setVisible(firstLine * columns(), std::min(endLine * columns(), m_photos.rowCount()));
}

std::vector<Path> FolderPanel::selected() const {
    std::vector<int> rows;
    for (const QModelIndex& index : m_grid->selectionModel()->selectedIndexes())
        if (m_photos.canBeChosen(index.row())) rows.push_back(index.row());
    std::ranges::sort(rows);
    std::vector<Path> files;
    for (const int row : rows) files.push_back(m_photos.file(row));
    return files;
}

void FolderPanel::choose() {
    const std::vector<Path> files = selected();
    if (!files.empty()) emit chosen(files);
}

void FolderPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return emit left();
    QWidget::keyPressEvent(event);
}

void FolderPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_grid->setFocus();
}

bool FolderPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_grid->viewport() && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &FolderPanel::layOut, Qt::QueuedConnection);
    // Paging and letters move in the grid; they are not the window's shortcuts here.
    if (watched == m_grid && event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() != Qt::Key_Escape && !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier)))
            event->accept();
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace contone::studio
