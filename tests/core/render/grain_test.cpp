// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Film grain: the same at the same place of the photo in any size, crop and turn; middle tones have most, black and
// white none; light keeps its mean and colours their hue; and it has no pattern.
#include <QTest>

#include "core/render/adjustments/adjustments.h"
#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using render::testing::OnePhoto;
using render::testing::rendered;

namespace {

image::Adjustments grained() {
    image::Adjustments all;
    all.set("grain", 100);
    return all;
}

/// By which factor each pixel of one colour changes, in a photo of 3000 × 2000 pixels.
class Flat {
  public:
    static constexpr int width = 3000, height = 2000, rows = 300;
    explicit Flat(std::array<float, 3> colour) : m_gains(static_cast<std::size_t>(width) * rows) {
        const RowStages stages = adjustmentStages(grained(), {.photo = {width, height}});
        std::vector<float> packed(width * 4), scratch(width * 4);
        for (int y = 0; y < rows; y++) {
            for (std::size_t i = 0; i < width * 3; i++) packed[i] = colour[i % 3];
            Row row{.packed = packed.data(),
                    .scratch = scratch.data(),
                    .photo = {0.5 / width, (y + 0.5) / height, 1.0 / width, 0},
                    .width = width};
            for (const auto& stage : stages) stage->run(row);
            for (int x = 0; x < width; x++) {
                const float* is = row.packed + static_cast<std::ptrdiff_t>(x) * 3;
                const float gain = colour[0] == 0 ? is[0] : is[0] / colour[0];
                for (std::size_t c = 0; c < 3; c++) m_turned = std::max(m_turned, std::fabs(is[c] - colour[c] * gain));
                at(x, y) = gain;
            }
        }
    }
    float& at(int x, int y) { return m_gains[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)]; }
    float least() const { return std::ranges::min(m_gains); }
    float most() const { return std::ranges::max(m_gains); }
    float turned() const { return m_turned; }  ///< by how much a channel did not go with the others
    double mean() const {
        double sum = 0;
        for (const float g : m_gains) sum += static_cast<double>(g);
        return sum / static_cast<double>(m_gains.size());
    }
    /// Of neighbours that lie so far apart; the spread itself for 0, 0.
    double together(int across, int down) {
        double sum = 0;
        const double its = mean();
        for (int y = 0; y + down < rows; y++)
            for (int x = 0; x + across < width; x++)
                sum += (static_cast<double>(at(x, y)) - its) * (static_cast<double>(at(x + across, y + down)) - its);
        return sum / ((width - across) * (rows - down));
    }

  private:
    std::vector<float> m_gains;
    float m_turned = 0;
};

Flat gray(float light) {
    return Flat({light, light, light});
}

/// A tenth of a gray photo, of whatever is stored how, on so wide a page; as light.
std::vector<double> tenth(Orientation stored, int width) {
    image::Picture picture = image::Picture::ofSize({1200, 800}, {Channels::Rgb, Depth::U16});
    std::ranges::fill(picture.bytes, std::byte{120});
    OnePhoto photo(picture, stored, {width, width * 2 / 3}, icc::Profile::srgb());
    photo.recipe.device.depth = Depth::U16;
    photo.recipe.dither = false;
    photo.recipe.frames[0].crop = {0.4, 0.3, 0.1, 0.1};
    photo.recipe.frames[0].adjustments = grained();
    const image::Picture page = rendered(photo, 2);
    std::vector<double> light;
    for (int y = 0; y < page.size.height; y++)
        for (int x = 0; x < page.size.width; x++)
            light.push_back(std::pow((page.strip().row<std::uint16_t>(y)[x * 3] / 65535.0 + 0.055) / 1.055, 2.4));
    return light;
}

struct Likeness {
    double together, spreads;  ///< the correlation; spread of the second in that of the first
};
Likeness likeness(const std::vector<double>& a, const std::vector<double>& b) {
    const auto mean = [](const std::vector<double>& v) {
        double sum = 0;
        for (const double x : v) sum += x;
        return sum / static_cast<double>(v.size());
    };
    const double ofA = mean(a), ofB = mean(b);
    double aa = 0, bb = 0, ab = 0;
    for (std::size_t i = 0; i < a.size(); i++) {
        aa += (a[i] - ofA) * (a[i] - ofA);
        bb += (b[i] - ofB) * (b[i] - ofB);
        ab += (a[i] - ofA) * (b[i] - ofB);
    }
    return {ab / std::sqrt(aa * bb), std::sqrt(bb / aa)};
}

}  // namespace

class GrainTest : public QObject {
    Q_OBJECT
  private slots:
    void lightKeepsItsMeanAndColoursTheirHue() {
        // 900,000 pixels with some 250,000 grains, whose spread is 0.2 at most: the mean of the mean is 0.0004.
        for (const float light : {0.02F, 0.18F, 0.5F, 0.9F}) {
            const double mean = gray(light).mean();
            QVERIFY2(std::fabs(mean - 1) < 0.001, qPrintable(QString::number(mean)));
        }
        for (const std::array<float, 3>& colour :
             {std::array{0.5F, 0.1F, 0.05F}, {0.1F, 0.2F, 0.6F}, {0.6F, 0.4F, 0.3F}}) {
            const Flat flat(colour);
            QVERIFY(flat.turned() < 1e-6F && flat.most() > 1.1F);
        }
    }
    void middleTonesHaveMostBlackAndWhiteNone() {
        QVERIFY(gray(0).most() == 0);
        QVERIFY(gray(1).least() > 1 - 1e-5F && gray(1).most() < 1 + 1e-5F);
        // In steps of light's square root, which is near to how eyes see them.
        const auto seen = [](float light) { return std::sqrt(gray(light).together(0, 0) * light) / 2; };
        const double middle = seen(0.25F);
        QVERIFY2(middle > 0.03 && middle < 0.06, qPrintable(QString::number(middle)));
        for (const float other : {0.01F, 0.04F, 0.64F, 0.9F}) QVERIFY(seen(other) < 0.7 * middle);
        // Nothing is darker than black or lighter than white, and a lighter tone stays lighter at the same place.
        Flat before = gray(0.001F);
        float lightBefore = 0.001F;
        for (const float light : {0.01F, 0.05F, 0.1F, 0.2F, 0.4F, 0.6F, 0.8F, 0.95F, 1.0F}) {
            Flat now = gray(light);
            QVERIFY(now.least() > 0 && now.most() * light < 1.0001F);
            for (int x = 0; x < Flat::width; x++) QVERIFY(now.at(x, 7) * light > before.at(x, 7) * lightBefore);
            before = std::move(now);
            lightBefore = light;
        }
    }
    void grainsThatLieApartHaveNothingInCommon() {
        // The largest are 2.5 pixels here, blended with the next: nothing is left 10 pixels on, in any direction.
        Flat flat = gray(0.25F);
        const double spread = flat.together(0, 0);
        QVERIFY(flat.together(1, 0) > 0.3 * spread && flat.together(0, 1) > 0.3 * spread);
        for (const auto& [across, down] :
             {std::pair(10, 0), {0, 10}, {10, 10}, {64, 0}, {0, 64}, {100, 100}, {1280, 0}, {512, 256}}) {
            const double share = flat.together(across, down) / spread;
            QVERIFY2(std::fabs(share) < 0.02, qPrintable(QString("%1 %2: %3").arg(across).arg(down).arg(share)));
        }
    }
    void aPlaceOfThePhotoHasTheSameGrainInAnySizeAndTurn() {
        const std::vector<double> large = tenth(Orientation::Upright, 900);
        for (const auto stored : {Orientation::Rotate90, Orientation::Rotate180, static_cast<Orientation>(5)}) {
            const Likeness same = likeness(large, tenth(stored, 900));
            QVERIFY2(same.together > 0.9999 && std::fabs(same.spreads - 1) < 0.001,
                     qPrintable(QString::number(same.together)));
        }
        // A third of the size, with pixels smaller than the grains: where the pixels' centres are the same.
        const std::vector<double> small = tenth(Orientation::Upright, 300);
        std::vector<double> centres;
        for (int y = 1; y < 600; y += 3)
            for (int x = 1; x < 900; x += 3)
                centres.push_back(large[static_cast<std::size_t>(y) * 900 + static_cast<std::size_t>(x)]);
        const Likeness third = likeness(centres, small);
        QVERIFY2(third.together > 0.98 && third.spreads > 0.8 && third.spreads <= 1,
                 qPrintable(QString("%1 %2").arg(third.together).arg(third.spreads)));
    }
    void pixelsThatCoverManyGrainsShowAsMuchOfThemAsTheirMean() {
        const std::vector<double> large = tenth(Orientation::Upright, 900);
        for (const int factor : {5, 10, 20, 30}) {
            const int width = 900 / factor;
            std::vector<double> means(static_cast<std::size_t>(width) * static_cast<std::size_t>(600 / factor));
            for (int y = 0; y < 600; y++)
                for (int x = 0; x < 900; x++)
                    means[static_cast<std::size_t>(y / factor * width + x / factor)] +=
                        large[static_cast<std::size_t>(y) * 900 + static_cast<std::size_t>(x)] / (factor * factor);
            const Likeness its = likeness(means, tenth(Orientation::Upright, width));
            QVERIFY2(its.spreads > 0.8 && its.spreads < 1.2,
                     qPrintable(QString("%1: %2").arg(factor).arg(its.spreads)));
        }
    }
};

QTEST_GUILESS_MAIN(GrainTest)
#include "grain_test.moc"
