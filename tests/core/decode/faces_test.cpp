// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Faces through locked-down children: those that the finder finds without one, nothing that cannot be, nothing left
// behind.
#include <signal.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <optional>
#include <thread>

#include "core/decode/decoder.h"
#include "core/vision/finder/face_finder.h"
#include "tests/core/decode/processes.h"
#include "tests/core/vision/pictures.h"

using namespace contone;
using namespace contone::decode;
using contone::decode::test::descendants;
using contone::decode::test::openDescriptors;
using contone::decode::test::soon;
using contone::vision::test::dataFolder;
using contone::vision::test::modelBytes;
using contone::vision::test::pictureOf;
using std::chrono::milliseconds;

namespace {

const Path kModel = Path(contone::tests::sourceFolder) / "resources/models/face_detection_full_range.tflite";

Decoder::Options options() {
    Decoder::Options o;
    o.programs = contone::tests::programFolder;
    o.faceModel = kModel;
    return o;
}

/// With a face finder that was taken over.
Decoder::Options hostileOptions() {
    Decoder::Options o = options();
    o.programs = Path(contone::tests::programFolder) / "../tests/hostile";
    o.maxMemory = 400'000'000;
    o.deadlines.faces = milliseconds(1500);
    return o;
}

image::Picture pictureOfWidth(int width) {
    return image::Picture::ofSize({width, 20}, {});
}

}  // namespace

class FacesTest : public QObject {
    Q_OBJECT
    std::optional<Decoder> m_shared;
  private slots:
    void initTestCase() { m_shared.emplace(options()); }
    void cleanupTestCase() { m_shared.reset(); }

    void aChildFindsWhatTheFinderFinds_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"faces/astronaut.jpg", "faces/small-faces.jpg", "faces/profile.jpg",
                                 "photos/Landscape_2.jpg", "photos/Canon_EOS_D60.jpg", "faces/on-its-side.jpg"})
            QTest::newRow(file) << file;
    }
    void aChildFindsWhatTheFinderFinds() {
        QFETCH(QString, file);
        const Path path = dataFolder() / file.toStdString();
        const auto there = m_shared->faces(path);
        QVERIFY2(there.has_value(), there ? "" : there.error().detail.c_str());
        const image::SmallPicture picture = pictureOf(path);
        auto finder = vision::FaceFinder::create(modelBytes());
        const auto here =
            finder->find(picture.strip(), picture.saysOrientation ? vision::Turns::None : vision::Turns::Quarter);
        QVERIFY(there == here);
    }
    void aPhotoOfARareFormatHasFacesToo() {
        const auto faces = m_shared->faces(dataFolder() / "faces/hopper.bmp");
        QVERIFY(faces.has_value());
        QCOMPARE(faces->size(), std::size_t{1});
        const auto sameAsJpeg = m_shared->faces(dataFolder() / "photos/hopper.jpg");
        QVERIFY(std::abs(faces->at(0).box.left - sameAsJpeg->at(0).box.left) < 0.01);
        QVERIFY(std::abs(faces->at(0).score - sameAsJpeg->at(0).score) < 0.01);
    }
    void aPhotoIsTurnedOnlyWhenItDoesNotSayHowItLies() {
        // The same pixels: as they lie there is a face that nobody could be sure of.
        const auto silent = m_shared->faces(dataFolder() / "faces/on-its-side.jpg");
        const auto said = m_shared->faces(dataFolder() / "faces/on-its-side-said.jpg");
        QCOMPARE(silent->size(), std::size_t{1});
        QVERIFY(silent->at(0).score > 0.75);
        for (const vision::Face& face : *said) QVERIFY(face.score < vision::scoreForFinding);
    }
    void thumbnailsSayWhetherThePhotoSaysHowItLies() {
        const auto says = [&](const char* file) {
            const auto picture = m_shared->thumbnail(dataFolder() / file, 64);
            return picture && picture->saysOrientation;
        };
        QVERIFY(!says("faces/on-its-side.jpg"));
        QVERIFY(says("faces/on-its-side-said.jpg"));
        QVERIFY(says("photos/Landscape_1.jpg"));
        QVERIFY(!says("faces/hopper.bmp"));
        for (const char* folder : {"heif", "jxl"})
            for (const auto& entry : std::filesystem::directory_iterator(dataFolder() / folder))
                if (const auto picture = m_shared->thumbnail(entry.path(), 64)) QVERIFY(picture->saysOrientation);
    }
    void theFinderGoesOnAfterAPhotoThatCannotBeRead() {
        QVERIFY(!m_shared->faces(dataFolder() / "faces/ORIGIN.tsv").has_value());
        QCOMPARE(m_shared->faces(dataFolder() / "faces/none.jpg").error().reason, std::string("file-missing"));
        QCOMPARE(m_shared->faces(dataFolder() / "photos/hopper.jpg")->size(), std::size_t{1});
    }
    void whatIsNoSmallColourPictureIsRefused() {
        const image::Picture large = image::Picture::ofSize({1025, 2}, {});
        const image::Picture gray = image::Picture::ofSize({8, 8}, {image::Channels::Gray, image::Depth::U8});
        image::Picture cut = image::Picture::ofSize({8, 8}, {});
        cut.bytes.pop_back();
        for (const image::Picture& picture : {large, gray, cut, image::Picture()})
            QCOMPARE(m_shared->faces(picture, vision::Turns::None).error().reason, std::string("bad-picture"));
    }
    void manyPicturesLeaveNothing() {
        const image::SmallPicture picture = pictureOf(dataFolder() / "photos/hopper.jpg");
        QVERIFY(m_shared->faces(picture, vision::Turns::None).has_value());
        const int descriptors = openDescriptors();
        const auto children = descendants(::getpid());
        for (int i = 0; i < 40; ++i) QCOMPARE(m_shared->faces(picture, vision::Turns::None)->size(), std::size_t{1});
        QCOMPARE(openDescriptors(), descriptors);
        QVERIFY(descendants(::getpid()) == children);
    }
    void aFinderThatIsKilledIsReplaced() {
        Decoder decoder(options());
        const image::SmallPicture picture = pictureOf(dataFolder() / "photos/hopper.jpg");
        QVERIFY(decoder.faces(picture, vision::Turns::None).has_value());
        for (const int pid : descendants(::getpid())) ::kill(pid, SIGKILL);
        QVERIFY(decoder.faces(picture, vision::Turns::None).has_value());
    }
    void withoutAModelThereAreNoFacesButPhotos() {
        QTemporaryDir folder;
        const Path here(folder.path().toStdString());
        Bytes damaged = modelBytes();
        damaged.resize(damaged.size() / 2);
        QVERIFY(writeFileDurably(here / "damaged.tflite", damaged).has_value());
        QVERIFY(writeFileDurably(here / "large.tflite", Bytes(9'000'000)).has_value());
        const std::pair<Path, const char*> models[] = {{{}, "no model was named"},
                                                       {here / "none.tflite", "file-missing"},
                                                       {here / "damaged.tflite", "model-offset"},
                                                       {here / "large.tflite", "too-large"},
                                                       {kModel.parent_path() / "ORIGIN.md", "model-kind"}};
        for (const auto& [model, detail] : models) {
            Decoder::Options o = options();
            o.faceModel = model;
            Decoder decoder(o);
            const auto faces = decoder.faces(dataFolder() / "faces/hopper.bmp");
            QCOMPARE(faces.error().reason, std::string("face-finder-missing"));
            QVERIFY2(faces.error().detail.find(detail) != std::string::npos, faces.error().detail.c_str());
            QVERIFY(decoder.open(dataFolder() / "faces/hopper.bmp").has_value());
        }
    }
    void aFinderThatWasTakenOverIsNotBelieved_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* what, int width, const char* reason) {
            QTest::newRow(what) << width << reason;
        };
        row("a box beyond the edge", 2, "photo-harmful");
        row("a box without width", 3, "photo-harmful");
        row("a score above 1", 4, "photo-harmful");
        row("a point outside", 5, "photo-harmful");
        row("too many faces", 6, "photo-harmful");
        row("another message", 7, "photo-harmful");
        row("half a message", 8, "photo-harmful");
        row("a long message", 9, "photo-harmful");
        row("a forbidden call", 10, "photo-harmful");
        row("a crash", 11, "photo-harmful");
        row("an endless loop", 12, "photo-too-slow");
        row("no memory", 13, "photo-memory");
        row("writing on the pixels", 14, "photo-harmful");
    }
    void aFinderThatWasTakenOverIsNotBelieved() {
        QFETCH(int, width);
        QFETCH(QString, reason);
        const int descriptors = openDescriptors();
        const auto processes = descendants(::getpid());
        {
            Decoder decoder(hostileOptions());
            QElapsedTimer timer;
            timer.start();
            const auto bad = decoder.faces(pictureOfWidth(width), vision::Turns::None);
            QVERIFY(!bad.has_value());
            QCOMPARE(QString::fromStdString(bad.error().reason), reason);
            QVERIFY(timer.elapsed() < 4000);
            const auto good = decoder.faces(pictureOfWidth(30), vision::Turns::None);
            QVERIFY(good.has_value());
            QVERIFY(good->at(0).box == (image::Crop{0.25, 0.25, 0.5, 0.5}));
        }
        QCOMPARE(openDescriptors(), descriptors);
        QVERIFY(soon([&] { return descendants(::getpid()) == processes; }));
    }
    void cancelEndsTheFinderAtOnce() {
        Decoder::Options o = hostileOptions();
        o.deadlines.faces = milliseconds(20'000);
        Decoder decoder(o);
        const CancelToken cancel;
        QElapsedTimer timer;
        timer.start();
        std::jthread other([&] {
            std::this_thread::sleep_for(milliseconds(150));
            cancel.cancel();
        });
        QCOMPARE(decoder.faces(pictureOfWidth(12), vision::Turns::None, cancel).error().reason,
                 std::string("cancelled"));
        QVERIFY(timer.elapsed() < 1000);
    }
};

QTEST_APPLESS_MAIN(FacesTest)
#include "faces_test.moc"
