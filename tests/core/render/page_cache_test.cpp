// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pages that were kept are the pages that would be rendered; a page rendered again is compared with the one of then.
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

#include "core/render/fingerprint.h"
#include "core/render/page_cache.h"
#include "icc/print_colour.h"
#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::PictureSink;
using render::testing::colourful;
using render::testing::OnePhoto;

namespace {

/// A photo of which each row that is read is counted, decoded by `libraries`.
struct CountedPhoto : OnePhoto {
    explicit CountedPhoto(const Path& tables)
        : OnePhoto(colourful(90, 60), image::Orientation::Rotate90, {45, 70}, icc::Profile::syntheticPhotoRgb()) {
        ingredients.tables = std::make_shared<ColourTables>(tables);
        ingredients.openPhoto = [this, open = ingredients.openPhoto](int i, const image::PhotoRequest& request) {
            auto source = open(i, request);
            return Result<std::unique_ptr<image::PhotoSource>>(
                std::make_unique<Counted>(std::move(*source), rows, libraries));
        };
    }
    class Counted final : public image::PhotoSource {
      public:
        Counted(std::unique_ptr<image::PhotoSource> source, std::atomic<int>& rows, const std::string& libraries)
            : m_source(std::move(source)), m_rows(rows), m_facts(m_source->facts()) {
            m_facts.libraries = libraries;
        }
        const image::PhotoFacts& facts() const override { return m_facts; }
        Result<int> read(image::MutableStrip strip) override {
            auto rows = m_source->read(strip);
            m_rows += rows.value_or(0);
            return rows;
        }
        image::PhotoWarnings warnings() const override {
            return image::PhotoWarnings(1);  // the first warning there is
        }

      private:
        std::unique_ptr<image::PhotoSource> m_source;
        std::atomic<int>& m_rows;
        image::PhotoFacts m_facts;
    };
    std::atomic<int> rows{0};
    std::string libraries = "libjpeg-turbo 2.1.5, lcms 2.14";
};

bool same(const RenderedPage& a, const RenderedPage& b) {
    return a.recipeHash == b.recipeHash && a.rasterHash == b.rasterHash && a.fingerprint == b.fingerprint &&
           a.warnings.bits() == b.warnings.bits();
}

}  // namespace

class PageCacheTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_folders = 0;
    Path tables() const { return Path(m_dir.path().toStdString()) / "tables"; }
    std::unique_ptr<vault::DerivativeCache> fresh() {
        return vault::DerivativeCache::open(Path(m_dir.path().toStdString()) / std::to_string(++m_folders), {}).value();
    }

  private slots:
    void theSecondTimeNothingIsDecodedAndNothingDiffers() {
        for (const auto depth : {image::Depth::U8, image::Depth::U16}) {
            const auto cache = fresh();
            CountedPhoto photo(tables());
            photo.recipe.device.depth = depth;
            PictureSink plain, first, second;
            const auto wanted = renderPage(photo.recipe, photo.ingredients, plain);
            const auto one = renderPageOnce(photo.recipe, photo.ingredients, first, {}, cache.get());
            photo.rows = 0;
            const auto two = renderPageOnce(photo.recipe, photo.ingredients, second, {}, cache.get());
            QVERIFY(wanted && one && two);
            QCOMPARE(photo.rows.load(), 0);
            QVERIFY(same(*one, *wanted) && same(*two, *wanted));
            QVERIFY(first.picture() == plain.picture() && second.picture() == plain.picture());
            QVERIFY(second.header() == plain.header());  // the embedded profile too
        }
    }
    void otherLibrariesRenderAnew() {
        const auto cache = fresh();
        CountedPhoto photo(tables());
        PictureSink sink;
        const auto one = renderPageOnce(photo.recipe, photo.ingredients, sink, {}, cache.get());
        photo.rows = 0;
        photo.libraries = "libjpeg-turbo 3.0.0, lcms 2.14";
        const auto two = renderPageOnce(photo.recipe, photo.ingredients, sink, {}, cache.get());
        QCOMPARE(photo.rows.load(), 90);  // as stored: 60 × 90
        QVERIFY(one->fingerprint != two->fingerprint);
        QVERIFY(onlyIn(one->fingerprint, two->fingerprint) ==
                std::vector<std::string>{"photo libjpeg-turbo 2.1.5, lcms 2.14"});
    }
    void anotherRecipeIsAnotherPage() {
        const auto cache = fresh();
        CountedPhoto photo(tables());
        PictureSink sink;
        QVERIFY(renderPageOnce(photo.recipe, photo.ingredients, sink, {}, cache.get()));
        photo.rows = 0;
        photo.recipe.lane = Lane::Archival;
        QVERIFY(renderPageOnce(photo.recipe, photo.ingredients, sink, {}, cache.get()));
        QVERIFY(photo.rows > 0);
    }
    void aPhotoThatIsNotTheRecipesFailsAsEver() {
        const auto cache = fresh();
        CountedPhoto photo(tables());
        PictureSink sink;
        QVERIFY(renderPageOnce(photo.recipe, photo.ingredients, sink, {}, cache.get()));
        auto ingredients = photo.ingredients;
        ingredients.openPhoto = [](int, const image::PhotoRequest&) -> Result<std::unique_ptr<image::PhotoSource>> {
            return std::make_unique<render::testing::MemorySource>(colourful(30, 30), image::Orientation::Upright);
        };
        QCOMPARE(renderPageOnce(photo.recipe, ingredients, sink, {}, cache.get()).error().reason,
                 std::string("photo-changed"));
    }
    void concurrentRendersOfOnePageRenderItOnce() {
        const auto cache = fresh();
        CountedPhoto photo(tables());
        std::vector<std::thread> threads;
        std::atomic<int> right{0};
        for (int i = 0; i < 5; i++)
            threads.emplace_back([&] {
                PictureSink sink;
                if (renderPageOnce(photo.recipe, photo.ingredients, sink, {}, cache.get())) ++right;
            });
        for (std::thread& t : threads) t.join();
        QCOMPARE(right.load(), 5);
        QCOMPARE(photo.rows.load(), 90);
    }
    void aPageRenderedAgainIsTheSame() {
        const auto cache = fresh();
        CountedPhoto photo(tables());
        PictureSink sink;
        const auto then = renderPageOnce(photo.recipe, photo.ingredients, sink, {}, cache.get());
        photo.rows = 0;
        const auto now = rerender(photo.recipe, photo.ingredients, then->rasterHash, {}, *cache);
        QVERIFY(now && same(now->page, *then) && !now->difference);
        QCOMPARE(photo.rows.load(), 90);  // really rendered
    }
    void howFarAChangedPageIsOffIsToldInDeltaE() {
        // The page of "then" is today's with one pixel two steps of red away; ΔE2000 from the profile itself.
        const auto cache = fresh();
        CountedPhoto photo(tables());
        PictureSink sink;
        const auto today = renderPage(photo.recipe, photo.ingredients, sink);
        image::Picture then = sink.picture();
        auto* sample = reinterpret_cast<std::uint8_t*>(then.bytes.data()) + (20 * 45 + 10) * 3;
        const std::vector<float> was{sample[0] / 255.0F, sample[1] / 255.0F, sample[2] / 255.0F};
        sample[0] = static_cast<std::uint8_t>(sample[0] > 128 ? sample[0] - 2 : sample[0] + 2);
        std::vector<float> is = was;
        is[0] = sample[0] / 255.0F;
        auto kept = cache->begin(then.bytes.size());
        kept.write(then.bytes);
        kept.keep({hashOf(photo.recipe), "render 1", {}, "0", image::rasterHash(then), 0});
        const auto now = rerender(photo.recipe, photo.ingredients, image::rasterHash(then), {}, *cache);
        QVERIFY(now && now->difference);
        QVERIFY(now->page.rasterHash == today->rasterHash);
        QCOMPARE(now->difference->pixels, std::int64_t{45 * 70});
        QCOMPARE(now->difference->differing, std::int64_t{1});
        const double expected = icc::PrintColour::create(photo.ingredients.outputProfile)->deltaE(was, is)[0];
        QVERIFY(expected > 0.05);
        QVERIFY(std::abs(now->difference->maxDeltaE - expected) < 1e-4);
        QVERIFY(std::abs(now->difference->meanDeltaE - expected / (45 * 70)) < 1e-6);
    }
    void withoutThePageOfThenOnlyTheHashIsCompared() {
        const auto cache = fresh();
        CountedPhoto photo(tables());
        const auto now = rerender(photo.recipe, photo.ingredients, Sha256::of("then"), {}, *cache);
        QVERIFY(now && !now->difference && now->page.rasterHash != Sha256::of("then"));
    }
    void theFingerprintNamesWhatMadeThePage() {
        const std::string one = fingerprintOf({"b 2", "a 1", "b 2"});
        QVERIFY(one.starts_with("render " + std::to_string(Recipe::renderVersion) + "; tables "));
        QVERIFY(one.ends_with("; photo a 1; photo b 2"));
        QVERIFY(one.find("; lcms 2.") != std::string::npos);
        QVERIFY(onlyIn(one, one).empty());
        QVERIFY(onlyIn(one, "").size() == 5 && onlyIn("", one).empty());
    }
};

QTEST_GUILESS_MAIN(PageCacheTest)
#include "page_cache_test.moc"
