// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Red eyes are found by themselves on a face, mended and nothing else is; eyes that are not red are left alone.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/image/file_sinks.h"
#include "core/inspect/red_eyes_of_photo.h"
#include "tests/places.h"

using namespace contone;

namespace {

Path dataFolder() {
    return Path(tests::sourceFolder) / "tests/data";
}

template <class T>
T orStop(Result<T> result) {
    if (!result) qFatal("%s (%s)", result.error().message.c_str(), result.error().detail.c_str());
    return std::move(*result);
}

struct Pupil {
    double x, y, radius;
};

}  // namespace

class RedEyesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<decode::Decoder> m_decoder;
    QTemporaryDir m_folder;

    /// The photo's own pixels, adjusted, in sRGB.
    image::Picture page(const Path& file, const image::Adjustments& adjustments) {
        const auto photo = orStop(inspect::inspectPhoto(*m_decoder, file, {}, inspect::Look::Facts));
        const image::PhotoFacts& facts = photo.facts;
        render::Recipe recipe;
        recipe.photos = {
            {photo.original, facts.uprightSize(), facts.orientation, facts.colour.profile, facts.colour.basis}};
        recipe.raster = facts.uprightSize();
        recipe.frames = {render::Frame{.box = {0, 0, recipe.raster.width, recipe.raster.height}}};
        recipe.frames[0].adjustments = adjustments;
        recipe.outputProfile = icc::Profile::srgb().hash();
        recipe.dither = false;
        image::PictureSink sink;
        orStop(render::renderPage(recipe, inspect::ingredientsFrom(*m_decoder, {file}, icc::Profile::srgb(), nullptr),
                                  sink));
        return sink.picture();
    }
    std::vector<image::RedEye> found(const Path& file) {
        const auto photo = orStop(inspect::inspectPhoto(*m_decoder, file, {}, inspect::Look::Facts));
        return orStop(inspect::redEyesOf(*m_decoder, file, photo));
    }
    /// The portrait four times as large, with pupils as a flash makes them, each with a catchlight.
    Path withRedPupils(std::vector<Pupil>& pupils) {
        const Path file = dataFolder() / "faces/obama.jpg";
        const auto faces = orStop(inspect::facesIn(*m_decoder, file));
        const image::Picture small = page(file, {});
        image::Picture large = image::Picture::ofSize({small.size.width * 4, small.size.height * 4}, small.format);
        for (int y = 0; y < large.size.height; y++)
            for (int x = 0; x < large.size.width * 3; x++)
                large.strip().row<std::uint8_t>(y)[x] = small.strip().row<std::uint8_t>(y / 4)[x / 12 * 3 + x % 3];
        const auto right = faces.at(0).at(vision::FacePoint::RightEye), left = faces[0].at(vision::FacePoint::LeftEye);
        const double distance =
            std::hypot((left.u - right.u) * large.size.width, (left.v - right.v) * large.size.height);
        for (const auto& eye : {right, left})
            pupils.push_back({eye.u * large.size.width, eye.v * large.size.height, 0.045 * distance});
        for (const Pupil& p : pupils) draw(large, p);
        const Path copy = Path(m_folder.path().toStdString()) / "red.png";
        const auto png = image::pngFileSink(copy);
        if (!png->begin({large.size, large.format, Dpi{72}, Dpi{72}, {}}) || !png->write(large.strip()) ||
            !png->finish())
            qFatal("png");
        return copy;
    }
    static void draw(image::Picture& picture, const Pupil& p) {
        const int reach = static_cast<int>(p.radius) + 2;
        for (int y = static_cast<int>(p.y) - reach; y <= static_cast<int>(p.y) + reach; y++)
            for (int x = static_cast<int>(p.x) - reach; x <= static_cast<int>(p.x) + reach; x++) {
                auto* c = picture.strip().row<std::uint8_t>(y) + static_cast<std::ptrdiff_t>(x) * 3;
                const double away = std::hypot(x + 0.5 - p.x, y + 0.5 - p.y);
                const double part = std::clamp(p.radius + 0.5 - away, 0.0, 1.0);
                const double red[3] = {205, 42, 38};
                for (int k = 0; k < 3; k++) c[k] = static_cast<std::uint8_t>(c[k] + (red[k] - c[k]) * part);
                if (std::hypot(x + 0.5 - p.x - 1, y + 0.5 - p.y + 1) < 2) c[0] = c[1] = c[2] = 250;
            }
    }
    static const std::uint8_t* at(const image::Picture& picture, int x, int y) {
        return picture.strip().row<std::uint8_t>(y) + static_cast<std::ptrdiff_t>(x) * 3;
    }

  private slots:
    void initTestCase() {
        m_decoder = std::make_unique<decode::Decoder>(decode::Decoder::Options{
            .programs = tests::programFolder,
            .faceModel = Path(tests::sourceFolder) / "resources/models/face_detection_full_range.tflite"});
    }
    void redPupilsAreFoundAndMendedAndNothingElse() {
        std::vector<Pupil> pupils;
        const Path file = withRedPupils(pupils);
        const auto eyes = found(file);
        QCOMPARE(eyes.size(), std::size_t{2});
        const image::Picture before = page(file, {});
        image::Adjustments mended;
        mended.eyes = eyes;
        const auto asText = image::parseAdjustments(image::toText(mended));
        QVERIFY(asText && *asText == mended);
        const image::Picture after = page(file, mended);
        const double side = std::max(before.size.width, before.size.height);
        int red = 0, skin = 0, lights = 0;
        for (std::size_t i = 0; i < pupils.size(); i++) {
            const Pupil& p = pupils[i];
            // A catchlight takes a part of the pupil away: its middle moves a little.
            const double off = std::hypot(eyes[i].u * before.size.width - p.x, eyes[i].v * before.size.height - p.y);
            QVERIFY2(off < 0.3 * p.radius, qPrintable(QString("%1 of %2").arg(off).arg(p.radius)));
            const double found = eyes[i].radius * side - p.radius;  // all of the pupil, and little more
            QVERIFY2(found > -0.5 && found < 2.5, qPrintable(QString("%1 of %2").arg(found).arg(p.radius)));
            for (int y = static_cast<int>(p.y - 6 * p.radius); y < p.y + 6 * p.radius; y++)
                for (int x = static_cast<int>(p.x - 6 * p.radius); x < p.x + 6 * p.radius; x++) {
                    const double away = std::hypot(x + 0.5 - p.x, y + 0.5 - p.y);
                    const std::uint8_t *was = at(before, x, y), *is = at(after, x, y);
                    if (away < p.radius - 0.5 && was[0] > 240) {
                        lights++;
                        QVERIFY(std::abs(was[0] - is[0]) <= 1 && std::abs(was[1] - is[1]) <= 1);
                    } else if (away < p.radius - 0.5 && was[0] - was[1] > 150) {
                        red++;
                        QVERIFY2(std::abs(is[0] - is[1]) < 12 && std::abs(is[0] - is[2]) < 12 && is[0] < 60,
                                 qPrintable(QString("%1 %2 %3").arg(is[0]).arg(is[1]).arg(is[2])));
                    } else if (away > p.radius * 1.5 + 3) {
                        skin++;  // A and B again, by the same tables: to the last bit
                        QVERIFY(was[0] == is[0] && was[1] == is[1] && was[2] == is[2]);
                    }
                }
        }
        QVERIFY(red > 150 && skin > 2000 && lights > 4);
    }
    void eyesThatAreNotRedAreLeftAlone() {
        int faces = 0;
        for (const char* folder : {"faces", "photos"})
            for (const auto& entry : std::filesystem::directory_iterator(dataFolder() / folder)) {
                const auto there = inspect::facesIn(*m_decoder, entry.path());
                if (!there || there->empty()) continue;
                faces += static_cast<int>(there->size());
                QVERIFY2(found(entry.path()).empty(), entry.path().filename().c_str());
            }
        qInfo("%d faces looked at", faces);
        QVERIFY(faces >= 15);
    }
};

QTEST_GUILESS_MAIN(RedEyesTest)
#include "red_eyes_test.moc"
