// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Auto-enhance on pictures that are what their names say: what is meant to be dark or light stays, the rest moves a
// little, and two files of one scene move alike.
#include <QTest>
#include <cmath>
#include <random>

#include "core/render/adjustments/adjustments.h"
#include "core/render/auto_enhance.h"

using namespace contone;
using namespace contone::render;

namespace {

double lightOf(double lightness) {
    const double f = (lightness + 16) / 116;
    return f > 6.0 / 29 ? f * f * f : lightness / 903.3;
}

/// `shares`: how many percent of the pixels have which L*, with a little texture; `warm`: added to b* by a factor of
/// blue.
WorkingPicture picture(std::initializer_list<std::pair<int, double>> shares, double red = 1, double blue = 1) {
    std::mt19937 random(3);
    std::normal_distribution<double> texture(0, 1.2);
    WorkingPicture all{{100, 100}, icc::WorkingGamut::Rec2020, {}};
    for (const auto& [percent, lightness] : shares)
        for (int i = 0; i < percent * 100; i++) {
            const double light = lightOf(std::clamp(lightness + texture(random), 0.0, 100.0));
            for (const double channel : {red, 1.0, blue}) all.rgb.push_back(static_cast<float>(light * channel));
        }
    return all;
}

}  // namespace

class AutoEnhanceTest : public QObject {
    Q_OBJECT
  private slots:
    void whatIsMeantToBeSoStays() {
        const std::pair<PhotoKind, WorkingPicture> meant[] = {
            {PhotoKind::LowKey, picture({{55, 4}, {25, 12}, {15, 30}, {5, 95}})},  // lamps in the night
            {PhotoKind::LowKey, picture({{35, 3}, {20, 20}, {45, 85}})},           // a silhouette
            {PhotoKind::HighKey, picture({{5, 45}, {35, 75}, {60, 96}})},          // a baby on white
            {PhotoKind::NotAPhoto, picture({{100, 55}})},                          // a flat field
        };
        for (const auto& [kind, photo] : meant) {
            const Enhancement done = autoEnhance(photo);
            QCOMPARE(toString(done.kind), toString(kind));
            QVERIFY2(done.adjustments.isEmpty(), image::toText(done.adjustments).c_str());
        }
        const Enhancement dusk = autoEnhance(picture({{20, 30}, {50, 52}, {30, 66}}));
        QVERIFY(dusk.kind == PhotoKind::Dusk);
        QCOMPARE(dusk.adjustments.number("exposure"), 0.0);
        QVERIFY(autoEnhance(WorkingPicture{}).adjustments.isEmpty());
    }
    void theRestGetsWhatItNeedsAndNotMuch() {
        const Enhancement dark = autoEnhance(picture({{30, 18}, {40, 35}, {30, 55}}));
        QVERIFY(dark.kind == PhotoKind::Underexposed);
        QVERIFY(dark.adjustments.number("exposure") > 0.3 && dark.adjustments.number("exposure") <= 0.8);
        const Enhancement veiled = autoEnhance(picture({{30, 25}, {40, 50}, {30, 74}}));
        QVERIFY(veiled.kind == PhotoKind::Veiled);
        QVERIFY(veiled.adjustments.number("black-point") < -5 && veiled.adjustments.number("contrast") <= 15);
        const Enhancement dim = autoEnhance(picture({{40, 17}, {40, 25}, {19, 40}, {1, 90}}));
        QVERIFY2(dim.kind == PhotoKind::Dim, toString(dim.kind));
        QVERIFY(dim.adjustments.number("brightness") > 0 && dim.adjustments.number("shadows") <= 25);
        const Enhancement bright = autoEnhance(picture({{20, 12}, {60, 60}, {20, 100}}));
        QVERIFY(bright.kind == PhotoKind::Bright);
        QCOMPARE(bright.adjustments.number("highlights"), -30.0);
        const Enhancement normal = autoEnhance(picture({{20, 8}, {60, 50}, {20, 93}}));
        QVERIFY(normal.kind == PhotoKind::Normal);
        QVERIFY(normal.adjustments.number("contrast") <= 8 && normal.adjustments.number("vibrance") <= 10);
        for (const Enhancement& one : {dark, veiled, dim, bright, normal}) QVERIFY(check(one.adjustments).has_value());
    }
    void halfOfACastIsTakenAway() {
        for (const double blue : {0.82, 1.2}) {  // a lamp; the shade
            const WorkingPicture cast = picture({{20, 8}, {60, 50}, {20, 90}}, 1 / std::sqrt(blue), blue);
            const Enhancement done = autoEnhance(cast);
            const double warmer = done.adjustments.number("temperature");
            QVERIFY2(blue < 1 ? warmer < -3 : warmer > 3, qPrintable(QString::number(warmer)));
            QVERIFY(std::fabs(warmer) <= 20);
            // What is left is less, and on the same side.
            WorkingPicture after = cast;
            std::vector<float> scratch(100 * 100 * 4);
            image::Adjustments only;
            only.set("temperature", warmer);
            only.set("tint", done.adjustments.number("tint"));
            Row row{.packed = after.rgb.data(), .scratch = scratch.data(), .width = 100 * 100};
            for (const auto& stage : adjustmentStages(only, {})) stage->run(row);
            const auto blueness = [](const WorkingPicture& p) {
                double sum = 0;
                for (std::size_t i = 0; i < p.rgb.size(); i += 3)
                    sum += static_cast<double>(p.rgb[i + 2]) - static_cast<double>(p.rgb[i]);
                return sum;
            };
            QVERIFY(blueness(after) * blueness(cast) > 0);
            QVERIFY2(std::fabs(blueness(after)) < 0.8 * std::fabs(blueness(cast)),
                     qPrintable(QString("%1 of %2").arg(blueness(after)).arg(blueness(cast))));
        }
    }
    void nothingJumpsAtAThreshold() {
        // From a dim photo to a normal one, a quarter of L* at a time.
        double before = -1;
        for (double median = 24; median < 40; median += 0.25) {
            const Enhancement now = autoEnhance(picture({{40, 17}, {40, median}, {19, median + 12}, {1, 90}}));
            const double brightness = now.adjustments.number("brightness");
            if (before >= 0) QVERIFY2(std::fabs(brightness - before) <= 6, qPrintable(QString::number(median)));
            before = brightness;
        }
    }
};

QTEST_GUILESS_MAIN(AutoEnhanceTest)
#include "auto_enhance_test.moc"
