// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// MainWindow: wires the panels to the session, the shop and the worker that renders what the canvas shows.
#pragma once

#include <QMainWindow>
#include <QTimer>

#include "ui/common/desk_keeper.h"
#include "ui/common/monitor_profile.h"
#include "ui/common/session.h"
#include "ui/common/view_worker.h"
#include "ui/studio/canvas.h"

class QAction;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace contone::studio {

class AdjustPanel;
class Filmstrip;
class FolderPanel;
class OrderPanel;
class PhotoPanel;
class PrintPanel;
class PrintRoomPanel;
class ViewBar;

/// What the program gives the window. Catalog and decoder outlive it.
struct StudioParts {
    const catalog::Catalog& catalog;
    decode::Decoder& decoder;
    ui::Models models;
    std::shared_ptr<shop::Shop> shop;  ///< nullptr: no agent; proofs only
    ui::MonitorProfile monitor;
    Path tableCache;  ///< empty: none
    Path deskName;    ///< has the name under which the shop keeps the desk; empty: it is not kept
    Path looks;       ///< the folder of the shop's own looks; empty: none
    int threads = 1;
    ui::Session::Quoting quoting = {};  ///< none: no amounts are shown
};

class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(StudioParts parts, QWidget* parent = nullptr);
    ~MainWindow() override;
    /// Puts photos on the desk. The first folder among them is shown to choose from.
    void open(const std::vector<Path>& files);
    /// Shows what is in a folder or on a card.
    void openFolder(const Path& folder);
    ui::Session& session() { return m_session; }
    ui::ShopLink& shop() { return m_shop; }
    Canvas& canvas() { return *m_canvas; }
    FolderPanel& folder() { return *m_folder; }

  signals:
    /// The picture and its figures are those of the newest choices.
    void settled();

  protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void build();
    void buildMenus();
    QWidget* buildRight();
    void connectAll();
    void showHistory();
    void refresh();
    void render();
    void showStatuses(const std::vector<shop::SetupStatus>& statuses);
    void showProfiles();
    void chooseFiles();
    void chooseFolder();
    void addChosen(const std::vector<Path>& files);
    void zoomBy(double factor);
    void showQuestions();

    StudioParts m_parts;
    ui::Session m_session;
    ui::ShopLink m_shop;
    ui::DeskKeeper m_keeper;
    ui::ViewWorker m_worker;
    QTimer m_soon;  ///< many changes in one turn are one request
    std::vector<shop::SetupStatus> m_statuses;
    QString m_connection;
    QStackedWidget* m_middle;  ///< the proof, or the folder
    Canvas* m_canvas;
    ViewBar* m_bar;
    FolderPanel* m_folder;
    PrintRoomPanel* m_room;
    QPushButton* m_showRoom;
    QAction *m_undo, *m_redo;
    QAction* m_showFolder;
    Filmstrip* m_filmstrip;
    PhotoPanel* m_photo;
    AdjustPanel* m_adjust;
    PrintPanel* m_print;
    OrderPanel* m_order;
    QLabel* m_profiles;
    QLabel* m_printer;
};

}  // namespace contone::studio
