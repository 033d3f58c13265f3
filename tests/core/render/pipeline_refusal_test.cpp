// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Renders that go wrong, are refused or cancelled say so.
#include <QTest>

#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using image::PictureSink;
using render::testing::colourful;
using render::testing::OnePhoto;

class PipelineRefusalTest : public QObject {
    Q_OBJECT
  private slots:
    void aScratchFileThatCannotBeMadeIsTold() {
        OnePhoto photo(colourful(90, 70), Orientation::Rotate90, {80, 66}, icc::Profile::srgb());
        photo.ingredients.tables = std::make_shared<ColourTables>("/proc/no-such-folder");
        PictureSink sink;
        QVERIFY(!renderPage(photo.recipe, photo.ingredients, sink, {.canvasBudget = 0}));
    }

    void aSinkThatFailsEndsTheRender() {
        struct FullDisk final : image::StripSink {
            int strips = 0;
            Result<void> begin(const image::PageHeader&) override { return {}; }
            Result<void> write(image::StripView) override {
                if (++strips < 3) return {};
                return fail(Code::Unavailable, "disk-full", "The disk is full.");
            }
            Result<void> finish() override { return {}; }
        };
        for (const int threads : {1, 2, 4}) {
            OnePhoto photo(colourful(90, 700), Orientation::Upright, {45, 700}, icc::Profile::srgb());
            FullDisk sink;
            const auto page = renderPage(photo.recipe, photo.ingredients, sink, {.threads = threads});
            QCOMPARE(page.error().reason, std::string("disk-full"));
            QCOMPARE(sink.strips, 3);  // and nothing is written after it
        }
    }

    void coloursThatDoNotFitTheStripsAreRefused() {
        OnePhoto photo(colourful(90, 60), Orientation::Upright, {45, 30}, icc::Profile::syntheticPhotoRgb());
        image::Picture ink = image::Picture::ofSize({90, 60}, {Channels::Cmyk, Depth::U8});
        photo.ingredients.openPhoto = [&](int,
                                          const image::PhotoRequest&) -> Result<std::unique_ptr<image::PhotoSource>> {
            return std::make_unique<render::testing::MemorySource>(ink, Orientation::Upright);
        };
        PictureSink sink;
        QCOMPARE(renderPage(photo.recipe, photo.ingredients, sink).error().reason, std::string("photo-damaged"));
    }

    void aChangedPhotoIsRefused() {
        OnePhoto photo(colourful(90, 60), Orientation::Upright, {45, 30}, icc::Profile::syntheticPhotoRgb());
        photo.recipe.photos[0].uprightSize.width = 91;
        PictureSink sink;
        QCOMPARE(renderPage(photo.recipe, photo.ingredients, sink).error().reason, std::string("photo-changed"));
    }

    void aFrameOutsideThePageIsRefused() {
        OnePhoto photo(colourful(90, 60), Orientation::Upright, {45, 30}, icc::Profile::syntheticPhotoRgb());
        photo.recipe.frames[0].box = {1, 0, 45, 30};
        PictureSink sink;
        QCOMPARE(renderPage(photo.recipe, photo.ingredients, sink).error().reason, std::string("recipe-damaged"));
    }

    void opacityAndSoftEdgesThatCannotBeAreRefused() {
        for (const auto& [opacity, softEdge] : {std::pair{-1, 0}, {1001, 0}, {1000, -1}, {1000, maxSoftEdgeUm + 1}}) {
            OnePhoto photo(colourful(90, 60), Orientation::Upright, {45, 30}, icc::Profile::srgb());
            photo.recipe.frames[0].opacityPermille = opacity;
            photo.recipe.frames[0].softEdgeUm = softEdge;
            PictureSink sink;
            QCOMPARE(renderPage(photo.recipe, photo.ingredients, sink).error().reason, std::string("recipe-damaged"));
        }
    }

    void aProfileForAnotherKindOfPrinterIsRefused() {
        OnePhoto photo(colourful(90, 60), Orientation::Upright, {45, 30}, icc::Profile::syntheticPhotoCmyk());
        PictureSink sink;
        QCOMPARE(renderPage(photo.recipe, photo.ingredients, sink).error().reason, std::string("profile-channels"));
    }

    void aCancelledRenderStops() {
        OnePhoto photo(colourful(90, 60), Orientation::Upright, {45, 30}, icc::Profile::syntheticPhotoRgb());
        RenderOptions options;
        options.cancel.cancel();
        PictureSink sink;
        QVERIFY(renderPage(photo.recipe, photo.ingredients, sink, options).error().code == Code::Cancelled);
    }

    void progressReachesTheEnd() {
        OnePhoto photo(colourful(90, 60), Orientation::Upright, {45, 100}, icc::Profile::syntheticPhotoRgb());
        RenderOptions options;
        double last = 0;
        options.progress = [&](double f) {
            QVERIFY(f >= last);
            last = f;
        };
        PictureSink sink;
        QVERIFY(renderPage(photo.recipe, photo.ingredients, sink, options));
        QCOMPARE(last, 1.0);
    }
};

QTEST_GUILESS_MAIN(PipelineRefusalTest)
#include "pipeline_refusal_test.moc"
