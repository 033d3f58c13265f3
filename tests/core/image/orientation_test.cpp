// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The eight orientations as a group, held against pixels that really move.
#include "core/image/orientation.h"

#include <QTest>

using namespace contone::image;

namespace {

constexpr int kFirst = 1, kLast = 8;

// 3 x 2 pixels, all different, so that each of the eight orientations looks different.
Picture sixPixels() {
    Picture p = Picture::ofSize({3, 2}, {Channels::Gray, Depth::U8});
    for (int i = 0; i < 6; ++i) p.bytes[static_cast<std::size_t>(i)] = static_cast<std::byte>(i);
    return p;
}

std::string pixels(const Picture& p) {
    std::string text;
    for (std::size_t i = 0; i < p.bytes.size(); ++i) {
        if (i > 0 && i % static_cast<std::size_t>(p.size.width) == 0) text += '/';
        text += static_cast<char>('0' + std::to_integer<int>(p.bytes[i]));
    }
    return text;
}

}  // namespace

class OrientationTest : public QObject {
    Q_OBJECT
  private slots:
    void pixelsMoveAsExifDescribes() {
        // Stored 012/345. EXIF 2.32 table of tag 0x0112: where row 0 and column 0 of the stored picture are seen.
        const char* seen[] = {"012/345",  "210/543",  "543/210",  "345/012",
                              "03/14/25", "30/41/52", "52/41/30", "25/14/03"};
        for (int o = kFirst; o <= kLast; ++o)
            QCOMPARE(pixels(upright(sixPixels(), orientationFromExif(o))), std::string(seen[o - 1]));
    }
    void oneAfterTheOtherEqualsTheirProductForAll64Pairs() {
        for (int a = kFirst; a <= kLast; ++a)
            for (int b = kFirst; b <= kLast; ++b) {
                const Orientation first = orientationFromExif(a), second = orientationFromExif(b);
                const Picture twoSteps = upright(upright(sixPixels(), first), second);
                const Picture oneStep = upright(sixPixels(), then(first, second));
                QVERIFY2(twoSteps == oneStep, qPrintable(QString("%1 then %2").arg(a).arg(b)));
            }
    }
    void everyOrientationCanBeUndone() {
        for (int a = kFirst; a <= kLast; ++a) {
            int inverses = 0;
            for (int b = kFirst; b <= kLast; ++b)
                inverses += then(orientationFromExif(a), orientationFromExif(b)) == Orientation::Upright;
            QCOMPARE(inverses, 1);
        }
    }
    void partsAreTheSameThing() {
        for (int o = kFirst; o <= kLast; ++o)
            QVERIFY(fromParts(parts(orientationFromExif(o))) == orientationFromExif(o));
    }
    void aBrokenTagMeansUpright() {
        for (const int value : {0, 9, -1, 65535}) QVERIFY(orientationFromExif(value) == Orientation::Upright);
    }
    void sixteenBitPixelsMoveWhole() {
        Picture p = Picture::ofSize({2, 1}, {Channels::Rgb, Depth::U16});
        for (std::size_t i = 0; i < p.bytes.size(); ++i) p.bytes[i] = static_cast<std::byte>(i);
        const Picture turned = upright(p, Orientation::MirrorHorizontal);
        QVERIFY(std::equal(turned.bytes.begin(), turned.bytes.begin() + 6, p.bytes.begin() + 6));
        QVERIFY(std::equal(turned.bytes.begin() + 6, turned.bytes.end(), p.bytes.begin()));
    }
};

QTEST_APPLESS_MAIN(OrientationTest)
#include "orientation_test.moc"
