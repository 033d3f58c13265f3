// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-studio: the soft-proofing editor of the print shop's staff.
#include <filesystem>
#include <thread>

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

#include "app/host/places.h"
#include "app/host/terminal.h"
#include "core/shop/wire/remote_shop.h"
#include "printers/models/load_models.h"
#include "ui/studio/main_window.h"
#include "ui/studio/style.h"

using namespace contone;

namespace {

struct Wish {
    app::Places places;
    std::optional<Path> monitor, screenshot;
    std::vector<Path> photos;
};

QString tr(const char* text) {
    return QCoreApplication::translate("studio", text);
}

Path pathOf(const QString& text) {
    return Path(text.toStdString());
}

Wish parse(QApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Shows what the paper will look like, orders and prints."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption home(QStringLiteral("home"), tr("The shop's folder, where its server's socket is."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption share(QStringLiteral("share"), tr("Products, papers and printer models."),
                                   QStringLiteral("DIR"));
    const QCommandLineOption monitor(QStringLiteral("monitor"), tr("The screen's profile, instead of the desktop's."),
                                     QStringLiteral("ICC"));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"),
                                        tr("Saves a picture of the window once the proof is there, and ends."),
                                        QStringLiteral("PNG"));
    parser.addOptions({home, share, monitor, screenshot});
    parser.addPositionalArgument(QStringLiteral("photos"), tr("Photos to open, or a folder to choose from."),
                                 QStringLiteral("[PHOTO…|FOLDER]"));
    parser.process(application);

    Wish wish{app::Places::find(pathOf(parser.value(home)), pathOf(parser.value(share))), {}, {}, {}};
    if (parser.isSet(monitor)) wish.monitor = pathOf(parser.value(monitor));
    if (parser.isSet(screenshot)) wish.screenshot = pathOf(parser.value(screenshot));
    for (const QString& photo : parser.positionalArguments()) wish.photos.push_back(pathOf(photo));
    return wish;
}

int stop(const Error& error) {
    app::complain("contone-studio", error);
    return EXIT_FAILURE;
}

/// nullptr when no server has its socket there: the studio then proofs without a shop.
std::shared_ptr<shop::Shop> shopAt(const Path& socket) {
    std::error_code none;
    if (!std::filesystem::exists(socket, none)) return nullptr;
    return std::make_shared<shop::RemoteShop>(socket);
}

/// The picture is taken a little after the proof: the shop's answers belong in it.
void takeScreenshot(studio::MainWindow& window, const Path& file) {
    constexpr int restMs = 1500, patienceMs = 60000;
    auto* rest = new QTimer(&window);
    rest->setSingleShot(true);
    rest->setInterval(restMs);
    QObject::connect(&window, &studio::MainWindow::settled, rest, [rest] { rest->start(); });
    QObject::connect(rest, &QTimer::timeout, &window, [&window, file] {
        // Quality 0 is the strongest compression, not a loss.
        const bool saved = window.grab().save(QString::fromStdString(file.string()), "PNG", 0);
        QCoreApplication::exit(saved ? EXIT_SUCCESS : EXIT_FAILURE);
    });
    QTimer::singleShot(patienceMs, &window, [] { QCoreApplication::exit(EXIT_FAILURE); });
}

}  // namespace

int main(int argc, char** argv) {
    app::openStandardStreams();
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("contone-studio"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CONTONE_VERSION));
    const Wish wish = parse(application);
    const auto catalog = catalog::Catalog::load(wish.places.share);
    if (!catalog) return stop(catalog.error());
    const auto models = printers::loadModels(wish.places.share);
    if (!models) return stop(models.error());

    studio::applyStyle(application);
    decode::Decoder decoder(wish.places.decoder());
    SteadyClock steady;
    const SystemClock clock;
    pricing::PriceBook prices(wish.places.prices(), *catalog, steady);
    const auto quoting = [&](const shop::QuoteOrder& order) -> Result<shop::Quote> {
        CONTONE_TRY(const auto list, prices.current());
        return pricing::quote(*list, order.cart(), pricing::LocalMoment::of(clock.now()));
    };
    studio::MainWindow window({.catalog = *catalog,
                               .decoder = decoder,
                               .models = *models,
                               .shop = shopAt(wish.places.socket()),
                               .monitor = ui::monitorProfile(wish.monitor, ui::desktopProfile()),
                               .tableCache = wish.places.tableCache(),
                               .deskName = wish.screenshot ? Path() : wish.places.home / "desk",
                               .looks = wish.places.looks(),
                               .threads = int(std::max(1u, std::thread::hardware_concurrency())),
                               .quoting = quoting});
    window.open(wish.photos);
    if (wish.screenshot) takeScreenshot(window, *wish.screenshot);
    window.show();
    return QApplication::exec();
}
