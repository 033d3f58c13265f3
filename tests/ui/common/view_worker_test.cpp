// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Views come off the window's thread; the newest request wins; their pixels are the core's.
#include "ui/common/view_worker.h"

#include <QColorSpace>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "core/render/proof_sink.h"
#include "tests/ui/shipped.h"
#include "ui/common/monitor_profile.h"
#include "ui/common/session.h"
#include "ui/common/words.h"

using namespace contone;
using namespace contone::ui;

class ViewWorkerTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void theNewestRequestWins();
    void aDragIsSeenWhileItLasts();
    void aForgottenRequestIsNeverAnswered();
    void theSettledViewIsThePrintersPageThroughTheProof();
    void thePreviewIsTheExactViewButForWhatNobodySees();
    void originalAndProofDifferVisibly();
    void aDamagedPhotoIsASentence();
    void theGamutReportIsTheSameOneToOne();
    void aViewThatWasSeenComesBackWithoutItsFile();
    void whatChangesTheViewChangesItsKey();
    void aSaturatedFlowerIsFoundOutOfGamut();
    void aProfileThatIsNoScreensIsPassedOver();

  private:
    ViewRequest request(const char* photo, std::optional<image::PixelSize> room, View view = View::Proof);
    decode::Decoder m_decoder{shippedDecoder()};
    std::optional<catalog::Catalog> m_catalog;
    Models m_models;
};

void ViewWorkerTest::initTestCase() {
    auto catalog = catalog::Catalog::load(shippedShare());
    QVERIFY(catalog.has_value());
    m_catalog = std::move(*catalog);
    auto models = printers::loadModels(shippedShare());
    QVERIFY(models.has_value());
    m_models = std::move(*models);
}

ViewRequest ViewWorkerTest::request(const char* photo, std::optional<image::PixelSize> room, View view) {
    Session session(*m_catalog, m_models, m_decoder);
    session.open({photoFile(photo)});
    QElapsedTimer timer;
    timer.start();
    while (!session.photo()->report && timer.elapsed() < 10000) QTest::qWait(5);
    return session.request(view, icc::ProofTransform::Simulate::Adapted, icc::Profile::srgb(), room).value();
}

void ViewWorkerTest::theNewestRequestWins() {
    const ViewRequest large = request("Landscape_6.jpg", image::PixelSize{1200, 900});
    ViewRequest small = request("Landscape_6.jpg", image::PixelSize{120, 90});
    ViewWorker worker(m_decoder, {}, 1);
    QSignalSpy ready(&worker, &ViewWorker::ready), failed(&worker, &ViewWorker::failed);
    QImage last;
    connect(&worker, &ViewWorker::ready, this, [&](quint64, const ViewPicture& picture) { last = picture.image; });
    quint64 newest = 0;
    for (int i = 0; i < 20; i++) newest = worker.request(i % 2 ? small : large);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 20000);
    QCOMPARE(ready.first().first().toULongLong(), newest);
    QCOMPARE(last.width(), ui::ViewRenderer(m_decoder, {}, 1).render(small, {}).value().image.width());
    QTest::qWait(200);
    QCOMPARE(ready.count(), 1);
    QCOMPARE(failed.count(), 0);
}

void ViewWorkerTest::aDragIsSeenWhileItLasts() {
    ViewRequest moving = request("Canon_EOS_7D.jpg", image::PixelSize{500, 500});
    ViewWorker worker(m_decoder, {}, 1);
    QSignalSpy ready(&worker, &ViewWorker::ready);
    quint64 newest = 0;
    QElapsedTimer timer;
    timer.start();
    // A request every 10 ms, faster than any can be served: if each cancelled the one before, none would arrive.
    for (int i = 0; ready.count() < 3 && timer.elapsed() < 20000; i++) {
        moving.page.recipe.frames.front().crop.left = 0.0001 * (i % 1000);
        moving.page.recipe.frames.front().crop.width = 0.9;
        newest = worker.request(moving);
        QTest::qWait(10);
    }
    QVERIFY2(ready.count() >= 3, qPrintable(QString::number(ready.count())));
    QTRY_COMPARE_WITH_TIMEOUT(ready.last().first().toULongLong(), newest, 20000);
}

void ViewWorkerTest::aForgottenRequestIsNeverAnswered() {
    ViewWorker worker(m_decoder, {}, 1);
    QSignalSpy ready(&worker, &ViewWorker::ready);
    worker.request(request("Landscape_6.jpg", image::PixelSize{300, 300}));
    worker.forget();
    QTest::qWait(400);
    QCOMPARE(ready.count(), 0);
}

void ViewWorkerTest::theSettledViewIsThePrintersPageThroughTheProof() {
    const ViewRequest wanted = request("Landscape_6.jpg", std::nullopt);
    QVERIFY(wanted.page.plan.turn == image::Orientation::Rotate90);  // portrait raster, landscape photo
    const QImage shown = ViewRenderer(m_decoder, {}, 2).render(wanted, {}).value().image;

    // The same page by hand: device pixels as the printer gets them, each through the proof.
    image::PictureSink page;
    render::ProofSink sink(
        icc::ProofTransform::create(wanted.output, wanted.monitor, icc::ProofTransform::Simulate::Adapted).value(), {},
        page);
    QVERIFY(render::renderPage(wanted.page.recipe,
                               inspect::ingredientsFrom(m_decoder, {wanted.file}, wanted.output, {}), sink)
                .has_value());
    const image::Picture& core = page.picture();
    QCOMPARE(QSize(core.size.height, core.size.width), shown.size());
    int differing = 0;
    for (int y = 0; y < core.size.height; y++)
        for (int x = 0; x < core.size.width; x++) {
            const auto* p = core.strip().row<std::uint8_t>(y) + 3 * x;
            // Turned back by 90° anticlockwise: the raster's (x, y) is seen at (y, width - 1 - x).
            differing += shown.pixel(y, core.size.width - 1 - x) != qRgb(p[0], p[1], p[2]);
        }
    QCOMPARE(differing, 0);
}

void ViewWorkerTest::thePreviewIsTheExactViewButForWhatNobodySees() {
    ViewRenderer renderer(m_decoder, {}, 2);
    ViewRequest wanted = request("flower2.jpg", image::PixelSize{300, 200});
    QCOMPARE(wanted.grade, view::Grade::Preview);
    const auto meanDifference = [](const QImage& a, const QImage& b) {
        double sum = 0;
        for (int y = 0; y < a.height(); y++)
            for (int x = 0; x < a.width(); x++) {
                const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
                sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q));
            }
        return sum / (3.0 * a.width() * a.height());
    };
    for (const View view : {View::Proof, View::Original})
        for (const icc::Intent intent : {icc::Intent::Relative, icc::Intent::Perceptual}) {
            wanted.view = view;
            wanted.page.recipe.intent = intent;
            wanted.grade = view::Grade::Preview;
            const QImage quick = renderer.render(wanted, {}).value().image;
            wanted.grade = view::Grade::Settled;
            const QImage exact = renderer.render(wanted, {}).value().image;
            QCOMPARE(quick.size(), exact.size());
            // Dither of the exact one is worth up to a level; the table less.
            QVERIFY2(meanDifference(quick, exact) < 1.5, qPrintable(QString::number(meanDifference(quick, exact))));
        }
}

void ViewWorkerTest::originalAndProofDifferVisibly() {
    ViewRenderer renderer(m_decoder, {}, 1);
    const QImage proof = renderer.render(request("flower2.jpg", image::PixelSize{300, 200}), {}).value().image;
    const QImage original =
        renderer.render(request("flower2.jpg", image::PixelSize{300, 200}, View::Original), {}).value().image;
    QCOMPARE(proof.size(), original.size());
    int changed = 0;
    for (int y = 0; y < proof.height(); y++)
        for (int x = 0; x < proof.width(); x++) {
            const QRgb a = proof.pixel(x, y), b = original.pixel(x, y);
            changed +=
                std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b)) > 6;
        }
    // Saturated flowers: at least a tenth of the picture must look different on this paper.
    QVERIFY(changed > proof.width() * proof.height() / 10);
    QVERIFY(!proof.colorSpace().isValid());
}

void ViewWorkerTest::aDamagedPhotoIsASentence() {
    ViewRequest wanted = request("Landscape_6.jpg", image::PixelSize{100, 100});
    wanted.file = brokenFile("corrupt-icc-4551.jpg");
    ViewWorker worker(m_decoder, {}, 1);
    QSignalSpy failed(&worker, &ViewWorker::failed);
    QString sentence;
    connect(&worker, &ViewWorker::failed, this,
            [&](quint64, const Error& error) { sentence = ui::words::error(error); });
    worker.request(wanted);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 10000);
    QVERIFY(sentence.endsWith('.'));
}

void ViewWorkerTest::theGamutReportIsTheSameOneToOne() {
    ViewRenderer renderer(m_decoder, {}, 1);
    const icc::GamutReport fit = renderer.gamut(request("Landscape_6.jpg", image::PixelSize{300, 200})).value();
    const ViewRequest whole = request("Landscape_6.jpg", std::nullopt);
    QVERIFY(whole.page.plan.turn == image::Orientation::Rotate90);
    const icc::GamutReport exact = renderer.gamut(whole).value();
    QVERIFY(fit.percentOutOfGamut > 0.5);
    QVERIFY(std::abs(fit.percentOutOfGamut - exact.percentOutOfGamut) < 1);
    QCOMPARE(exact.worstRegion, fit.worstRegion);
}

void ViewWorkerTest::aViewThatWasSeenComesBackWithoutItsFile() {
    QTemporaryDir folder;
    const Path file = Path(folder.path().toStdString()) / "photo.jpg";
    std::filesystem::copy_file(photoFile("flower2.jpg"), file);
    for (const auto room : {std::optional<image::PixelSize>(), std::optional(image::PixelSize{300, 200})}) {
        ViewRequest proof = request("flower2.jpg", room);
        proof.file = file;
        ViewRequest original = proof;
        original.view = View::Original;
        ViewRenderer renderer(m_decoder, {}, 1);
        const QImage first = renderer.render(proof, {}).value().image;
        const QImage second = renderer.render(original, {}).value().image;
        std::filesystem::rename(file, file.string() + ".gone");
        QCOMPARE(renderer.render(proof, {}).value().image, first);
        QCOMPARE(renderer.render(original, {}).value().image, second);
        proof.page.recipe.frames.front().crop.width *= 0.9;
        QVERIFY(!renderer.render(proof, {}).has_value());
        std::filesystem::rename(file.string() + ".gone", file);
    }
}

void ViewWorkerTest::whatChangesTheViewChangesItsKey() {
    const ViewRequest wanted = request("flower2.jpg", image::PixelSize{300, 200});
    const view::PageKey key = keyOf(wanted);
    QVERIFY(keyOf(wanted) == key);
    ViewRequest other = wanted;
    other.page.recipe.frames.front().crop.width *= 0.9;
    QVERIFY(keyOf(other).recipe != key.recipe);
    other = wanted;
    other.simulate = icc::ProofTransform::Simulate::PaperAndInk;
    QVERIFY(keyOf(other).proof != key.proof && keyOf(other).recipe == key.recipe);
    other = wanted;
    other.monitor = icc::Profile::displayP3();
    QVERIFY(keyOf(other).monitor != key.monitor);
    other = wanted;
    other.view = View::Original;
    const view::PageKey original = keyOf(other);
    other.output = icc::Profile::displayP3();  // the paper does not matter to the original
    QVERIFY(keyOf(other) == original && original.proof.isNone());
}

void ViewWorkerTest::aSaturatedFlowerIsFoundOutOfGamut() {
    const auto report =
        ViewRenderer(m_decoder, {}, 1).gamut(request("flower2.jpg", image::PixelSize{300, 200})).value();
    QVERIFY(report.percentOutOfGamut > 5 && report.meanDeltaE > 0.5);
}

void ViewWorkerTest::aProfileThatIsNoScreensIsPassedOver() {
    const auto cmyk = icc::Profile::syntheticPhotoCmyk();
    const MonitorProfile none = monitorProfile({}, {});
    QCOMPARE(none.sentence, QStringLiteral("no monitor profile: assuming sRGB"));
    const MonitorProfile wrong = monitorProfile({}, Bytes(cmyk.bytes().begin(), cmyk.bytes().end()));
    QVERIFY(wrong.profile == icc::Profile::srgb());
    QVERIFY(wrong.sentence.contains(QStringLiteral("not usable")));
    const auto p3 = icc::Profile::displayP3();
    QVERIFY(monitorProfile({}, Bytes(p3.bytes().begin(), p3.bytes().end())).profile == p3);
}

QTEST_GUILESS_MAIN(ViewWorkerTest)
#include "view_worker_test.moc"
