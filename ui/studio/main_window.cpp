// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The window: three columns, a bar above the picture, a strip below it.
#include "ui/studio/main_window.h"

#include <algorithm>
#include <filesystem>

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLayout>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStatusBar>

#include "core/render/look_folder.h"
#include "ui/common/words.h"
#include "ui/studio/adjust_panel.h"
#include "ui/studio/filmstrip.h"
#include "ui/studio/folder_panel.h"
#include "ui/studio/order_panel.h"
#include "ui/studio/photo_panel.h"
#include "ui/studio/print_panel.h"
#include "ui/studio/print_room_panel.h"
#include "ui/studio/section.h"
#include "ui/studio/view_bar.h"

namespace contone::studio {
namespace words = ui::words;
namespace {

constexpr int kLeftWidth = 264, kRightWidth = 352;
constexpr double kZoomStep = 1.15;
/// How photos are usually called. Only the list of the dialog is shorter by it: a photo is known by its first bytes.
constexpr auto kPhotoNames =
    "*.jpg *.jpeg *.jpe *.jfif *.mpo *.png *.tif *.tiff *.heic *.heif *.hif *.avif *.webp *.jxl *.dng *.cr2 *.cr3 "
    "*.crw *.nef *.nrw *.arw *.srf *.sr2 *.raf *.orf *.rw2 *.raw *.pef *.srw *.x3f *.3fr *.iiq *.kdc *.dcr *.mrw "
    "*.erf *.mef *.mos *.rwl *.psd *.psb *.gif *.bmp *.dib *.tga *.exr *.hdr *.jp2 *.j2k *.dpx *.pnm *.ppm *.pgm";

/// A panel that scrolls. A scroll area alone gives it the height of texts on one line, and squeezes what comes below.
class Column final : public QScrollArea {
  public:
    Column(QWidget* content, int width) {
        setWidget(content);
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFixedWidth(width);
        setFrameShape(QFrame::NoFrame);
    }

  protected:
    void resizeEvent(QResizeEvent* event) override {
        QScrollArea::resizeEvent(event);
        fit();
    }
    bool eventFilter(QObject* content, QEvent* event) override {
        if (event->type() == QEvent::LayoutRequest) fit();
        return QScrollArea::eventFilter(content, event);
    }

  private:
    void fit() {
        const QLayout* layout = widget()->layout();
        if (layout != nullptr && layout->hasHeightForWidth())
            widget()->setMinimumHeight(layout->minimumHeightForWidth(viewport()->width()));
    }
};

}  // namespace

MainWindow::MainWindow(StudioParts parts, QWidget* parent)
    : QMainWindow(parent),
      m_parts(std::move(parts)),
      m_session(m_parts.catalog, m_parts.models, m_parts.decoder),
      m_shop(m_parts.shop, m_parts.models),
      m_keeper(m_session, m_parts.deskName.empty() ? nullptr : m_parts.shop, m_parts.deskName),
      m_worker(m_parts.decoder, m_parts.tableCache, m_parts.threads,
               [folder = render::LookFolder(m_parts.looks)](const Sha256& hash) { return folder.open(hash); }) {
    setWindowTitle(tr("Contone Studio"));
    setAcceptDrops(true);
    m_session.priceBy(m_parts.quoting);
    build();
    buildMenus();
    connectAll();
    resize(1440, 900);
    if (!m_parts.shop) m_connection = tr("No shop server (contone-agent) is running: proofs only.");
    m_shop.start();
    m_keeper.start();
    refresh();
}

MainWindow::~MainWindow() {
    hide();
    disconnect(&m_worker, nullptr, this, nullptr);
    disconnect(&m_shop, nullptr, this, nullptr);
}

void MainWindow::build() {
    m_photo = new PhotoPanel(m_session);
    m_adjust = new AdjustPanel(m_session, render::LookFolder(m_parts.looks));
    auto* left = new QWidget;
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(m_photo);
    leftColumn->addWidget(m_adjust);
    leftColumn->addStretch(1);
    m_canvas = new Canvas;
    m_bar = new ViewBar;
    m_filmstrip = new Filmstrip(m_session);
    m_folder = new FolderPanel(m_parts.decoder);
    auto* proof = new QWidget;
    auto* barAndCanvas = new QVBoxLayout(proof);
    barAndCanvas->setContentsMargins(0, 0, 0, 0);
    barAndCanvas->setSpacing(0);
    barAndCanvas->addWidget(m_bar);
    barAndCanvas->addWidget(m_canvas, 1);
    m_middle = new QStackedWidget;
    m_middle->addWidget(proof);
    m_middle->addWidget(m_folder);
    m_room = new PrintRoomPanel(m_shop);
    m_middle->addWidget(m_room);
    auto* middle = new QVBoxLayout;
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    middle->addWidget(m_middle, 1);
    middle->addWidget(m_filmstrip);

    auto* all = new QWidget;
    auto* row = new QHBoxLayout(all);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(new Column(left, kLeftWidth));
    row->addLayout(middle, 1);
    row->addWidget(new Column(buildRight(), kRightWidth));
    setCentralWidget(all);

    m_profiles = newLine();
    m_profiles->setAccessibleName(tr("Profiles in use"));
    m_printer = newLine();
    m_printer->setAccessibleName(tr("Printer"));
    statusBar()->addWidget(m_profiles);
    statusBar()->addPermanentWidget(m_printer);
    m_showRoom = new QPushButton;
    setTip(m_showRoom, tr("Printers, sheets in question and jobs that wait (Q)"));
    statusBar()->addPermanentWidget(m_showRoom);
    showQuestions();
    statusBar()->setSizeGripEnabled(false);
}

QWidget* MainWindow::buildRight() {
    auto* panel = new QWidget;
    panel->setObjectName(QStringLiteral("panel"));
    panel->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(0);
    m_print = new PrintPanel(m_session);
    m_order = new OrderPanel(m_session, m_shop);
    column->addWidget(m_print);
    column->addWidget(m_order, 1);
    return panel;
}

void MainWindow::buildMenus() {
    const auto add = [](QMenu* menu, const QString& text, const QKeySequence& keys, const auto& receiver, auto slot) {
        auto* action = menu->addAction(text);
        action->setShortcut(keys);
        QObject::connect(action, &QAction::triggered, receiver, slot);
        return action;
    };
    QMenu* file = menuBar()->addMenu(tr("&File"));
    add(file, tr("&Open photos…"), QKeySequence::Open, this, &MainWindow::chooseFiles);
    add(file, tr("Open &folder or card…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O, this, &MainWindow::chooseFolder);
    add(file, tr("&Take off the desk"), QKeySequence::Delete, this, [this] { m_session.remove(m_session.current()); });
    add(file, tr("&Empty the desk"), Qt::CTRL | Qt::Key_Delete, this, [this] { m_session.removeAll(); });
    file->addSeparator();
    add(file, tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    m_undo = add(edit, tr("&Undo"), QKeySequence::Undo, this, [this] { m_session.undo(); });
    m_redo = add(edit, tr("&Redo"), QKeySequence::Redo, this, [this] { m_session.redo(); });
    QMenu* view = menuBar()->addMenu(tr("&View"));
    add(view, tr("&Original or proof"), Qt::Key_P, this, [this] { m_bar->toggleView(); });
    add(view, tr("&Fit"), Qt::Key_0, this, [this] { m_bar->setScale(Scale::Fit); });
    add(view, tr("&100 %"), Qt::Key_1, this, [this] { m_bar->setScale(Scale::Exact); });
    add(view, tr("&Trim lines"), Qt::Key_T, this, [this] { m_bar->toggleOverlay(); });
    view->addSeparator();
    m_showFolder = add(view, tr("Fold&er"), Qt::Key_G, this, [this] { m_middle->setCurrentWidget(m_folder); });
    m_showFolder->setEnabled(false);
    add(view, tr("Print &room"), Qt::Key_Q, this, [this] { m_middle->setCurrentWidget(m_room); });
    QMenu* photo = menuBar()->addMenu(tr("&Photo"));
    add(photo, tr("Zoom &in"), Qt::Key_Plus, this, [this] { zoomBy(kZoomStep); });
    add(photo, tr("Zoom &out"), Qt::Key_Minus, this, [this] { zoomBy(1 / kZoomStep); });
    add(photo, tr("&Turn the print"), Qt::Key_R, this, [this] { m_session.turn(); });
    add(photo, tr("&Next"), Qt::Key_PageDown, this, [this] { m_session.setCurrent(m_session.current() + 1); });
    add(photo, tr("&Previous"), Qt::Key_PageUp, this, [this] { m_session.setCurrent(m_session.current() - 1); });
}

void MainWindow::connectAll() {
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &MainWindow::render);
    connect(&m_session, &ui::Session::photosChanged, this, &MainWindow::refresh);
    connect(&m_session, &ui::Session::targetsChanged, m_print, &PrintPanel::refreshTargets);
    connect(&m_session, &ui::Session::pageChanged, this, &MainWindow::refresh);
    connect(m_bar, &ViewBar::changed, this, &MainWindow::refresh);
    connect(m_canvas, &Canvas::resized, this, [this] { m_soon.start(); });
    connect(m_canvas, &Canvas::panned, &m_session, &ui::Session::pan);
    connect(m_canvas, &Canvas::zoomed, this, [this](double factor, double x, double y) {
        if (const ui::PhotoEntry* entry = m_session.photo()) m_session.zoomAbout(entry->crop.zoom() * factor, x, y);
    });
    connect(m_folder, &FolderPanel::chosen, this, &MainWindow::addChosen);
    connect(m_folder, &FolderPanel::left, this, [this] { m_middle->setCurrentIndex(0); });
    connect(m_room, &PrintRoomPanel::left, this, [this] { m_middle->setCurrentIndex(0); });
    connect(m_room, &PrintRoomPanel::questionsChanged, this, &MainWindow::showQuestions);
    connect(m_showRoom, &QPushButton::clicked, this, [this] { m_middle->setCurrentWidget(m_room); });
    connect(m_folder, &FolderPanel::progressed, this, &MainWindow::settled);
    connect(&m_session, &ui::Session::photosChanged, this, [this] {
        std::set<Path> files;
        for (const ui::PhotoEntry& entry : m_session.photos()) files.insert(entry.file);
        m_folder->setOnDesk(std::move(files));
    });
    connect(&m_worker, &ui::ViewWorker::ready, this, [this](quint64, const ui::ViewPicture& picture) {
        m_canvas->setPicture(picture);
        m_photo->setWarnings(picture.warnings);
    });
    connect(&m_worker, &ui::ViewWorker::gamutReady, this, [this](quint64, const icc::GamutReport& report) {
        m_photo->setGamut(report);
        emit settled();
    });
    connect(&m_worker, &ui::ViewWorker::failed, this, [this](quint64, const Error& error) {
        if (const ui::PhotoEntry* entry = m_session.photo()) m_session.fail(entry->file, error);
        emit settled();
    });
    connect(&m_shop, &ui::ShopLink::targetsChanged, &m_session, &ui::Session::setTargets);
    connect(&m_shop, &ui::ShopLink::statusesChanged, this, &MainWindow::showStatuses);
    connect(&m_shop, &ui::ShopLink::connectionChanged, this, [this](bool, const QString& sentence) {
        m_connection = sentence;
        showStatuses(m_statuses);
    });
    connect(&m_keeper, &ui::DeskKeeper::refused, this, [this](const Error& error) {
        statusBar()->showMessage(tr("The desk is not kept for the next start. %1").arg(words::error(error)), 10'000);
    });
    connect(m_print, &PrintPanel::verifyAsked, this, [this] {
        if (const auto& target = m_session.target(); target && target->isInShop()) m_shop.verify(target->id());
    });
    connect(m_print, &PrintPanel::keepIntentAsked, this, [this] {
        if (const auto& target = m_session.target())
            m_shop.changeIntent(*target, m_session.intent(), m_session.blackPoint());
    });
}

void MainWindow::showHistory() {
    const auto say = [](QAction* action, const QString& verb, const std::string& what) {
        action->setEnabled(!what.empty());
        action->setText(what.empty() ? verb : tr("%1: %2").arg(verb, words::action(what)));
    };
    say(m_undo, tr("&Undo"), m_session.history().undone());
    say(m_redo, tr("&Redo"), m_session.history().redone());
}

void MainWindow::refresh() {
    showHistory();
    m_photo->refresh();
    m_adjust->refresh();
    m_filmstrip->refresh();
    m_print->refresh();
    m_order->refresh();
    m_canvas->setOverlay(m_bar->overlay());
    showProfiles();
    showStatuses(m_statuses);
    m_soon.start();
}

/// Asks for the newest view. The old picture stays until that one is there; another photo's picture does not.
void MainWindow::render() {
    const bool exact = m_bar->scale() == Scale::Exact;
    const auto request = m_session.request(m_bar->view(), m_bar->simulate(), m_parts.monitor.profile,
                                           exact ? std::nullopt : std::optional(m_canvas->room()));
    if (request) {
        m_canvas->setScale(m_bar->scale());
        m_worker.request(*request);
        return;
    }
    m_worker.forget();
    m_canvas->clear();
    m_photo->setGamut({});
    const ui::PhotoEntry* entry = m_session.photo();
    if (entry && !entry->error && !entry->report) return m_canvas->setMessage({});
    const auto page = m_session.page();
    const QString sentence = entry && entry->error ? tr("This photo cannot be printed. The reason is on the left.")
                             : page                ? QString()
                             : entry               ? words::text(page.error().message)
                                                   : tr("Open a photo, or drop one here.");
    m_canvas->setMessage(sentence);
    emit settled();
}

void MainWindow::showProfiles() {
    const ui::PhotoEntry* entry = m_session.photo();
    QStringList parts;
    if (entry && entry->report) parts << tr("Photo: %1").arg(words::text(entry->report->facts.colour.name));
    const auto& target = m_session.target();
    if (target) parts << tr("Paper: %1").arg(words::text(target->profile.description()));
    parts << tr("Screen: %1").arg(m_parts.monitor.sentence);
    m_profiles->setText(parts.join(QStringLiteral("   →   ")));
    if (!entry || !entry->report || !target) return m_bar->setCaption({});
    m_bar->setCaption(m_bar->view() == ui::View::Original ? tr("The photo on this screen")
                      : m_bar->scale() == Scale::Exact
                          ? tr("As printed: the pixels sent to %1").arg(words::target(*target))
                          : tr("Preview of the print on %1").arg(words::target(*target)));
}

void MainWindow::showStatuses(const std::vector<shop::SetupStatus>& statuses) {
    m_statuses = statuses;
    const auto& target = m_session.target();
    QString sentence = m_connection;
    if (sentence.isEmpty() && target && target->isInShop()) {
        sentence = tr("%1: no word from the printer yet").arg(words::text(target->setup().name));
        for (const shop::SetupStatus& status : statuses) {
            if (status.setup != target->setup().name || status.seenAt.ms == 0) continue;
            sentence = words::text(status.notices.empty() ? status.setup + ": " + tr("ready").toStdString()
                                                          : status.notices.front().message);
        }
    }
    m_printer->setText(sentence);
}

void MainWindow::showQuestions() {
    const int questions = m_room->questions();
    m_showRoom->setText(questions == 0   ? tr("Print room")
                        : questions == 1 ? tr("Print room: 1 question")
                                         : tr("Print room: %1 questions").arg(questions));
}

void MainWindow::chooseFiles() {
    std::vector<Path> files;
    const QString kinds = tr("Photos (%1);;All files (*)").arg(QString::fromLatin1(kPhotoNames));
    const QStringList chosen = QFileDialog::getOpenFileNames(this, tr("Open photos"), {}, kinds);
    for (const QString& file : chosen) files.emplace_back(file.toStdString());
    open(files);
}

void MainWindow::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a folder or card"));
    if (!folder.isEmpty()) openFolder(folder.toStdString());
}

void MainWindow::open(const std::vector<Path>& files) {
    std::vector<Path> photos;
    std::optional<Path> folder;
    for (const Path& file : files) {
        std::error_code none;
        if (!std::filesystem::is_directory(file, none))
            photos.push_back(file);
        else if (!folder)
            folder = file;
    }
    if (!photos.empty()) {
        m_session.open(photos);
        m_middle->setCurrentIndex(0);
    }
    if (folder) openFolder(*folder);
}

void MainWindow::openFolder(const Path& folder) {
    m_folder->open(folder);
    m_showFolder->setEnabled(true);
    m_middle->setCurrentWidget(m_folder);
}

/// The first of them is what is looked at now.
void MainWindow::addChosen(const std::vector<Path>& files) {
    m_session.open(files);
    const auto& photos = m_session.photos();
    m_session.setCurrent(int(std::ranges::find(photos, files.front(), &ui::PhotoEntry::file) - photos.begin()));
    m_middle->setCurrentIndex(0);
}

void MainWindow::zoomBy(double factor) {
    if (const ui::PhotoEntry* entry = m_session.photo()) m_session.setZoom(entry->crop.zoom() * factor);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    std::vector<Path> files;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) files.emplace_back(url.toLocalFile().toStdString());
    open(files);
}

}  // namespace contone::studio
