// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The golden pair: one photo printed by one table and by both halves looks the same, so that a slider's first step,
// which parts the halves, does not jump.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "core/decode/worker/open_photo.h"
#include "core/render/pipeline.h"
#include "icc/print_colour.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::render;

namespace {

/// A page of the photo at 300 dpi, in 16 bits, its middle cut to the shape of the raster.
Recipe recipeOf(const image::PhotoFacts& facts, const icc::Profile& paper, image::PixelSize raster) {
    const double wanted = static_cast<double>(raster.width) / raster.height;
    const double has = static_cast<double>(facts.uprightSize().width) / facts.uprightSize().height;
    Crop crop;
    if (has > wanted) crop = {(1 - wanted / has) / 2, 0, wanted / has, 1};
    if (has < wanted) crop = {0, (1 - has / wanted) / 2, 1, has / wanted};
    Recipe recipe;
    recipe.photos.push_back({Sha256::of("photo"), facts.uprightSize(), facts.orientation, facts.colour.profile,
                             facts.colour.basis, Conversion::Fused});
    recipe.raster = raster;
    recipe.frames.push_back({0, crop.rounded(), {0, 0, raster.width, raster.height}, image::Orientation::Upright});
    recipe.outputProfile = paper.hash();
    recipe.device = {image::Channels::Rgb, image::Depth::U16};
    return recipe;
}

std::vector<float> samplesOf(const Recipe& recipe, const Ingredients& ingredients) {
    image::PictureSink sink;
    const auto page = renderPage(recipe, ingredients, sink, {.threads = 2});
    if (!page) qFatal("%s: %s", page.error().reason.c_str(), page.error().detail.c_str());
    const auto* words = reinterpret_cast<const std::uint16_t*>(sink.picture().bytes.data());
    std::vector<float> samples(sink.picture().bytes.size() / 2);
    for (std::size_t i = 0; i < samples.size(); i++) samples[i] = static_cast<float>(words[i]) / 65535.0F;
    return samples;
}

}  // namespace

class GoldenPairTest : public QObject {
    Q_OBJECT
  private slots:
    void aPhotoFusedAndInTwoHalvesLooksTheSame_data() {
        QTest::addColumn<QString>("photo");
        for (const char* photo :
             {"/resources/samples/church.jpg", "/resources/samples/sunset.jpg", "/tests/data/photos/Canon_EOS_7D.jpg"})
            QTest::addRow("%s", photo) << QString(tests::sourceFolder) + photo;
    }
    void aPhotoFusedAndInTwoHalvesLooksTheSame() {
        QFETCH(QString, photo);
        const icc::Profile paper = icc::Profile::syntheticPhotoRgb();
        const QTemporaryDir folder;
        const Ingredients ingredients{
            [&](int, const image::PhotoRequest& request) -> Result<std::unique_ptr<image::PhotoSource>> {
                CONTONE_TRY(FileDescriptor file, openForReading(photo.toStdString()));
                return decode::openPhoto(decode::narrowCodecs(), std::move(file), request);
            },
            paper, std::make_shared<ColourTables>(folder.path().toStdString())};
        const auto looked = ingredients.openPhoto(0, {});
        QVERIFY(looked);
        Recipe recipe = recipeOf((*looked)->facts(), paper, {600, 400});
        const auto colour = icc::PrintColour::create(paper);
        for (const Sharpening& sharpening :
             {Sharpening{}, Sharpening{SharpenLevel::Low, 90, 500, 25},
              Sharpening{SharpenLevel::Standard, 90, 1000, 50}, Sharpening{SharpenLevel::High, 90, 1600, 80}}) {
            recipe.sharpening = sharpening;
            recipe.photos[0].conversion = Conversion::Fused;
            const std::vector<float> fused = samplesOf(recipe, ingredients);
            recipe.photos[0].conversion = Conversion::TwoHalves;
            std::vector<double> differences = colour->deltaE(fused, samplesOf(recipe, ingredients));
            std::ranges::sort(differences);
            const double p99 = differences[differences.size() * 99 / 100];
            qInfo("%s: ΔE2000 p50 %.3f, p99 %.3f, most %.2f", toString(sharpening.level),
                  differences[differences.size() / 2], p99, differences.back());
            QVERIFY2(p99 <= 0.5, qPrintable(QString::number(p99)));
        }
    }
};

QTEST_GUILESS_MAIN(GoldenPairTest)
#include "golden_pair_test.moc"
