// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The network computes what TensorFlow Lite computes, and the same bits everywhere.
#include "core/vision/finder/network.h"

#include <QTest>
#include <cmath>

#include "core/base/sha256.h"
#include "core/vision/finder/letterbox.h"
#include "core/vision/finder/sightings.h"
#include "tests/core/vision/pictures.h"

using namespace contone;
using namespace contone::vision;
using contone::vision::test::dataFolder;
using contone::vision::test::modelBytes;
using contone::vision::test::pictureOf;

namespace {

// What TensorFlow Lite with XNNPACK (npm's @tensorflow/tfjs-tflite 0.0.1-alpha.10, as WebAssembly) says of
// tests/data/faces/astronaut.jpg in our letterbox: the surest cell with its box, and every 144th cell. Of all 2,304
// cells ours differs by 0.000006 at most, of the 36,864 numbers of boxes by 0.00006.
constexpr std::size_t surestCell = 549;
constexpr float surestLogit = 2.66026F;
constexpr float surestBox[] = {-1.0324F, -0.6514F, 39.7426F, 39.741F, -8.9888F, -7.888F,  6.5111F, -6.482F,
                               -2.0452F, 2.7738F,  -2.5573F, 9.4563F, -17.662F, -5.5535F, 15.374F, -2.8986F};
constexpr float everyLogit[] = {-6.2465F, -4.6239F, -5.2296F, -4.9554F, -6.6238F, -6.5217F, -5.9012F, -6.6452F,
                                -5.7536F, -5.6158F, -6.3812F, -7.4197F, -7.4446F, -6.983F,  -6.8634F, -6.3779F};

bool isNear(float a, float b) {
    return std::abs(a - b) < 0.001F;
}

}  // namespace

class NetworkTest : public QObject {
    Q_OBJECT
  private slots:
    void itComputesWhatTensorFlowLiteComputes() {
        auto network = Network::create(modelBytes());
        QVERIFY(network.has_value());
        const image::SmallPicture picture = pictureOf(dataFolder() / "faces/astronaut.jpg");
        Letterbox(squareSide).fill(Area::of(picture.strip()), network->input());
        network->run();
        const auto boxes = network->output(0), logits = network->output(1);
        QCOMPARE(logits.size(), std::size_t{grid * grid});
        QVERIFY2(isNear(logits[surestCell], surestLogit), qPrintable(QString::number(logits[surestCell])));
        for (std::size_t i = 0; i < std::size(surestBox); ++i)
            QVERIFY(isNear(boxes[surestCell * valuesOfBox + i], surestBox[i]));
        for (std::size_t i = 0; i < std::size(everyLogit); ++i) QVERIFY(isNear(logits[i * 144], everyLogit[i]));
    }
    void itComputesTheSameBitsEverywhere() {
        auto network = Network::create(modelBytes());
        QVERIFY(network.has_value());
        // Twice: nothing of the first run is left in the second.
        for (int run = 0; run < 2; ++run) {
            const auto input = network->input();
            for (std::size_t i = 0; i < input.size(); ++i)
                input[i] = static_cast<float>((i * i + 7 * i) % 509) / 256.0F - 1.0F;
            network->run();
            Sha256Hasher hash;
            for (std::size_t i = 0; i < network->outputCount(); ++i) hash.update(std::as_bytes(network->output(i)));
            QCOMPARE(QString::fromStdString(hash.finish().toString()),
                     QString("6beda933707ae2dd3f54fe18e3f3b02dc75c33078005ec15e2a8d233360a81ba"));
        }
    }
    void itSaysWhatItTakesAndGives() {
        const auto network = Network::create(modelBytes());
        QVERIFY(network.has_value());
        QVERIFY(network->inputShape() == (Shape{1, 192, 192, 3}));
        QCOMPARE(network->outputCount(), std::size_t{2});
        QVERIFY(network->outputShape(0) == (Shape{1, 1, 2304, 16}));
        QVERIFY(network->outputShape(1) == (Shape{1, 1, 2304, 1}));
    }
    void theLetterboxKeepsMeansAndPutsBlackAround() {
        image::Picture picture = image::Picture::ofSize({640, 320}, {});
        for (std::size_t i = 0; i < picture.bytes.size(); i += 3) picture.bytes[i] = std::byte{255};
        std::vector<float> square(squareSide * squareSide * 3);
        Letterbox(squareSide).fill(Area::of(picture.strip()), square);
        const auto at = [&](std::size_t x, std::size_t y, std::size_t c) {
            return square[(y * squareSide + x) * 3 + c];
        };
        for (const std::size_t x : {0, 95, 191}) {
            QVERIFY(std::abs(at(x, 48, 0) - 1) < 1e-5F && std::abs(at(x, 143, 0) - 1) < 1e-5F);
            QCOMPARE(at(x, 96, 1), -1.0F);
            QCOMPARE(at(x, 47, 0), -1.0F);
            QCOMPARE(at(x, 144, 0), -1.0F);
        }
    }
    void aTurnedAreaIsTheTurnedPicture() {
        image::Picture picture = image::Picture::ofSize({5, 3}, {});
        for (std::size_t i = 0; i < picture.bytes.size(); ++i) picture.bytes[i] = static_cast<std::byte>(i);
        const image::Picture original = picture;
        Area area = Area::of(original.strip());
        for (int turn = 1; turn <= 4; ++turn) {
            area = area.turned();
            picture = image::upright(picture, image::Orientation::Rotate90);
            QCOMPARE(area.width, picture.size.width);
            QCOMPARE(area.height, picture.size.height);
            for (int y = 0; y < area.height; ++y)
                for (int x = 0; x < area.width; ++x)
                    QCOMPARE(*(area.first + x * area.right + y * area.down),
                             picture.strip().row<std::uint8_t>(y)[3 * x]);
        }
    }
};

QTEST_APPLESS_MAIN(NetworkTest)
#include "network_test.moc"
