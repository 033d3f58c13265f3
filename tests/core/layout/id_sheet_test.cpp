// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sheets of ID photos: in the document's millimetres, apart, on the paper; a head that was askew is level and as large.
#include <QTest>
#include <numbers>

#include "core/image/photo_turn.h"
#include "core/layout/id_sheet.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::layout;

namespace {

std::map<std::string, IdDocument> documents() {
    auto all = loadIdDocuments(Path(tests::sourceFolder) / "resources");
    if (!all) qFatal("%s", all.error().detail.c_str());
    return *std::move(all);
}

PaperSize paper(double width, double height) {
    return {millimetres(width), millimetres(height)};
}

constexpr image::PixelSize photo{3000, 4000};

IdPhoto placed(const IdDocument& document) {
    const HeadMarks marks = estimateHead({1350.0 / 3000, 1700.0 / 4000}, {1650.0 / 3000, 1700.0 / 4000}, 2200.0 / 4000);
    auto made = placeHead(document, photo, marks);
    if (!made) qFatal("%s", made.error().message.c_str());
    return *std::move(made);
}

std::vector<PhotoFrame> framesOf(const Layout& page) {
    std::vector<PhotoFrame> all;
    for (const Item& item : page.items)
        if (const auto* frame = std::get_if<PhotoFrame>(&item)) all.push_back(*frame);
    return all;
}

}  // namespace

class IdSheetTest : public QObject {
    Q_OBJECT
  private slots:
    void everyDocumentHasItsSizeOnEachPaper() {
        for (const auto& [id, document] : documents()) {
            const IdPhoto one = placed(document);
            for (const PaperSize& size : {paper(101.6, 152.4), paper(152.4, 101.6), paper(127, 177.8)}) {
                const auto page = idSheet(document, one, size, Guides::Hidden);
                QVERIFY2(page, id.c_str());
                QVERIFY(page->size == size || page->size == size.rotated());
                const auto frames = framesOf(*page);
                QVERIFY(!frames.empty());
                for (const PhotoFrame& frame : frames) {
                    QVERIFY(frame.box.size == document.size);
                    QVERIFY(frame.crop == one.crop && frame.photo == 0);
                    QVERIFY(frame.box.left >= millimetres(4) && frame.box.top >= millimetres(4) &&
                            frame.box.right() <= page->size.width - millimetres(4) &&
                            frame.box.bottom() <= page->size.height - millimetres(4));
                }
                for (std::size_t i = 1; i < frames.size(); i++) {
                    const Box &a = frames[i - 1].box, &b = frames[i].box;
                    QVERIFY(b.left - a.right() == millimetres(2) || b.top - a.bottom() == millimetres(2));
                }
                QVERIFY(checked(*page));
            }
        }
        // 35 × 45 on 10 × 15: two rows of three, or three of two.
        const auto page = idSheet(documents().at("de-passport"), placed(documents().at("de-passport")),
                                  paper(101.6, 152.4), Guides::Hidden);
        QCOMPARE(framesOf(*page).size(), std::size_t(6));
    }

    void guidesLieOverThePhotosWhereTheHeadIs() {
        const IdDocument document = documents().at("de-passport");
        const IdPhoto one = placed(document);
        const auto bare = idSheet(document, one, paper(101.6, 152.4), Guides::Hidden);
        const auto guided = idSheet(document, one, paper(101.6, 152.4), Guides::Shown);
        QVERIFY(bare && guided);
        const auto frames = framesOf(*guided);
        QCOMPARE(framesOf(*bare).size(), frames.size());
        int ofFirst = 0;
        bool isPastPhotos = false, hasCrown = false, hasChin = false;
        for (const Item& item : guided->items) {
            if (std::holds_alternative<PhotoFrame>(item)) isPastPhotos = true;
            const auto* line = std::get_if<PaintedBox>(&item);
            if (!isPastPhotos || line == nullptr) continue;
            const Box &at = frames.front().box, &box = line->box;
            if (box.left < at.left || box.right() > at.right() || box.top > at.bottom() || box.bottom() < at.top)
                continue;
            ofFirst++;
            const double middle = (box.top + box.size.height / 2 - at.top).mm();
            if (box.size.width == at.size.width && std::abs(middle - one.guides.crown.mm()) < 0.01) hasCrown = true;
            if (box.size.width == at.size.width && std::abs(middle - one.guides.chin.mm()) < 0.01) hasChin = true;
        }
        QCOMPARE(ofFirst, 3 + 2 + 4 + 1);
        QVERIFY(hasCrown && hasChin);
    }

    void paperThatIsTooSmallIsRefused() {
        const IdDocument document = documents().at("ca-passport");
        const auto page = idSheet(document, placed(document), paper(50, 75), Guides::Hidden);
        QVERIFY(!page);
        QCOMPARE(page.error().reason, std::string("id-photo-paper"));
    }

    /// A head that leans by some degrees: straightened by as much, its eyes are level, and it is as tall.
    void aHeadThatLeansIsLevelAfterwards() {
        for (const double degrees : {-12.0, -3.0, 0.7, 9.0, 15.0}) {
            const double angle = degrees * std::numbers::pi / 180;
            // In pixels about the middle between the eyes: 300 apart, the chin 500 below along the leaning axis.
            const double x = 1500, y = 1700, half = 150, chin = 500;
            const auto at = [&](double along, double down) {
                return PhotoPoint{(x + along * std::cos(angle) - down * std::sin(angle)) / photo.width,
                                  (y + along * std::sin(angle) + down * std::cos(angle)) / photo.height};
            };
            const HeadMarks leaning{at(-half, 0), at(half, 0), at(0, -chin).v, at(0, chin).v};
            const int turn = static_cast<int>(std::lround(-degrees * 100));
            const HeadMarks level = straightened(leaning, photo, turn);
            QVERIFY(std::abs(level.rightEye.v - level.leftEye.v) < 1e-6);
            const double kept = image::keptWhenStraightened(photo, turn);
            QVERIFY(std::abs((level.chin - level.rightEye.v) * photo.height * kept - chin) < 0.5);
            QVERIFY(std::abs((level.rightEye.v - level.crown) * photo.height * kept - chin) < 0.5);
            QVERIFY(std::abs((level.leftEye.u - level.rightEye.u) * photo.width * kept - 2 * half) < 0.5);
        }
    }
};

QTEST_GUILESS_MAIN(IdSheetTest)
#include "id_sheet_test.moc"
