// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Adjustments, pixel by pixel: what stays (grays, hues of skin, black and white), what rises, what can be undone, and
// that halos stay below what anybody sees.
#include <QTest>
#include <limits>
#include <numbers>
#include <random>
#include <set>

#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/gamut_edge.h"
#include "core/render/adjustments/looks.h"
#include "core/render/adjustments/oklab.h"
#include "core/render/adjustments/stops.h"
#include "core/render/adjustments/tone_grid.h"

using namespace contone;
using namespace contone::render;
using image::Adjustments;

namespace {

using Rgb = std::array<float, 3>;

Adjustments with(std::initializer_list<std::pair<const char*, double>> values) {
    Adjustments all;
    for (const auto& [id, value] : values) all.set(id, value);
    return all;
}

const std::array<float, 3>& luminanceWeights() {
    static const auto weights = [] {
        const Matrix3 m = icc::workingToXyz(icc::WorkingGamut::Rec2020);
        return std::array<float, 3>{static_cast<float>(m[3]), static_cast<float>(m[4]), static_cast<float>(m[5])};
    }();
    return weights;
}

float luminance(const Rgb& c) {
    return luminanceWeights()[0] * c[0] + luminanceWeights()[1] * c[1] + luminanceWeights()[2] * c[2];
}

/// A row of colours as if it were the middle of a photo that is `width` such pixels wide.
std::vector<Rgb> through(const RowStages& stages, std::vector<Rgb> colours) {
    std::vector<float> row(colours.size() * 4), scratch(colours.size() * 4);
    for (std::size_t i = 0; i < colours.size(); i++)
        for (std::size_t c = 0; c < 3; c++) row[i * 3 + c] = colours[i][c];
    const double step = 1.0 / static_cast<double>(colours.size());
    Row r{.packed = row.data(),
          .scratch = scratch.data(),
          .photo = {step / 2, 0.5, step, 0},
          .width = static_cast<int>(colours.size())};
    for (const auto& stage : stages) stage->run(r);
    for (std::size_t i = 0; i < colours.size(); i++)
        for (std::size_t c = 0; c < 3; c++) colours[i][c] = r.packed[i * 3 + c];
    return colours;
}

/// The photo is that row, over and over; and has no size, so that grain is everywhere the same.
std::vector<Rgb> adjusted(const Adjustments& adjustments, const std::vector<Rgb>& colours) {
    Surroundings around;
    if (needsTones(adjustments)) {
        std::vector<float> picture;
        for (int y = 0; y < 64; y++)
            for (const Rgb& c : colours) picture.insert(picture.end(), c.begin(), c.end());
        around.tones =
            std::make_shared<const ToneGrid>(picture.data(), static_cast<int>(colours.size()), 64, luminanceWeights());
    }
    return through(adjustmentStages(adjustments, around), colours);
}

double deltaE(const Rgb& a, const Rgb& b) {
    const Matrix3 toXyz = icc::workingToXyz(icc::WorkingGamut::Rec2020);
    const auto lab = [&](const Rgb& c) {
        const Vector3 xyz = multiply(toXyz, Vector3{c[0], c[1], c[2]});
        const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
        const double x = f(xyz[0] / 0.9642), y = f(xyz[1]), z = f(xyz[2] / 0.8249);
        return Vector3{116 * y - 16, 500 * (x - y), 200 * (y - z)};
    };
    const Vector3 first = lab(a), second = lab(b);
    return icc::deltaE2000(first.data(), second.data());
}

std::vector<Rgb> grays() {
    std::vector<Rgb> all;
    for (int i = 0; i < 256; i++) {
        const double code = i / 255.0;
        const auto light = static_cast<float>(code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4));
        all.push_back({light, light, light});
    }
    return all;
}

/// Seven skins from light to dark, in sRGB: the medians and ends of what faces in photographs have.
std::vector<Rgb> skins() {
    constexpr int codes[7][3] = {{246, 224, 207}, {234, 192, 166}, {213, 163, 132}, {188, 138, 104},
                                 {150, 103, 76},  {104, 70, 52},   {66, 44, 35}};
    const auto input = icc::InputTransform::create(icc::Profile::srgb(), icc::InputTransform::Options{});
    std::vector<Rgb> all;
    for (const auto& code : codes) {
        Rgb c{static_cast<float>(code[0]) / 255, static_cast<float>(code[1]) / 255, static_cast<float>(code[2]) / 255};
        input->apply(c.data(), c.data(), 1);
        all.push_back(c);
    }
    return all;
}

double hueDegrees(const Rgb& c) {
    const Lab lab = Oklab(icc::WorkingGamut::Rec2020).of(c[0], c[1], c[2]);
    return std::atan2(static_cast<double>(lab.b), static_cast<double>(lab.a)) * 180 / std::numbers::pi;
}

/// Sliders that are there to change colours.
bool isOfColour(const std::string& id) {
    for (const char* one : {"temperature", "tint", "cyan", "magenta", "yellow", "hue", "black-and-white", "sepia"})
        if (id == one) return true;
    return false;
}

std::vector<Rgb> anyColours(int count) {
    std::mt19937 random(5);
    std::uniform_real_distribution<float> any(0, 1);
    std::vector<Rgb> all(static_cast<std::size_t>(count));
    for (Rgb& c : all) c = {any(random), any(random), any(random)};
    return all;
}

/// Light of a hard or soft step in the middle of a row, `stops` apart about a middle.
std::vector<Rgb> step(double stops, double middle, int softness) {
    std::vector<Rgb> row;
    for (int x = 0; x < 600; x++) {
        const double t = std::clamp((x - 300.0) / softness + 0.5, 0.0, 1.0);
        const auto light = static_cast<float>(std::exp2(middle + stops * (t - 0.5)));
        row.push_back({light, light, light});
    }
    return row;
}

/// By how much of the plateau's light, at worst, an adjusted step goes beyond its own plateaus.
double overshoot(const Adjustments& adjustments, double stops, double middle, int softness) {
    const std::vector<Rgb> row = adjusted(adjustments, step(stops, middle, softness));
    const double dark = row[20][0], light = row[580][0], low = std::min(dark, light), high = std::max(dark, light);
    double worst = 0;
    for (const Rgb& c : row)
        worst = std::max({worst, (low - static_cast<double>(c[0])) / low, (static_cast<double>(c[0]) - high) / high});
    return worst;
}

double worstOvershoot(const Adjustments& adjustments, double least, double most) {
    double worst = 0;
    for (double stops = least; stops <= most; stops += 0.25)
        for (double middle = -5; middle + stops / 2 <= 0; middle += 0.5)
            for (const int softness : {1, 6}) worst = std::max(worst, overshoot(adjustments, stops, middle, softness));
    return worst;
}

}  // namespace

class AdjustmentsTest : public QObject {
    Q_OBJECT
  private slots:
    void slidersThatRestDoNothingAtAll() {
        QVERIFY(adjustmentStages({}, {}).empty());
        std::set<std::string> labels;
        for (const NumberDescriptor& slider : adjustmentNumbers()) {
            QVERIFY2(slider.least <= 0 && slider.most > 0 && slider.step > 0 && *slider.label && *slider.does,
                     slider.id);
            QVERIFY2(labels.insert(slider.label).second, slider.label);
            QVERIFY2(adjustmentStages(with({{slider.id, 0.0}}), {}).empty(), slider.id);
        }
        Adjustments none;
        none.look = "film";
        none.lookPercent = 0;
        QVERIFY(adjustmentStages(none, {}).empty());
    }
    void aLineHoldsAllOfThem() {
        Adjustments all = with({{"exposure", 0.5}, {"shadows", -20}, {"hue", 12.125}});
        all.curve = {{0.25, 0.2}, {0.75, 0.825}};
        all.eyes = {{0.41234, 0.3, 0.01205}, {0.5, 0.31, 0.012}};
        all.look = "film";
        all.lookPercent = 80;
        const std::string text = image::toText(all);
        QCOMPARE(text, std::string("exposure=0.5 hue=12.125 shadows=-20 curve=0.25:0.2,0.75:0.825 "
                                   "eyes=0.41234:0.3:0.01205,0.5:0.31:0.012 look=film*80"));
        const auto back = image::parseAdjustments(text);
        QVERIFY(back && *back == all);
        QVERIFY(image::parseAdjustments("")->isEmpty() && image::toText({}).empty());
        for (const char* bad : {"exposure=a", "exposure=", "exposure", "curve=0.5", "look=film*x", "exposure=nan",
                                "eyes=0.5:0.5", "eyes=0.5", "exposure=inf", "exposure=1e999"})
            QVERIFY2(image::parseAdjustments(bad).error().reason == "adjustments-unreadable", bad);
    }
    void whatCannotBeIsRefused() {
        QVERIFY(check(Adjustments{}).has_value());
        for (const NumberDescriptor& slider : adjustmentNumbers()) {
            QVERIFY2(check(with({{slider.id, slider.most}})).has_value(), slider.id);
            QVERIFY2(check(with({{slider.id, slider.most * 1.01 + 0.01}})).error().reason == "bad-adjustment",
                     slider.id);
            Adjustments notNumber;
            notNumber.numbers.push_back({slider.id, std::numeric_limits<double>::quiet_NaN()});
            QVERIFY2(check(notNumber).error().reason == "bad-adjustment", slider.id);
        }
        Adjustments all;
        all.numbers = {{"shadows", 1}, {"exposure", 1}};  // not in order
        QVERIFY(!check(all));
        all.numbers = {{"exposure", 1}, {"exposure", 1}};
        QVERIFY(!check(all));
        QVERIFY(!check(with({{"glow", 1}})));
        all = {};
        all.look = "polaroid";
        QVERIFY(!check(all));
        for (const image::RedEye& eye :
             {image::RedEye{0.5, 0.5, 0}, {0.5, 0.5, 0.21}, {-0.1, 0.5, 0.1}, {0.5, 1.1, 0.1}}) {
            all = {};
            all.eyes = {eye};
            QCOMPARE(check(all).error().reason, std::string("bad-adjustment"));
        }
        for (const std::vector<image::CurvePoint>& curve : {std::vector<image::CurvePoint>{{0.5, 0.5}, {0.5, 0.6}},
                                                            {{0.2, 0.5}, {0.6, 0.4}},
                                                            {{-0.1, 0}},
                                                            {{0.1, 1.1}},
                                                            std::vector<image::CurvePoint>(33)}) {
            all = {};
            all.curve = curve;
            QCOMPARE(check(all).error().reason, std::string("bad-adjustment"));
        }
    }

    void oklabComesBackAndKnowsGray() {
        const Oklab oklab(icc::WorkingGamut::Rec2020);
        for (const Rgb& c : anyColours(2000)) {
            const auto back = oklab.rgb(oklab.of(c[0], c[1], c[2]));
            for (std::size_t i = 0; i < 3; i++) QVERIFY(std::fabs(back[i] - c[i]) < 5e-6F);
        }
        for (const Rgb& c : grays()) {
            const Lab lab = oklab.of(c[0], c[1], c[2]);
            QVERIFY(std::fabs(lab.a) < 1e-6F && std::fabs(lab.b) < 1e-6F);
            QVERIFY(std::fabs(lab.l - std::cbrt(c[0])) < 1e-5F);
        }
        for (int i = -600; i <= 600; i++) {
            const float stops = static_cast<float>(i) / 40;
            QVERIFY(std::fabs(stopsOf(lightOfStops(stops)) - std::max(stops, -16.0F)) < 2e-6F);
            QVERIFY(std::fabs(lightOfStops(stops) / std::exp2(stops) - 1) < 5e-7F);
        }
        for (int i = 0; i < 360; i++) {
            const double angle = 2 * std::numbers::pi * i / 360;
            const double turns = hueTurns(static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)));
            QVERIFY(std::fabs(std::remainder(turns - i / 360.0, 1.0)) < 1e-5);
        }
    }

    void graysStayGray() {
        for (const NumberDescriptor& slider : adjustmentNumbers()) {
            if (isOfColour(slider.id) && std::string(slider.id) != "hue" && std::string(slider.id) != "black-and-white")
                continue;
            for (const double value : {slider.least, slider.most}) {
                if (value == 0) continue;
                for (const Rgb& c : adjusted(with({{slider.id, value}}), grays())) {
                    const float y = luminance(c);
                    QVERIFY2(deltaE(c, {y, y, y}) <= 0.1, slider.id);
                }
            }
        }
    }
    void tonesRise() {
        const std::vector<Rgb> ramp = grays();
        for (const NumberDescriptor& slider : adjustmentNumbers())
            for (const double value : {slider.least, slider.most}) {
                // Neighbours of a ramp are no texture to be had more or less of; they go up and down with their base.
                if (value == 0 || std::string(slider.id) == "clarity") continue;
                float before = -1;
                for (const Rgb& c : adjusted(with({{slider.id, value}}), ramp)) {
                    if (std::string(slider.id) == "vignette") break;
                    QVERIFY2(luminance(c) >= before - 1e-6F, slider.id);
                    before = luminance(c);
                }
            }
        Adjustments curved;
        curved.curve = {{0.1, 0.02}, {0.5, 0.55}, {0.52, 0.8}, {0.9, 0.81}};
        float before = -1;
        for (const Rgb& c : adjusted(curved, ramp)) {
            QVERIFY(luminance(c) >= before);
            before = luminance(c);
        }
    }
    void blackAndWhiteStayWhereAPersonExpectsThem() {
        for (const char* id :
             {"contrast", "white-point", "black-point", "brightness", "density", "cyan", "saturation", "grain"})
            for (const double value : {-15.0, 15.0}) {
                const auto ends = adjusted(with({{id, value}}), {{0, 0, 0}, {1, 1, 1}});
                QVERIFY2(deltaE(ends[0], {0, 0, 0}) < 0.05 && deltaE(ends[1], {1, 1, 1}) < 0.05, id);
            }
    }
    void skinStaysSkin() {
        for (const char* id : {"exposure", "contrast", "white-point", "black-point", "saturation", "vibrance",
                               "shadows", "highlights", "clarity", "grain"}) {
            const NumberDescriptor* slider = findAdjustmentNumber(id);
            for (const double value : {slider->least, slider->most}) {
                if (std::string(id) == "saturation" && value < 0) continue;  // gray has no hue
                const std::vector<Rgb> before = skins(), after = adjusted(with({{id, value}}), before);
                for (std::size_t i = 0; i < before.size(); i++) {
                    const double turned = std::remainder(hueDegrees(after[i]) - hueDegrees(before[i]), 360.0);
                    QVERIFY2(std::fabs(turned) <= 1,
                             qPrintable(QString("%1 %2: skin %3 by %4").arg(id).arg(value).arg(i).arg(turned)));
                }
            }
        }
        // Vibrance leaves skin nearly alone: its chroma grows by less than half as much as that of a pale blue.
        const Oklab oklab(icc::WorkingGamut::Rec2020);
        const auto grown = [&](const Rgb& c) {
            const auto chroma = [&](const Rgb& one) {
                const Lab lab = oklab.of(one[0], one[1], one[2]);
                return std::hypot(lab.a, lab.b);
            };
            return chroma(adjusted(with({{"vibrance", 100}}), {c})[0]) / chroma(c) - 1;
        };
        const Lab face = oklab.of(skins()[2][0], skins()[2][1], skins()[2][2]);
        const Rgb sky = oklab.rgb({face.l, -face.a, -face.b});
        QVERIFY2(grown(skins()[2]) < 0.5F * grown(sky), qPrintable(QString::number(grown(skins()[2]))));
    }
    void strongColoursKeepTheirHueAndHaveRoom() {
        const std::vector<Rgb> before = anyColours(3000), after = adjusted(with({{"saturation", 100}}), before);
        const Oklab oklab(icc::WorkingGamut::Rec2020);
        for (std::size_t i = 0; i < before.size(); i++) {
            const Lab was = oklab.of(before[i][0], before[i][1], before[i][2]);
            if (std::hypot(was.a, was.b) < 0.02F) continue;
            QVERIFY(std::fabs(std::remainder(hueDegrees(after[i]) - hueDegrees(before[i]), 360.0)) < 0.5);
            for (const float v : after[i]) QVERIFY2(v > -0.01F && v < 1.01F, qPrintable(QString::number(v)));
        }
    }

    void stepsOfAKeyAddUpInAnyOrder() {
        const std::vector<Rgb> colours = anyColours(500);
        const auto once = adjusted(with({{"density", 5}, {"cyan", -3}}), colours);
        const auto first = adjusted(with({{"cyan", -4}, {"density", 2}}), colours);
        const auto twice = adjusted(with({{"cyan", 1}, {"density", 3}}), first);
        for (std::size_t i = 0; i < colours.size(); i++) QVERIFY(deltaE(once[i], twice[i]) < 0.01);
        // A step of density is about two of lightness in the middle: a minilab's, plus is darker.
        const auto gray = adjusted(with({{"density", 1}}), {{0.18F, 0.18F, 0.18F}});
        QVERIFY(gray[0][0] < 0.18F && deltaE(gray[0], {0.18F, 0.18F, 0.18F}) > 1);
        const auto back = adjusted(with({{"density", -5}, {"cyan", 3}}), once);
        for (std::size_t i = 0; i < colours.size(); i++) QVERIFY(deltaE(back[i], colours[i]) < 0.01);
    }
    void independentOnesMayChangePlaces() {
        // Light through a filter and a longer exposure: either first.
        const std::vector<Rgb> colours = anyColours(500);
        const auto both = adjusted(with({{"exposure", 1}, {"temperature", 40}, {"tint", 20}}), colours);
        const auto other =
            adjusted(with({{"temperature", 40}, {"tint", 20}}), adjusted(with({{"exposure", 1}}), colours));
        for (std::size_t i = 0; i < colours.size(); i++) QVERIFY(deltaE(both[i], other[i]) < 0.001);
    }
    void warmthIsWarmAndTintIsMagenta() {
        const Rgb gray{0.18F, 0.18F, 0.18F};
        const Rgb warm = adjusted(with({{"temperature", 20}}), {gray})[0],
                  cool = adjusted(with({{"temperature", -20}}), {gray})[0];
        QVERIFY(warm[0] > warm[2] && cool[0] < cool[2]);
        const Rgb magenta = adjusted(with({{"tint", 50}}), {gray})[0];
        QVERIFY(magenta[1] < magenta[0] && magenta[1] < magenta[2]);
        for (const Rgb& c : {warm, cool, magenta}) QVERIFY(std::fabs(luminance(c) / 0.18F - 1) < 0.02F);
        // Ten mired are about two of ΔE2000, everywhere on the scale.
        for (const double at : {-60.0, 0.0, 60.0}) {
            const double step = deltaE(adjusted(with({{"temperature", at - 5}}), {gray})[0],
                                       adjusted(with({{"temperature", at + 5}}), {gray})[0]);
            QVERIFY2(step > 1 && step < 5, qPrintable(QString::number(step)));
        }
    }

    void shadowsAndHighlightsMakeNoHalos() {
        const Adjustments ends = with({{"shadows", 100}, {"highlights", -100}});
        const double large = worstOvershoot(ends, 3, 6), any = worstOvershoot(ends, 0.25, 6);
        const double automatic = worstOvershoot(with({{"shadows", 30}, {"highlights", -30}}), 0.25, 6);
        qInfo("overshoot at the sliders' ends: %.2f %% on steps of 3 EV and more, %.2f %% on any; %.2f %% of auto",
              100 * large, 100 * any, 100 * automatic);
        QVERIFY2(large <= 0.01, qPrintable(QString::number(large)));
        QVERIFY2(any <= 0.09, qPrintable(QString::number(any)));
        QVERIFY2(automatic <= 0.03, qPrintable(QString::number(automatic)));
    }
    void textureStays() {
        // 0.3 EV of a pattern of 1 % of the width, in the dark and in the light, with both sliders at their ends.
        for (const double middle : {-5.0, -3.0, -1.0}) {
            std::vector<Rgb> row;
            for (int x = 0; x < 600; x++) {
                const auto light =
                    static_cast<float>(std::exp2(middle + 0.15 * std::sin(2 * std::numbers::pi * x / 6.0)));
                row.push_back({light, light, light});
            }
            const auto after = adjusted(with({{"shadows", 100}, {"highlights", -100}}), row);
            const auto range = [](const std::vector<Rgb>& pattern) {
                float least = 9, most = -20;
                for (std::size_t x = 100; x < 500; x++) {
                    least = std::min(least, stopsOf(pattern[x][0]));
                    most = std::max(most, stopsOf(pattern[x][0]));
                }
                return static_cast<double>(most - least);
            };
            const double kept = range(after) / range(row);
            QVERIFY2(kept > 0.9 && kept < 1.05, qPrintable(QString("%1: %2").arg(middle).arg(kept)));
        }
    }
    void shadowsLiftTheDarkAndHighlightsTheLight() {
        const auto gain = [](const char* id, double value, double stops) {
            const auto light = static_cast<float>(std::exp2(stops));
            const std::vector<Rgb> flat(64, Rgb{light, light, light});
            return static_cast<double>(stopsOf(adjusted(with({{id, value}}), flat)[32][0])) - stops;
        };
        QVERIFY(std::fabs(gain("shadows", 100, -6) - 1.2) < 0.02);
        QVERIFY(std::fabs(gain("shadows", 100, -0.5)) < 0.01);
        QVERIFY(std::fabs(gain("highlights", -100, 0) + 1) < 0.02);
        QVERIFY(std::fabs(gain("highlights", -100, -5)) < 0.01);
    }
    void nothingJumpsWhileASliderMoves() {
        const std::vector<Rgb> colours = anyColours(200);
        for (const NumberDescriptor& slider : adjustmentNumbers()) {
            std::vector<double> moved;  // from a step to the next, on the whole
            auto before = adjusted(with({{slider.id, slider.least}}), colours);
            const int steps = 40;
            for (int i = 1; i <= steps; i++) {
                const auto now =
                    adjusted(with({{slider.id, slider.least + (slider.most - slider.least) * i / steps}}), colours);
                double sum = 0;
                for (std::size_t k = 0; k < colours.size(); k++)
                    for (std::size_t c = 0; c < 3; c++)
                        sum += std::fabs(static_cast<double>(now[k][c]) - static_cast<double>(before[k][c]));
                moved.push_back(sum);
                before = now;
            }
            for (std::size_t i = 1; i + 1 < moved.size(); i++)
                QVERIFY2(moved[i] <= 2 * std::max(moved[i - 1], moved[i + 1]) + 1e-3,
                         qPrintable(QString("%1 at %2").arg(slider.id).arg(i)));
        }
    }
    void looksLeaveSkinSkinAndBlackUncut() {
        QVERIFY(looks().size() >= 8);
        for (const Look& look : looks()) {
            Adjustments one;
            one.look = look.id;
            QVERIFY2(check(one).has_value() && *look.label && *look.does, look.id);
            const auto ramp = adjusted(one, grays());
            float before = -1;
            for (const Rgb& c : ramp) {
                QVERIFY2(luminance(c) >= before, look.id);
                before = luminance(c);
            }
            QVERIFY2(luminance(ramp[24]) > luminance(ramp[8]), look.id);  // 8 and 24 of 255 are still two tones
            QVERIFY2(luminance(ramp.back()) > 0.8F && luminance(ramp.back()) <= 1.0001F, look.id);
            if (look.saturation == 0) continue;
            const auto before7 = skins(), after7 = adjusted(one, before7);
            for (std::size_t i = 0; i < before7.size(); i++) {
                const double turned = std::remainder(hueDegrees(after7[i]) - hueDegrees(before7[i]), 360.0);
                QVERIFY2(std::fabs(turned) <= 14, qPrintable(QString("%1 %2: %3").arg(look.id).arg(i).arg(turned)));
            }
        }
    }
    void halfALookIsHalfWay() {
        Adjustments half, whole;
        half.look = whole.look = "noir";
        half.lookPercent = 50;
        const Oklab oklab(icc::WorkingGamut::Rec2020);
        const std::vector<Rgb> colours = anyColours(100);
        const auto a = adjusted(half, colours), b = adjusted(whole, colours);
        for (std::size_t i = 0; i < colours.size(); i++) {
            const Lab none = oklab.of(colours[i][0], colours[i][1], colours[i][2]),
                      full = oklab.of(b[i][0], b[i][1], b[i][2]);
            const Lab middle = oklab.of(a[i][0], a[i][1], a[i][2]);
            QVERIFY(std::fabs(middle.l - (none.l + full.l) / 2) < 1e-4F);
        }
    }
};

QTEST_GUILESS_MAIN(AdjustmentsTest)
#include "adjustments_test.moc"
