// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A design through a real CUPS scheduler: what the printer captures is what `contone sheet` renders and proofs.
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "app/demo/virtual_shop.h"
#include "core/render/proof_sink.h"
#include "tests/app/cli/cli_bench.h"
#include "tests/places.h"
#include "tests/ui/shipped.h"

using namespace contone;
using ui::photoFile, ui::shippedShare;

namespace {

constexpr const char* kSetup = "counter";

/// A text, a shadow, a masked frame and adjustments, in one page, landscape on portrait paper.
constexpr const char* kTemplate = R"(format = 1
id = "all-of-it"
name = "All of it"
size_mm = [150, 100]
texts = { title = "Our day" }

[[item]]
kind = "box"
box_mm = [0, 0, 150, 100]
colour = "#f6ead8"
to = "#c9d8e8"
angle = 60

[[item]]
kind = "photo"
box_mm = [8, 8, 60, 62]
mask = "heart.png"
shadow = { colour = "#202020", opacity_percent = 60, blur_mm = 2, down_mm = 1 }
adjust = "exposure=0.4 shadows=30"

[[item]]
kind = "photo"
box_mm = [76, 8, 66, 44]
shape = "rounded"
radius_mm = 6
adjust = "look=black-white"

[[item]]
kind = "photo"
box_mm = [76, 56, 66, 36]
soft_edge_mm = 3
opacity_percent = 80

[[item]]
kind = "text"
box_mm = [8, 74, 64, 20]
font = "Kaushan Script"
size_pt = 30
colour = "#5a2a3a"
align = "centre"
stand = "middle"
text = "{title}"
shadow = { colour = "#ffffff", blur_mm = 0.6 }
)";

/// RGB, 8 bits, of a picture file.
image::Picture pictureIn(const QString& png) {
    const QImage image = QImage(png).convertToFormat(QImage::Format_RGB888);
    image::Picture out =
        image::Picture::ofSize({image.width(), image.height()}, {image::Channels::Rgb, image::Depth::U8});
    for (int y = 0; y < image.height(); y++)
        std::copy_n(image.constScanLine(y), std::size_t(image.width()) * 3, out.strip().row<std::uint8_t>(y));
    return out;
}

/// Device pixels as a monitor shows their proof.
image::Picture asSeen(const image::Picture& pixels, const icc::Profile& device) {
    image::PictureSink seen;
    render::ProofSink screen(
        icc::ProofTransform::create(device, icc::Profile::srgb(), icc::ProofTransform::Simulate::Adapted).value(), {},
        seen);
    if (!screen.begin({pixels.size, pixels.format, Dpi{300}, Dpi{300}, {}}) || !screen.write(pixels.strip()) ||
        !screen.finish())
        qFatal("no proof");
    return seen.picture();
}

}  // namespace

class DesignsOnPaperTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        QVERIFY(m_dir.isValid());
        using std::filesystem::perms;  // the scheduler's jobs run as another user
        std::filesystem::permissions(m_dir.path().toStdString(), perms::group_exec | perms::others_exec,
                                     std::filesystem::perm_options::add);
        auto place = demo::VirtualShop::start(at("place").toStdString(), contone::tests::programFolder, shippedShare());
        QVERIFY2(place, place ? "" : place.error().message.c_str());
        m_place = *std::move(place);
        shop::SaveSetup setup;
        setup.name = kSetup;
        setup.route = {print::RouteKind::Queue, m_place->queueUri()};
        setup.model = "generic-ipp-photo";
        setup.medium = "4x6";
        setup.sharpen = render::SharpenLevel::Standard;
        QVERIFY(m_place->shop().ask(setup));
        const auto proved = m_place->shop().ask(shop::VerifySetup{kSetup});
        QVERIFY(proved && proved->verification && proved->verification->passed);
        QVERIFY(QFile::copy(contone::tests::sourceFolder + QString("/resources/templates/heart.png"), at("heart.png")));
        QVERIFY(writeFileDurably(at("all-of-it.toml").toStdString(), std::string_view(kTemplate)));
    }

    void theCapturedSheetIsTheProof() {
        const QStringList design =
            QStringList{photo("hopper.jpg"), photo("Landscape_6.jpg"), photo("Olympus_PEN_E-P3.jpg")} +
            QStringList{"--template", at("all-of-it.toml"), "--product", "10x15", "--text", "title=Zoë & Änne"};
        const testing::Outcome ordered = run(QStringList{"order", "add"} + design);
        QVERIFY2(ordered.code == 0, ordered.err.constData());
        const order::Order order = m_place->shop().ask(shop::ListOrders{}).value().items.front();
        QCOMPARE(order.lines.size(), std::size_t(1));

        shop::PrintOrder wanted{.order = order.id, .setup = kSetup};
        wanted.accepted = m_place->shop().ask(shop::CheckOrder{order.id, kSetup}).value().toAccept;  // they are small
        const auto job = m_place->shop().ask(wanted);
        QVERIFY2(job, job ? "" : job.error().message.c_str());
        const auto sheet = [&] {
            return shop::askAll(m_place->shop(), shop::ListSheets{.job = job->id}).value().front();
        };
        QVERIFY(QTest::qWaitFor([&] { return print::isFinal(sheet().state); }, 60000));
        QVERIFY(sheet().state == print::SheetState::Out);
        const auto captures = m_place->printer().captures().value();
        const auto ours = std::ranges::find_if(captures, [&](const printers::Capture& one) {
            const auto name = one.attributes.find("IPP_JOB_NAME");
            return name != one.attributes.end() && name->second == print::jobName(sheet().attempt);
        });
        QVERIFY(ours != captures.end());
        const image::Picture captured = printers::VirtualPrinter::pictureOf(*ours).value();
        QVERIFY(image::rasterHash(captured) == sheet().raster);

        // Rendered anew, by another program, from the files.
        const testing::Outcome rendered =
            run(QStringList{"sheet"} + design + QStringList{"--setup", kSetup, "-o", at("page.png")});
        QVERIFY2(rendered.code == 0, rendered.err.constData());
        QVERIFY(pictureIn(at("page.png")) == captured);
        const testing::Outcome proofed =
            run(QStringList{"sheet"} + design + QStringList{"--setup", kSetup, "--proof", "-o", at("proof.png")});
        QVERIFY2(proofed.code == 0, proofed.err.constData());
        const Bytes profile = m_place->shop().ask(shop::ShowSetupProfile{kSetup}).value().profile;
        const image::Picture seen = asSeen(captured, icc::Profile::fromBytes(profile).value());
        const image::Picture proof = pictureIn(at("proof.png"));
        QVERIFY(proof.size.width > proof.size.height && seen.size.width < seen.size.height);
        QVERIFY(proof == image::upright(seen, image::Orientation::Rotate270));
    }

  private:
    QString at(const QString& name) const { return m_dir.filePath(name); }
    static QString photo(const char* name) { return QString::fromStdString(photoFile(name).string()); }
    testing::Outcome run(const QStringList& arguments) const {
        QProcess process;
        process.start(QString(contone::tests::programFolder) + "/contone",
                      QStringList{"--home", QString::fromStdString(m_place->home().string()), "--share",
                                  QString::fromStdString(shippedShare().string())} +
                          arguments);
        if (!process.waitForFinished(60000)) qFatal("contone did not end");
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QTemporaryDir m_dir;
    std::unique_ptr<demo::VirtualShop> m_place;
};

QTEST_GUILESS_MAIN(DesignsOnPaperTest)
#include "designs_on_paper_test.moc"
