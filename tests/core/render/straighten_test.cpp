// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Straightening and turning: a place of the photo lies where trigonometry says, whatever way the file lies.
#include <QTest>
#include <numbers>

#include "core/render/straightened_source.h"
#include "tests/core/render/every_processor.h"
#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using render::testing::isSameEverywhere;
using render::testing::MemorySource;
using render::testing::OnePhoto;
using render::testing::rendered;
using render::testing::storedAs;

namespace {

/// Two ramps that say where a pixel was: red across, green down; blue is a disc's.
image::Picture ramps(int width, int height, Depth depth = Depth::U16) {
    image::Picture picture = image::Picture::ofSize({width, height}, {Channels::Rgb, depth});
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            const double red = (x + 0.5) / width, green = (y + 0.5) / height;
            const std::array<double, 3> values{red, green, 0.5};
            for (std::size_t c = 0; c < 3; c++) {
                const auto i =
                    (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3 +
                    c;
                if (depth == Depth::U16)
                    reinterpret_cast<std::uint16_t*>(picture.bytes.data())[i] =
                        static_cast<std::uint16_t>(values[c] * 65535);
                else
                    picture.bytes[i] = static_cast<std::byte>(static_cast<int>(values[c] * 255));
            }
        }
    return picture;
}

image::Picture allRows(image::PhotoSource& source, int rowsAtOnce) {
    const image::PhotoFacts& facts = source.facts();
    image::Picture picture = image::Picture::ofSize(facts.size, facts.pixels);
    int y = 0;
    for (;;) {
        const int rows = std::min(rowsAtOnce, facts.size.height - y);
        if (rows == 0) break;
        const auto got = source.read({picture.bytes.data() + picture.stride() * static_cast<std::size_t>(y),
                                      facts.size.width, rows, picture.stride(), facts.pixels});
        if (!got || *got == 0) break;
        y += *got;
    }
    return picture;
}

}  // namespace

class StraightenTest : public QObject {
    Q_OBJECT
  private slots:
    void everyPlaceLiesWhereTrigonometrySays() {
        const int w = 480, h = 320;
        for (const int hundredths : {-1500, -730, -100, 50, 333, 1500}) {
            const auto source =
                straightened(std::make_unique<MemorySource>(ramps(w, h), Orientation::Upright), hundredths);
            const image::Picture turned = allRows(*source, 7);
            const double angle = hundredths * std::numbers::pi / 18000, c = std::cos(angle), s = std::sin(angle);
            const double kept = image::keptWhenStraightened({w, h}, hundredths);
            QVERIFY(turned.size.width >= static_cast<int>(w * kept) - 1 && turned.size.width <= w * kept);
            double worst = 0;
            for (int y = 4; y < turned.size.height - 4; y++)
                for (int x = 4; x < turned.size.width - 4; x++) {
                    const double outX = x + 0.5 - turned.size.width / 2.0, outY = y + 0.5 - turned.size.height / 2.0;
                    // Turned clockwise: what is here was further anticlockwise.
                    const double inX = c * outX + s * outY + w / 2.0, inY = -s * outX + c * outY + h / 2.0;
                    const auto* pixel = turned.strip().row<std::uint16_t>(y) + x * 3;
                    worst = std::max(
                        {worst, std::abs(pixel[0] / 65535.0 * w - inX), std::abs(pixel[1] / 65535.0 * h - inY)});
                }
            // Lanczos3 keeps a slope to within a sixtieth of a pixel, three times.
            QVERIFY2(worst < 0.06, qPrintable(QString("%1: %2 pixels").arg(hundredths).arg(worst)));
        }
    }

    /// Bytes go through fixed point: as words do, to a rounding, also where edges overshoot three times.
    void bytesAndWordsAgree() {
        image::Picture bytes = ramps(240, 160, Depth::U8), words = ramps(240, 160, Depth::U16);
        for (std::size_t i = 0; i < bytes.bytes.size(); i++) {
            const auto value = static_cast<std::uint8_t>(i % 7 < 3 ? 255 : (i * 2654435761U >> 13) % 256);
            bytes.bytes[i] = static_cast<std::byte>(value);
            reinterpret_cast<std::uint16_t*>(words.bytes.data())[i] = static_cast<std::uint16_t>(value * 257);
        }
        for (const int hundredths : {-1500, -40, 1, 210, 1133}) {
            const auto turned = [&](const image::Picture& photo) {
                return allRows(*straightened(std::make_unique<MemorySource>(photo, Orientation::Upright), hundredths),
                               32);
            };
            const image::Picture narrow = turned(bytes), wide = turned(words);
            double worst = 0;
            for (std::size_t i = 0; i < narrow.bytes.size(); i++)
                worst = std::max(worst, std::abs(std::to_integer<int>(narrow.bytes[i]) -
                                                 reinterpret_cast<const std::uint16_t*>(wide.bytes.data())[i] / 257.0));
            QVERIFY2(worst < 0.7, qPrintable(QString("%1: %2").arg(hundredths).arg(worst)));
        }
    }

    /// A page that shows a part of the photo has the pixels of that part of the page that shows all of it.
    void aPartIsTheSameAsInTheWhole() {
        const image::Picture photo = ramps(300, 200, Depth::U8);
        for (const int hundredths : {-1200, 75, 1500}) {
            const auto make = [&] {
                return straightened(std::make_unique<MemorySource>(photo, Orientation::Upright), hundredths);
            };
            const image::Picture whole = allRows(*make(), 16);
            for (const image::PixelRect part :
                 {image::PixelRect{40, 30, 50, 60}, {-9, -9, 30, 20}, {100, 90, 900, 1}}) {
                const auto source = make();
                source->needOnly(part);
                const image::Picture made = allRows(*source, 16);
                QCOMPARE(made.size, whole.size);
                for (int y = std::max(0, part.y); y < std::min(part.y + part.height, whole.size.height); y++)
                    for (int x = std::max(0, part.x); x < std::min(part.x + part.width, whole.size.width); x++)
                        for (int c = 0; c < 3; c++)
                            QCOMPARE(made.strip().row<std::uint8_t>(y)[x * 3 + c],
                                     whole.strip().row<std::uint8_t>(y)[x * 3 + c]);
            }
        }
    }

    void whatIsKeptHasPhotoInEachCorner() {
        for (const auto& size : {image::PixelSize{6000, 4000}, {3000, 4000}, {1000, 1000}, {12000, 3000}})
            for (int hundredths = -1500; hundredths <= 1500; hundredths += 125) {
                const double kept = image::keptWhenStraightened(size, hundredths);
                const double angle = hundredths * std::numbers::pi / 18000, c = std::cos(angle), s = std::sin(angle);
                bool isTight = false;
                for (const int signX : {-1, 1})
                    for (const int signY : {-1, 1}) {
                        const double x = signX * size.width * kept / 2, y = signY * size.height * kept / 2;
                        const double inX = std::abs(c * x + s * y), inY = std::abs(-s * x + c * y);
                        QVERIFY(inX <= size.width / 2.0 + 1e-6 && inY <= size.height / 2.0 + 1e-6);
                        isTight = isTight || inX > size.width / 2.0 - 1e-6 || inY > size.height / 2.0 - 1e-6;
                    }
                QVERIFY(isTight);  // no more could be kept
            }
    }

    void flatColoursStayAndWhiteStaysWhite() {
        for (const Depth depth : {Depth::U8, Depth::U16}) {
            image::Picture white = image::Picture::ofSize({200, 150}, {Channels::Rgb, depth});
            std::ranges::fill(white.bytes, std::byte{255});
            const auto source = straightened(std::make_unique<MemorySource>(white, Orientation::Upright), 777);
            const image::Picture turned = allRows(*source, 64);
            QVERIFY(std::ranges::all_of(turned.bytes, [](std::byte b) { return b == std::byte{255}; }));
        }
    }

    void stripsOfAnyHeightGiveTheSameRows() {
        const auto turned = [](int rows) {
            auto photo = std::make_unique<MemorySource>(ramps(301, 203, Depth::U8), Orientation::Upright);
            photo->setStripRows(rows);
            const auto source = straightened(std::move(photo), -432);
            return allRows(*source, rows);
        };
        const image::Picture whole = turned(1000);
        for (const int rows : {1, 5, 16, 33}) QVERIFY(turned(rows) == whole);
    }

    void aPhotoThatEndsTooEarlyIsTold() {
        auto picture = ramps(100, 80);
        auto photo = std::make_unique<MemorySource>(picture, Orientation::Upright, image::PixelSize{100, 80});
        class Short final : public image::PhotoSource {
          public:
            explicit Short(std::unique_ptr<image::PhotoSource> all) : m_all(std::move(all)) {}
            const image::PhotoFacts& facts() const override { return m_all->facts(); }
            Result<int> read(image::MutableStrip strip) override {
                return m_left-- > 0 ? m_all->read(strip) : Result<int>(0);
            }
            image::PhotoWarnings warnings() const override { return {}; }

          private:
            std::unique_ptr<image::PhotoSource> m_all;
            int m_left = 2;
        };
        const auto source = straightened(std::make_unique<Short>(std::move(photo)), 200);
        std::vector<std::byte> row(static_cast<std::size_t>(source->facts().size.width) * 6);
        Result<int> got = 1;
        for (int i = 0; i < 80 && got && *got > 0; i++)
            got = source->read({row.data(), source->facts().size.width, 1, row.size(), source->facts().pixels});
        QVERIFY(!got);
        QCOMPARE(got.error().reason, std::string("photo-truncated"));
    }

    /// The same upright photo, stored in each of the eight ways, straightened and turned: one page.
    void theWayThatTheFileLiesDoesNotMatter() {
        const image::Picture upright = ramps(240, 160, Depth::U8);
        for (const Orientation by : {Orientation::Upright, Orientation::Rotate90, Orientation::MirrorHorizontal}) {
            image::Picture first;
            for (int exif = 1; exif <= 8; exif++) {
                const auto orientation = static_cast<Orientation>(exif);
                const image::PixelSize raster = image::oriented({120, 80}, by);
                OnePhoto page(upright, Orientation::Upright, raster, icc::Profile::srgb());
                const image::Picture stored = storedAs(upright, orientation);
                RecipePhoto& photo = page.recipe.photos.front();
                photo.orientation = image::then(orientation, by);
                photo.turn = {by, 650};
                photo.uprightSize = image::oriented(upright.size, by);
                photo.conversion = Conversion::TwoHalves;
                page.ingredients.openPhoto =
                    [&](int, const image::PhotoRequest&) -> Result<std::unique_ptr<image::PhotoSource>> {
                    return std::make_unique<MemorySource>(stored, orientation);
                };
                const image::Picture made = rendered(page);
                if (exif == 1) first = made;
                int worst = 0;
                for (std::size_t i = 0; i < made.bytes.size(); i++)
                    worst = std::max(
                        worst, std::abs(std::to_integer<int>(made.bytes[i]) - std::to_integer<int>(first.bytes[i])));
                QVERIFY2(worst <= 3,
                         qPrintable(QString("EXIF %1, turned %2: %3").arg(exif).arg(static_cast<int>(by)).arg(worst)));
            }
            // Green falls from the top: turned right, it rises to the right... the page really is turned.
            const auto green = [&](int x, int y) {
                return std::to_integer<int>(
                    first.strip().row<std::byte>(y)[x * image::count(first.format.channels) + 1]);
            };
            if (by == Orientation::Rotate90)
                QVERIFY(green(5, 60) > green(74, 60) + 60);
            else
                QVERIFY(green(60, 74) > green(60, 5) + 60);
        }
    }

    void aStraightenedPageIsTheSameEverywhereAndItsRecipeIsKept() {
        OnePhoto page(ramps(240, 160, Depth::U8), Orientation::Upright, {150, 100}, icc::Profile::syntheticPhotoRgb());
        page.recipe.photos.front().turn.straighten = -275;
        page.recipe.photos.front().conversion = Conversion::TwoHalves;
        QVERIFY(isSameEverywhere(page));
        OnePhoto words(ramps(240, 160, Depth::U16), Orientation::Upright, {150, 100},
                       icc::Profile::syntheticPhotoRgb());
        words.recipe.photos.front().turn.straighten = 1275;
        words.recipe.photos.front().conversion = Conversion::TwoHalves;
        QVERIFY(isSameEverywhere(words));
        const auto read = parseRecipe(canonical(page.recipe));
        QVERIFY(read && *read == page.recipe);
        page.recipe.photos.front().turn.straighten = 1501;
        image::PictureSink sink;
        const auto refused = renderPage(page.recipe, page.ingredients, sink, {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().reason, std::string("recipe-damaged"));
    }
};

QTEST_GUILESS_MAIN(StraightenTest)
#include "straighten_test.moc"
