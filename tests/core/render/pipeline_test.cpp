// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The whole page: against the oracle, with any number of threads, in any strips, in both lanes, through the proof.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <span>

#include "core/render/dither.h"
#include "core/render/proof_sink.h"
#include "tests/core/render/every_processor.h"
#include "tests/core/render/memory_source.h"
#include "tests/core/render/reference.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using image::PictureSink;
using render::testing::colourful;
using render::testing::isSameEverywhere;
using render::testing::OnePhoto;
using render::testing::rendered;
using render::testing::worstDifference;

namespace {

image::Picture inSixteenBits(const image::Picture& picture) {
    image::Picture wide = image::Picture::ofSize(picture.size, {picture.format.channels, Depth::U16});
    auto* sample = reinterpret_cast<std::uint16_t*>(wide.bytes.data());
    for (const std::byte b : picture.bytes) *sample++ = static_cast<std::uint16_t>(std::to_integer<int>(b) * 257);
    return wide;
}

}  // namespace

class PipelineTest : public QObject {
    Q_OBJECT
  private slots:
    void thePageEqualsTheOracleWithinOneStepOfEightBits() {
        // Oracle: double-precision Lanczos3 on the encoded photo, then the same two colour halves on its values.
        const image::Picture upright = colourful(150, 100);
        const icc::Profile output = icc::Profile::syntheticPhotoRgb();
        OnePhoto photo(upright, Orientation::Upright, {60, 45}, output);
        photo.recipe.frames[0].crop = {0.1, 0.05, 0.8, 0.9};
        photo.recipe.device.depth = Depth::U16;
        const image::Picture page = rendered(photo);

        std::vector<double> encoded;
        for (const std::byte b : upright.bytes) encoded.push_back(static_cast<int>(b) / 255.0);
        std::vector<float> row;
        for (const double v :
             render::testing::referenceResample(encoded, 150, 100, 3, photo.recipe.frames[0].crop, 60, 45))
            row.push_back(static_cast<float>(std::clamp(v, 0.0, 1.0)));
        const auto a = icc::InputTransform::create(icc::Profile::srgb(), {});
        const auto b = icc::OutputTransform::create(output, {.gamut = a->gamut()});
        std::vector<float> working(row.size()), device(row.size());
        a->apply(row.data(), working.data(), 60 * 45);
        b->apply(working.data(), device.data(), 60 * 45);
        double worst = 0;
        for (std::size_t i = 0; i < device.size(); i++)
            worst = std::max(
                worst, std::fabs(device[i] * 65535.0 - reinterpret_cast<const std::uint16_t*>(page.bytes.data())[i]));
        QVERIFY2(worst < 8, qPrintable(QString::number(worst)));  // of 65,535: far below one step of 8 bits (257)
    }

    void anyNumberOfThreadsAndEveryProcessorGiveTheSameBytes_data() {
        QTest::addColumn<bool>("archival");
        QTest::addColumn<bool>("sixteenBits");
        for (const bool archival : {false, true})
            for (const bool sixteenBits : {false, true})
                QTest::addRow("%s lane, %d bits", archival ? "archival" : "fast", sixteenBits ? 16 : 8)
                    << archival << sixteenBits;
    }

    void anyNumberOfThreadsAndEveryProcessorGiveTheSameBytes() {
        QFETCH(bool, archival);
        QFETCH(bool, sixteenBits);
        const image::Picture upright = colourful(300, 220);
        OnePhoto photo(sixteenBits ? inSixteenBits(upright) : upright, Orientation::Rotate270, {123, 171},
                       icc::Profile::syntheticPhotoRgb());
        photo.recipe.lane = archival ? Lane::Archival : Lane::Fast;
        const QTemporaryDir tables;  // building one takes longer than all pages here
        photo.ingredients.tables = std::make_shared<ColourTables>(tables.path().toStdString());
        QVERIFY(isSameEverywhere(photo));
    }

    void aBorderFillHasTheColourOfAPhotoInThatColour() {
        const Srgb colour{30, 90, 160};
        image::Picture flat = image::Picture::ofSize({40, 40}, {Channels::Rgb, Depth::U8});
        for (std::size_t i = 0; i < flat.bytes.size(); i++)
            flat.bytes[i] = static_cast<std::byte>(i % 3 == 0 ? colour.red : i % 3 == 1 ? colour.green : colour.blue);
        for (const auto& profile :
             {icc::Profile::srgb(), icc::Profile::syntheticPhotoRgb(), icc::Profile::syntheticPhotoCmyk()}) {
            const auto channels = static_cast<std::size_t>(profile.channels());
            OnePhoto photo(flat, Orientation::Upright, {80, 90}, profile);
            photo.recipe.device = {static_cast<Channels>(profile.channels()), Depth::U16};
            photo.recipe.dither = false;
            photo.recipe.frames[0].box = {20, 30, 40, 40};
            photo.recipe.borderFill = BorderFill{{5, 10, 70, 75}, colour};
            const image::Picture page = rendered(photo);
            const auto at = [&](int x, int y, std::size_t c) {
                return static_cast<int>(page.strip().row<std::uint16_t>(y)[static_cast<std::size_t>(x) * channels + c]);
            };
            for (std::size_t c = 0; c < channels; c++) {
                const int paper = profile.channels() == 4 ? 0 : 65535;
                // Within a 2000th of the range: flat photos go through the resampler.
                QVERIFY(std::abs(at(40, 50, c) - at(6, 11, c)) <= 32);
                for (const auto& [x, y] : {std::pair{5, 10}, {74, 84}, {19, 30}, {60, 69}, {20, 29}})
                    QCOMPARE(at(x, y, c), at(6, 11, c));
                for (const auto& [x, y] : {std::pair{4, 10}, {75, 84}, {40, 9}, {40, 85}}) QCOMPARE(at(x, y, c), paper);
            }
            photo.recipe.borderFill->box.width = 76;
            PictureSink sink;
            QCOMPARE(renderPage(photo.recipe, photo.ingredients, sink).error().reason, std::string("recipe-damaged"));
        }
    }

    void aStreamedPageEqualsTheSamePageOnACanvas() {
        const image::Picture upright = colourful(100, 80);
        OnePhoto streamed(upright, Orientation::Upright, {60, 50}, icc::Profile::syntheticPhotoRgb());
        streamed.recipe.frames[0].box = {5, 3, 50, 40};
        OnePhoto canvas = streamed;
        canvas.recipe.frames.push_back(canvas.recipe.frames[0]);
        canvas.recipe.frames[1].box = {0, 45, 5, 5};  // a second one, below
        const image::Picture one = rendered(streamed), other = rendered(canvas);
        QVERIFY(one != other);
        QVERIFY(std::equal(one.bytes.begin(), one.bytes.begin() + 45 * static_cast<int>(one.stride()),
                           other.bytes.begin()));
    }

    void ditherDependsOnThePlaceOnThePageAlone() {
        // However the photo lies: the 8-bit page is the 16-bit page, dithered row by row from the top.
        for (int o = 1; o <= 8; o++) {
            OnePhoto photo(colourful(90, 70), static_cast<Orientation>(o), {80, 66}, icc::Profile::srgb());
            photo.recipe.frames[0].box = {9, 5, 61, 57};
            OnePhoto wide = photo;
            wide.recipe.device.depth = Depth::U16;
            const image::Picture bytes = rendered(photo), words = rendered(wide);
            std::vector<std::uint8_t> row(80 * 3);
            for (int y = 0; y < 66; y++) {
                ditherRow(words.strip().row<std::uint16_t>(y), row.data(), 80, 3, {0, y});
                QVERIFY(std::ranges::equal(row, std::span(bytes.strip().row<std::uint8_t>(y), row.size())));
            }
        }
    }

    void aPageInAScratchFileIsTheSameAndLeavesNothingBehind() {
        const QTemporaryDir folder;
        for (const Depth depth : {Depth::U8, Depth::U16}) {
            OnePhoto photo(colourful(90, 70), Orientation::Rotate90, {80, 66}, icc::Profile::srgb());
            photo.recipe.device.depth = depth;
            const image::Picture inMemory = rendered(photo);
            photo.ingredients.tables = std::make_shared<ColourTables>(folder.path().toStdString());
            PictureSink sink;
            QVERIFY(renderPage(photo.recipe, photo.ingredients, sink, {.canvasBudget = 0}));
            QVERIFY(sink.picture() == inMemory);
        }
        QVERIFY(folder.isValid() && QDir(folder.path()).isEmpty());  // sRGB needs no table
    }

    void anyHeightOfStripsGivesTheSameBytes() {
        const image::Picture upright = colourful(160, 120);
        OnePhoto photo(upright, Orientation::Upright, {70, 50}, icc::Profile::srgb());
        for (const Lane lane : {Lane::Fast, Lane::Archival}) {
            photo.recipe.lane = lane;
            image::Picture first;
            for (const int rows : {1 << 30, 1, 2, 7, 31, 33}) {
                photo.ingredients.openPhoto =
                    [&](int, const image::PhotoRequest&) -> Result<std::unique_ptr<image::PhotoSource>> {
                    auto source = std::make_unique<render::testing::MemorySource>(upright, Orientation::Upright);
                    source->setStripRows(rows);
                    return source;
                };
                for (const int threads : {1, 3}) {
                    const image::Picture page = rendered(photo, threads);
                    if (first.bytes.empty()) first = page;
                    QVERIFY(page == first);
                }
            }
        }
    }

    void theArchivalLaneKeepsTheLightOfFineDetail() {
        // Black and white lines reduced away must have half the light (0.5 linear = 188 in sRGB), not half the code.
        image::Picture lines = image::Picture::ofSize({400, 400}, {Channels::Rgb, Depth::U8});
        for (int y = 0; y < 400; y++)
            for (int x = 0; x < 1200; x++)
                lines.bytes[static_cast<std::size_t>(y * 1200 + x)] = static_cast<std::byte>(y % 2 ? 255 : 0);
        OnePhoto photo(lines, Orientation::Upright, {50, 50}, icc::Profile::srgb());
        photo.recipe.dither = false;
        const auto centre = [&] { return static_cast<int>(rendered(photo).strip().row<std::uint8_t>(25)[75]); };
        QVERIFY2(std::abs(centre() - 128) <= 2, qPrintable(QString::number(centre())));
        photo.recipe.lane = Lane::Archival;
        QVERIFY2(std::abs(centre() - 188) <= 1, qPrintable(QString::number(centre())));
    }

    void theProofOfASaturatedPhotoDiffersFromItAndIsStable() {
        const image::Picture upright = colourful(120, 80);
        OnePhoto photo(upright, Orientation::Upright, {120, 80}, icc::Profile::syntheticPhotoRgb());
        const auto proofOf = [&](icc::ProofTransform::Simulate simulate) {
            auto transform =
                icc::ProofTransform::create(photo.ingredients.outputProfile, icc::Profile::srgb(), simulate);
            PictureSink screen;
            ProofSink proof(std::move(*transform), {}, screen);
            if (!renderPage(photo.recipe, photo.ingredients, proof)) qFatal("render");
            return screen.picture();
        };
        const image::Picture adapted = proofOf(icc::ProofTransform::Simulate::Adapted),
                             paper = proofOf(icc::ProofTransform::Simulate::PaperAndInk);
        QVERIFY(adapted == proofOf(icc::ProofTransform::Simulate::Adapted));
        double difference = 0;
        for (std::size_t i = 0; i < upright.bytes.size(); i++)
            difference += std::abs(static_cast<int>(adapted.bytes[i]) - static_cast<int>(upright.bytes[i]));
        QVERIFY(difference / static_cast<double>(upright.bytes.size()) > 4);  // a saturated photo visibly loses colour
        QVERIFY(worstDifference(adapted, paper) > 8);                         // paper white is not monitor white
    }

    void theRasterHashIsTheHashOfTheDevicePixels() {
        OnePhoto photo(colourful(90, 60), Orientation::Upright, {45, 30}, icc::Profile::syntheticPhotoRgb());
        PictureSink sink;
        const auto page = renderPage(photo.recipe, photo.ingredients, sink);
        QVERIFY(page->rasterHash == image::rasterHash(sink.picture()));
        QVERIFY(page->recipeHash == hashOf(photo.recipe));
    }
};

QTEST_GUILESS_MAIN(PipelineTest)
#include "pipeline_test.moc"
