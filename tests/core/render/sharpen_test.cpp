// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Output sharpening: what it does to edges and leaves alone, against the formula, and the same bytes everywhere.
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <functional>
#include <random>

#include "core/render/sharpener.h"
#include "tests/core/render/every_processor.h"
#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using render::testing::colourful;
using render::testing::isSameEverywhere;
using render::testing::isSameOnEveryProcessor;
using render::testing::OnePhoto;
using render::testing::rendered;

namespace {

// As glossy paper has them; tests/core/print/paper_sharpening_test.cpp holds the data files to the same.
constexpr Sharpening low{SharpenLevel::Low, 90, 500, 25};
constexpr Sharpening standard{SharpenLevel::Standard, 90, 1000, 50};
constexpr Sharpening high{SharpenLevel::High, 90, 1600, 80};

/// Packed floats.
struct Plane {
    int width = 0, height = 0, channels = 3;
    std::vector<float> samples;
    float& at(int x, int y, int c = 0) {
        return samples[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
                           static_cast<std::size_t>(channels) +
                       static_cast<std::size_t>(c)];
    }
    float at(int x, int y, int c = 0) const { return const_cast<Plane*>(this)->at(x, y, c); }
    bool operator==(const Plane&) const = default;
};

Plane made(int width, int height, int channels, const std::function<double(int x, int y, int c)>& value) {
    Plane plane{width, height, channels,
                std::vector<float>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                   static_cast<std::size_t>(channels))};
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < channels; c++) plane.at(x, y, c) = static_cast<float>(value(x, y, c));
    return plane;
}

Plane sharpened(const Plane& plane, const Sharpening& sharpening, Dpi dpi = {300}, int room = 8,
                const std::shared_ptr<const LightCurves>& light = nullptr) {
    Sharpener sharpener({.sharpening = sharpening, .acrossDpi = dpi, .downDpi = dpi, .light = light, .room = room},
                        {plane.width, plane.height});
    Plane out = plane;
    const auto rowSamples = static_cast<std::size_t>(plane.width * plane.channels);
    int finished = 0;
    for (int y = 0; y < plane.height; y += room) {
        const int end = std::min(plane.height, y + room);
        for (int i = y; i < end; i++) {
            std::copy_n(plane.samples.data() + rowSamples * static_cast<std::size_t>(i), rowSamples, sharpener.row(i));
            sharpener.prepare(i);
        }
        for (; finished < sharpener.ready(end); finished++) {
            sharpener.finish(finished);
            std::copy_n(sharpener.row(finished), rowSamples,
                        out.samples.data() + rowSamples * static_cast<std::size_t>(finished));
        }
    }
    return out;
}

/// An edge across, from one luma to another, as soft as `mm` on paper (standard deviation of its spread).
Plane edge(double from, double to, double mm, Dpi dpi, int channels = 3) {
    const int width = 8 * dpi.value / 100;
    return made(width, 40, channels, [&](int x, int, int) {
        const double distance = (x + 0.5 - width / 2.0) * 25.4 / dpi.value;
        return from + (to - from) * 0.5 * (1 + std::erf(distance / mm / std::sqrt(2)));
    });
}

double steepest(const Plane& plane) {
    double slope = 0;
    for (int x = 1; x < plane.width; x++)
        slope = std::max(slope, std::fabs(static_cast<double>(plane.at(x, 20)) - plane.at(x - 1, 20)));
    return slope;
}

/// IEC 61966-2-1.
double lightOfCode(double code) {
    return code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4);
}
double codeOfLight(double light) {
    return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

/// CIE L* of a neutral sRGB sample.
double lightness(double code) {
    const double y = lightOfCode(code);
    return y > 216.0 / 24389 ? 116 * std::cbrt(y) - 16 : y * 24389 / 27;
}

Plane noisy(int width, int height, int channels) {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> value(0, 1);
    return made(width, height, channels, [&](int, int, int) { return value(random); });
}

/// Stripes, checks and a circle: edges in every direction.
image::Picture crisp(int width, int height) {
    image::Picture picture = colourful(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++) {
                auto& sample = picture.bytes[static_cast<std::size_t>((y * width + x) * 3 + c)];
                const bool inside = std::hypot(x - width / 2.0, y - height / 2.0) < height / 3.0;
                if (inside != ((x / 7 + y / 5) % 2 == 0))
                    sample = static_cast<std::byte>(40 + std::to_integer<int>(sample) / 2);
            }
    return picture;
}

/// The formula in double precision, as decision 0014 has it, on luma.
std::vector<double> reference(const Plane& plane, const Sharpening& s, double dpi) {
    const double sigma = s.radiusUm * dpi / 25400;
    const int radius = std::max(1, static_cast<int>(std::ceil(2 * sigma)));
    const int hood = std::max(1, static_cast<int>(std::lround(sigma)));
    const auto luma = [&](int x, int y) {
        x = std::clamp(x, 0, plane.width - 1);
        y = std::clamp(y, 0, plane.height - 1);
        return 0.2126 * plane.at(x, y, 0) + 0.7152 * plane.at(x, y, 1) + 0.0722 * plane.at(x, y, 2);
    };
    std::vector<double> added;
    for (int y = 0; y < plane.height; y++)
        for (int x = 0; x < plane.width; x++) {
            double sum = 0, weights = 0, least = 1, most = 0;
            for (int j = -radius; j <= radius; j++)
                for (int i = -radius; i <= radius; i++) {
                    const double w = std::exp(-0.5 * (i * i + j * j) / (sigma * sigma));
                    sum += w * luma(x + i, y + j);
                    weights += w;
                    if (std::abs(i) > hood || std::abs(j) > hood) continue;
                    least = std::min(least, luma(x + i, y + j));
                    most = std::max(most, luma(x + i, y + j));
                }
            double detail = std::clamp(luma(x, y) - sum / weights, -0.5, 0.5);
            detail -= std::clamp(detail, -36.0 / 16000, 36.0 / 16000);
            const double room = s.overshootPermille / 1000.0;
            added.push_back(std::clamp(luma(x, y) + detail * s.amountPermille / 1000, least - room, most + room) -
                            luma(x, y));
        }
    return added;
}

}  // namespace

class SharpenTest : public QObject {
    Q_OBJECT
  private slots:
    void sharpeningLeavesFlatAreasUnchanged() {
        for (const auto& code : {std::shared_ptr<const LightCurves>(), std::make_shared<const LightCurves>()})
            for (const double base : {0.0, 0.1, 1.0 / 3, 0.77, 1.0}) {
                const Plane flat = made(61, 50, 3, [&](int, int, int c) { return base * (1 - 0.2 * c); });
                QVERIFY(sharpened(flat, high, {300}, 8, code) == flat);
                // The steps of an 8-bit ramp, two pixels each, are no detail either: they would become bands.
                const bool isLight = code != nullptr;
                const Plane ramp = made(200, 20, 3, [&](int x, int, int) {
                    const int step = x / 2;  // of 8 bits
                    return isLight ? lightOfCode(step / 255.0) : step / 255.0;
                });
                QVERIFY(sharpened(ramp, high, {300}, 8, code) == ramp);
            }
    }

    void edgesBecomeSteeperByLevelAndWhatTheFormulaSays_data() {
        QTest::addColumn<int>("level");
        QTest::addColumn<double>("softMm");
        QTest::addColumn<double>("atLeast");
        // Slope of a Gaussian edge under an unsharp mask: 1 + a (1 - e / sqrt(e² + r²)), r = 0.09 mm, less the 0.57/255
        // of detail that is ignored. e = 0.10 mm: as soft as 1.2 pixels at 300 dpi; e = 0.06: crisp.
        QTest::addRow("low, soft") << 1 << 0.10 << 1.08;
        QTest::addRow("standard, soft") << 2 << 0.10 << 1.17;
        QTest::addRow("high, soft") << 3 << 0.10 << 1.27;
        QTest::addRow("low, crisp") << 1 << 0.06 << 1.18;
        QTest::addRow("standard, crisp") << 2 << 0.06 << 1.37;
        QTest::addRow("high, crisp") << 3 << 0.06 << 1.60;
    }
    void edgesBecomeSteeperByLevelAndWhatTheFormulaSays() {
        QFETCH(int, level);
        QFETCH(double, softMm);
        QFETCH(double, atLeast);
        const Sharpening s = std::array{Sharpening{}, low, standard, high}[static_cast<std::size_t>(level)];
        const Plane before = edge(0.3, 0.7, softMm, {600});
        const double gain = steepest(sharpened(before, s, {600})) / steepest(before);
        const double r = s.radiusUm / 1000.0;
        const double expected = 1 + s.amountPermille / 1000.0 * (1 - softMm / std::hypot(softMm, r));
        qInfo("steeper by %.3f, the formula says %.3f", gain, expected);
        QVERIFY2(gain >= atLeast, qPrintable(QString::number(gain)));
        QVERIFY2(gain <= expected * 1.02, qPrintable(QString::number(gain)));
    }

    void aHaloIsNeverDeeperThanItsLimit() {
        // Neutral edges between all lightnesses. 1 of luma is at most 131 L* (where the sRGB curve meets its toe).
        for (const Sharpening& s : {low, standard, high}) {
            const double limit = s.overshootPermille / 1000.0;
            double worst = 0, worstLightness = 0;
            for (double from = 0; from <= 0.9; from += 0.1)
                for (double to = from + 0.1; to <= 1; to += 0.1)
                    for (const double mm : {0.02, 0.05, 0.1}) {
                        const Plane after = sharpened(edge(from, to, mm, {300}), s);
                        for (const float v : after.samples) {
                            worst = std::max({worst, from - v, v - to});
                            worstLightness = std::max(
                                {worstLightness, lightness(from) - lightness(v), lightness(v) - lightness(to)});
                        }
                    }
            qInfo("%s: halo %.3f of luma, %.1f L*", toString(s.level), worst, worstLightness);
            QVERIFY(worst <= limit + 1.0 / 16000);
            QVERIFY(worst > limit * 0.9);  // hard edges do reach it
            QVERIFY(worstLightness <= 131 * limit);
        }
    }

    void theMeanStays() {
        const image::Picture picture = crisp(300, 200);
        const Plane before = made(300, 200, 3, [&](int x, int y, int c) {
            // Away from black and white, where there is no room for half of each halo.
            return 0.1 +
                   0.8 * std::to_integer<int>(picture.bytes[static_cast<std::size_t>((y * 300 + x) * 3 + c)]) / 255;
        });
        const auto mean = [](const Plane& p) {
            double sum = 0;
            for (const float v : p.samples) sum += v;
            return 255 * sum / static_cast<double>(p.samples.size());
        };
        for (const Sharpening& s : {low, standard, high}) {
            const Plane after = sharpened(before, s);
            QVERIFY(after != before);
            const double moved = std::fabs(mean(after) - mean(before));
            qInfo("%s moves the mean by %.4f of 255", toString(s.level), moved);
            QVERIFY2(moved < 0.1, qPrintable(QString("%1 of 255").arg(moved)));
        }
    }

    void aRadiusIsMillimetresOfPaper() {
        // The same edge at 300 and 600 dpi: where the pixels of 300 dpi lie, halfway between two of 600.
        for (const double mm : {0.08, 0.12}) {
            const Plane coarse = sharpened(edge(0.3, 0.7, mm, {300}), standard, {300});
            const Plane fine = sharpened(edge(0.3, 0.7, mm, {600}), standard, {600});
            const Plane plain = edge(0.3, 0.7, mm, {300});
            double worst = 0, done = 0;
            for (int x = 0; x < coarse.width; x++) {
                const double between = (fine.at(2 * x, 40 / 2) + static_cast<double>(fine.at(2 * x + 1, 20))) / 2;
                worst = std::max(worst, std::fabs(coarse.at(x, 20) - between));
                done = std::max(done, std::fabs(static_cast<double>(coarse.at(x, 20)) - plain.at(x, 20)));
            }
            qInfo("sharpened by %.4f, 600 dpi differs by %.4f", done, worst);
            QVERIFY2(worst < done / 4, qPrintable(QString("%1 of %2").arg(worst).arg(done)));
        }
    }

    void everyPixelIsWhatTheFormulaSays() {
        const Plane before = noisy(67, 41, 3);
        for (const int dpi : {200, 300, 600}) {
            const Plane after = sharpened(before, standard, {dpi});
            const std::vector<double> added = reference(before, standard, dpi);
            for (int y = 0; y < before.height; y++)
                for (int x = 0; x < before.width; x++)
                    for (int c = 0; c < 3; c++) {
                        const double wanted =
                            std::clamp(before.at(x, y, c) + added[static_cast<std::size_t>(y * 67 + x)], 0.0, 1.0);
                        // Rounding of luma, of each tap both ways, of the amount: 1/1600 of white at most.
                        QVERIFY2(
                            std::fabs(after.at(x, y, c) - wanted) < 1.0 / 1600,
                            qPrintable(QString("%1 %2: %3 not %4").arg(x).arg(y).arg(after.at(x, y, c)).arg(wanted)));
                    }
        }
    }

    void stripsOfAnyHeightAndEveryProcessorGiveTheSameSamples() {
        for (const auto& code : {std::shared_ptr<const LightCurves>(), std::make_shared<const LightCurves>()})
            for (const int width : {1, 2, 5, 16, 33, 250}) {
                const Plane before = noisy(width, 37, 3);
                const Plane after = sharpened(before, high, {450}, 8, code);
                for (const int room : {1, 2, 3, 16, 37}) QVERIFY(sharpened(before, high, {450}, room, code) == after);
                QVERIFY(isSameOnEveryProcessor(after, [&] { return sharpened(before, high, {450}, 8, code); }));
            }
    }

    void lightIsSharpenedAsItsCode() {
        const Plane codes = noisy(120, 60, 3);
        const Plane light = made(120, 60, 3, [&](int x, int y, int c) { return lightOfCode(codes.at(x, y, c)); });
        const Plane wanted = sharpened(codes, high),
                    after = sharpened(light, high, {300}, 8, std::make_shared<const LightCurves>());
        double worst = 0;
        for (std::size_t i = 0; i < after.samples.size(); i++)
            worst = std::max(worst, std::fabs(codeOfLight(static_cast<double>(after.samples[i])) -
                                              static_cast<double>(wanted.samples[i])));
        QVERIFY2(worst < 1.0 / 1600, qPrintable(QString::number(worst)));
    }

    void lightOutsideTheScaleStaysOutsideAndHasItsHalo() {
        // Wide sources reach a little below black and above white, adjusted photos further: nothing is cut here.
        const Plane flat = made(40, 20, 3, [](int, int, int c) { return c == 0 ? -0.004 : c == 1 ? 1.6 : 0.5; });
        QVERIFY(sharpened(flat, high, {300}, 8, std::make_shared<const LightCurves>()) == flat);
        const Plane edge = made(40, 20, 3, [](int x, int, int) { return x < 20 ? 0.3 : 1.6; });
        const Plane after = sharpened(edge, high, {300}, 8, std::make_shared<const LightCurves>());
        const double halo = codeOfLight(0.3) - codeOfLight(static_cast<double>(after.at(19, 10)));
        QVERIFY(halo > 0.07 && halo <= 0.08 + 1.0 / 1600);
        QCOMPARE(after.at(20, 10), 1.6F);
    }

    void aPageIsSharpenedInBothLanesAndConversions_data() {
        QTest::addColumn<int>("lane");
        QTest::addColumn<int>("conversion");
        QTest::addRow("fast, fused") << 0 << 1;
        QTest::addRow("fast, two halves") << 0 << 0;
        QTest::addRow("archival, reduced in linear light") << 1 << 0;
    }
    void aPageIsSharpenedInBothLanesAndConversions() {
        QFETCH(int, lane);
        QFETCH(int, conversion);
        OnePhoto photo(crisp(300, 220), Orientation::Upright, {211, 149}, icc::Profile::syntheticPhotoRgb());
        photo.recipe.lane = static_cast<Lane>(lane);
        photo.recipe.photos[0].conversion = static_cast<Conversion>(conversion);
        const QTemporaryDir tables;
        photo.ingredients.tables = std::make_shared<ColourTables>(tables.path().toStdString());
        const image::Picture plain = rendered(photo);
        photo.recipe.sharpening = standard;
        QVERIFY(rendered(photo) != plain);
        QVERIFY(isSameEverywhere(photo));
    }

    void paperIsNeverSharpened() {
        // A dark photo, paper around it: neither the paper nor the photo's edge gets a halo.
        const image::Picture dark = [] {
            image::Picture p = image::Picture::ofSize({100, 100}, {Channels::Rgb, Depth::U8});
            std::fill(p.bytes.begin(), p.bytes.end(), std::byte{60});
            return p;
        }();
        OnePhoto photo(dark, Orientation::Upright, {80, 90}, icc::Profile::srgb());
        photo.recipe.frames[0].box = {10, 20, 50, 40};
        const image::Picture plain = rendered(photo);
        photo.recipe.sharpening = high;
        QVERIFY(rendered(photo) == plain);
    }

    void aTurnedPhotoIsSharpenedAsTheUprightOne() {
        // Dots are twice as close down the page: the radius must follow the page, not the rows of the file.
        const image::Picture upright = crisp(140, 90);
        image::Picture expected;
        for (int o = 1; o <= 8; o++) {
            OnePhoto photo(upright, static_cast<Orientation>(o), {140, 180}, icc::Profile::srgb());
            photo.recipe.device.depth = Depth::U16;
            photo.recipe.dpiY = Dpi{600};
            photo.recipe.sharpening = standard;
            const image::Picture page = rendered(photo);
            if (o == 1) expected = page;
            int worst = 0;
            for (std::size_t i = 0; i < page.bytes.size() / 2; i++) {
                const auto at = [&](const image::Picture& p) {
                    return static_cast<int>(reinterpret_cast<const std::uint16_t*>(p.bytes.data())[i]);
                };
                worst = std::max(worst, std::abs(at(page) - at(expected)));
            }
            // Two steps of 8 bits at the very most: blurring across first rounds otherwise than down first.
            QVERIFY2(worst <= 514, qPrintable(QString("orientation %1 differs by %2").arg(o).arg(worst)));
        }
    }

    void smallPreviewsAreLeftAsTheyAreAndLargerOnesAreSharpened() {
        OnePhoto photo(crisp(300, 220), Orientation::Upright, {150, 110}, icc::Profile::srgb());
        for (const int dpi : {60, 80}) {  // 0.21 pixels are nothing to sharpen, 0.28 neither
            photo.recipe.dpiX = photo.recipe.dpiY = Dpi{dpi};
            photo.recipe.sharpening = {};
            const image::Picture plain = rendered(photo);
            photo.recipe.sharpening = standard;
            QVERIFY(rendered(photo) == plain);
        }
        photo.recipe.dpiX = photo.recipe.dpiY = Dpi{150};
        const image::Picture at150 = rendered(photo);
        photo.recipe.sharpening = {};
        QVERIFY(rendered(photo) != at150);
    }
};

QTEST_GUILESS_MAIN(SharpenTest)
#include "sharpen_test.moc"
