// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FolderPanel: a folder or card as a grid of small pictures, to choose photos from.
#pragma once

#include <QWidget>

#include "ui/common/folder_photos.h"

class QLabel;
class QListView;
class QPushButton;

namespace contone::studio {

/// Chosen are the selected photos, by Enter, a double click or the button; bad files never are.
class FolderPanel : public QWidget {
    Q_OBJECT
  public:
    explicit FolderPanel(decode::Decoder& decoder, QWidget* parent = nullptr);
    void open(const Path& folder);
    bool isOpen() const { return !m_photos.folder().empty(); }
    ui::FolderPhotos& photos() { return m_photos; }
    void setOnDesk(std::set<Path> files) { m_photos.setOnDesk(std::move(files)); }

  signals:
    void chosen(const std::vector<contone::Path>& files);
    void left();        ///< back to the proof
    void progressed();  ///< the newest state is on the screen

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build();
    void say();    ///< how far it is
    void offer();  ///< what the button does now
    void layOut();
    void showVisible();
    int columns() const;
    void choose();
    std::vector<Path> selected() const;

    ui::FolderPhotos m_photos;
    QListView* m_grid;
    QLabel* m_title;
    QLabel* m_progress;
    QLabel* m_refusal;
    QPushButton* m_add;
};

}  // namespace contone::studio
