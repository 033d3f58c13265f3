// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Each check of a photo finds what was made wrong on purpose, and leaves photos alone that are well.
#include <QtTest>
#include <ctime>

#include "tests/core/preflight/photo_bench.h"

using namespace contone;
using namespace contone::preflight;
using namespace contone::preflight::testing;
using findings::FindingCode, findings::Fix, findings::Severity;

namespace {

bool says(const std::vector<findings::Finding>& all, FindingCode code) {
    return findingOf(all, code) != nullptr;
}

/// What is found of all good photos, changed by `work`.
template <class Work>
int foundOn(FindingCode code, const Work& work) {
    int count = 0;
    for (const char* name : goodPhotos) count += says(checked(measured(work(photoNamed(name)))), code) ? 1 : 0;
    return count;
}

/// Light and colours as wanted: `value` of 0…255 of a gray.
template <class Change>
QImage changed(QImage image, const Change& change) {
    for (int y = 0; y < image.height(); y++)
        for (int x = 0; x < image.width() * 3; x++)
            image.scanLine(y)[x] = static_cast<uchar>(std::clamp(change(image.constScanLine(y)[x]), 0.0, 255.0));
    return image;
}

/// With a border laid over it: shares of its width at the left and right, of its height at the top and bottom.
QImage bordered(QImage image, double across, double down, const QColor& colour) {
    const int atSides = qRound(across * image.width()), atEnds = qRound(down * image.height());
    for (int y = 0; y < image.height(); y++)
        for (int x = 0; x < image.width(); x++)
            if (x < atSides || x >= image.width() - atSides || y < atEnds || y >= image.height() - atEnds)
                image.setPixelColor(x, y, colour);
    return image;
}

double cpuMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace

class ChecksTest : public QObject {
    Q_OBJECT
  private slots:
    void goodPhotosAreLeftAlone() {
        int look = 0;
        QStringList said;
        for (const char* name : goodPhotos) {
            // On paper as small as their pixels are enough for: nothing else is wrong with them.
            const Measured photo = measured(photoNamed(name));
            const image::PixelSize size = photo.facts.uprightSize();
            const auto plan =
                *print::planFilePage({inches(size.width / 250.0), inches(size.height / 250.0)}, Dpi{300}, {}, size, {});
            for (const findings::Finding& one : checked(photo, plan)) {
                QVERIFY2(one.severity != Severity::Bad, name);
                if (one.severity == Severity::Look) look++, said += QString(name) + " " + toString(one.code);
            }
        }
        QVERIFY2(look <= 1, qPrintable(said.join("; ")));  // 1 of 7
    }
    void blurShowsOnPaperThatIsLargeEnough() {
        QVERIFY(foundOn(FindingCode::Blurred, blurred) >= 6);  // of 7
        const Measured photo = measured(blurred(photoNamed("Olympus_PEN_E-P3.jpg")));
        const auto large = checked(photo);
        const findings::Finding* found = findingOf(large, FindingCode::Blurred);
        // A Gaussian of 3.5 pixels makes a step 2.5 x 3.5 = 8.8 pixels wide; the page has 222 pixels an inch.
        QVERIFY(found && found->severity == Severity::Look && found->fix == Fix::SmallerPrint);
        QVERIFY(std::abs(found->number("edgeMm") - 8.8 / 213 * 25.4) < 0.25);
        const auto small = *print::planFilePage({millimetres(30), millimetres(40)}, Dpi{300}, {}, {1280, 960}, {});
        QVERIFY(!says(checked(photo, small), FindingCode::Blurred));
    }
    void whatIsSharpSomewhereIsNotBlurred() {
        QImage image = blurred(photoNamed("Olympus_PEN_E-P3.jpg"));
        const QImage sharp = photoNamed("Olympus_PEN_E-P3.jpg");
        for (int y = 320; y < 640; y++)  // its middle ninth: a face before a background out of focus
            std::memcpy(image.scanLine(y) + 427 * 3, sharp.constScanLine(y) + 427 * 3, 426 * 3);
        QVERIFY(!says(checked(measured(image)), FindingCode::Blurred));
    }
    void shakeIsFoundInEveryDirection() {
        for (const auto& [dx, dy] : {std::pair(1, 0), {0, 1}, {1, 1}, {1, -1}}) {
            const auto work = [&](const QImage& image) { return shaken(image, dx * dy == 0 ? 15 : 11, dx, dy); };
            QVERIFY2(foundOn(FindingCode::Shaken, work) >= 4, qPrintable(QString("%1 %2").arg(dx).arg(dy)));
        }
        QCOMPARE(foundOn(FindingCode::Shaken, [](const QImage& image) { return image; }), 0);
    }
    void enlargedPhotosHaveLittleDetail() {
        const auto soft = [](const QImage& image) { return enlarged(image, 3); };
        int found = 0;
        for (const char* name : goodPhotos) {
            const auto all = checked(measured(soft(photoNamed(name))));
            found += says(all, FindingCode::LittleDetail) || says(all, FindingCode::Blurred) ? 1 : 0;
        }
        QVERIFY2(found >= 4, qPrintable(QString::number(found)));  // of 7
        QCOMPARE(foundOn(FindingCode::LittleDetail, [](const QImage& image) { return image; }), 0);
    }
    void blocksOfOldJpegsAreFound() {
        QVERIFY(foundOn(FindingCode::StronglyCompressed, [](const QImage& i) { return savedAgain(i, 25); }) >= 6);
        QCOMPARE(foundOn(FindingCode::StronglyCompressed, [](const QImage& i) { return savedAgain(i, 92); }), 0);
        Measured photo = measured(photoNamed("Canon_EOS_7D.jpg"));
        photo.facts.jpegQuality = 59;
        QCOMPARE(findingOf(checked(photo), FindingCode::StronglyCompressed)->number("quality"), 59.0);
        photo.facts.jpegQuality = 60;
        QVERIFY(!says(checked(photo), FindingCode::StronglyCompressed));
    }
    void seamsOfSharpeningAreFoundWhereTheyAreClear() {
        // Steps of 80 levels with seams of 40 on both sides.
        QImage bars(600, 600, QImage::Format_RGB888);
        for (int y = 0; y < 600; y++)
            for (int x = 0; x < 600; x++) {
                const int at = x % 60;
                int luma = at < 30 ? 80 : 160;
                if (at < 2 || at == 28 || at == 29) luma -= 40;
                if (at == 30 || at == 31 || at > 57) luma += 40;
                for (int c = 0; c < 3; c++) bars.scanLine(y)[x * 3 + c] = static_cast<uchar>(luma);
            }
        Measured photo = measured(bars);
        DetailMeasures& detail = photo.measures.detail;
        QVERIFY(std::abs(detail.overshoot - 0.5) < 0.05);
        detail.rollOffDb = 11;
        QVERIFY(says(checked(photo), FindingCode::Oversharpened));
        detail.rollOffDb = 13;  // too little fine detail for a photo that was sharpened as a whole
        QVERIFY(!says(checked(photo), FindingCode::Oversharpened));
        QCOMPARE(foundOn(FindingCode::Oversharpened, [](const QImage& image) { return image; }), 0);
    }
    void darkPhotosAndLightsWithoutDetailAreFound() {
        const QImage photo = photoNamed("Sanyo_SR6.jpg");
        const auto dark = checked(measured(changed(photo, [](double v) { return v * 0.6 + 15; })));
        QVERIFY(findingOf(dark, FindingCode::TooDark) && findingOf(dark, FindingCode::TooDark)->fix == Fix::Improve);
        QVERIFY(!says(checked(measured(photo)), FindingCode::TooDark));
        QImage burnt = photo;
        for (int y = 0; y < 150; y++) std::memset(burnt.scanLine(y), 255, 150 * 3);
        // 150 x 150 of 640 x 427 that are printed; most of it in the upper left ninth.
        const Measured lights = measured(burnt);
        const auto found = checked(lights);
        const findings::Finding* white = findingOf(found, FindingCode::LightsWithoutDetail);
        QVERIFY(white && white->number("percent") >= 5 && white->number("percent") <= 10);
        QVERIFY(white->region->left < 0.01 && white->region->top < 0.1);
    }
    void shadowsCloseOnAPaperThatCannotShowThem() {
        const Measured photo = measured(photoNamed("Kodak_DC240.jpg"));
        const auto plan = planOf(photo.facts.uprightSize());
        QVERIFY(says(checked(photo, plan, {}, PaperLight{3.5, 9}), FindingCode::ShadowsClose));
        QVERIFY(!says(checked(photo, plan, {}, PaperLight{3.5, 7}), FindingCode::ShadowsClose));
        QVERIFY(!says(checked(photo, plan, {}, PaperLight{2.5, 30}), FindingCode::ShadowsClose));  // it is a night
        // The black of this paper is L* 6.7: without compensation all that is darker is the same to it.
        QImage dark(200, 200, QImage::Format_RGB888);
        for (int y = 0; y < 200; y++)
            for (int x = 0; x < 600; x++) dark.scanLine(y)[x] = static_cast<uchar>(y < 60 ? 14 + y % 3 : 150);
        const Measured night = measured(dark);
        const auto shown = *workingOf(night.measures, night.facts.colour);
        render::ColourTables tables;
        const auto light = [&](icc::BlackPoint blackPoint) {
            return *paperLightOf(shown, icc::Profile::syntheticPhotoRgb(), icc::Intent::Relative, blackPoint, tables);
        };
        QVERIFY(light(icc::BlackPoint::AsIs).photoDarkL > 3 && light(icc::BlackPoint::AsIs).photoDarkL < 6);
        QVERIFY(std::abs(light(icc::BlackPoint::AsIs).atPaperBlackPercent - 30) < 1);
        QVERIFY(light(icc::BlackPoint::Compensate).atPaperBlackPercent < 1);
    }
    void picturesOfScreensAreKnown() {
        QImage screen(1080, 1920, QImage::Format_RGB888);
        screen.fill(QColor(245, 245, 245));
        for (int y = 300; y < 1500; y += 40)
            for (int x = 60; x < 900; x += 9)
                for (int i = 0; i < 12; i++) screen.setPixelColor(x + i % 3, y + i, QColor(40, 40, 40));
        Measured photo = measured(screen);
        QVERIFY(says(checked(photo), FindingCode::Screenshot));
        photo.facts.camera = "Canon EOS 7D";
        QVERIFY(!says(checked(photo), FindingCode::Screenshot));
        photo.facts.camera.clear();
        photo.facts.storedSize.height = 1921;
        QVERIFY(!says(checked(photo), FindingCode::Screenshot));
        const QImage real = photoNamed("Olympus_PEN_E-P3.jpg").scaled(1280, 720);  // without EXIF, of a screen's size
        QVERIFY(!says(checked(measured(real)), FindingCode::Screenshot));
    }
    void aBorderOfThePhotosOwnIsFoundWhereTheKnifeGoesThroughIt() {
        // On paper of the photo's own shape: else the crop may take it away.
        const auto found = [](double across, double down, const QColor& colour) {
            int count = 0;
            for (const char* name : goodPhotos) {
                const Measured photo = measured(savedAgain(bordered(photoNamed(name), across, down, colour), 60));
                const image::PixelSize size = photo.facts.uprightSize();
                const PaperSize paper{inches(size.width / 150.0), inches(size.height / 150.0)};
                count +=
                    says(checked(photo, *print::planFilePage(paper, Dpi{300}, {}, size, {})), FindingCode::OwnBorder);
            }
            return count;
        };
        for (const auto& [share, colour] :
             {std::pair(0.015, QColor(Qt::white)), {0.04, QColor(240, 228, 205)}, {0.15, QColor(Qt::black)}})
            for (const int count : {found(share, share, colour), found(0, share, colour)})
                QVERIFY2(count >= 5, qPrintable(QString("%1 %2: %3").arg(colour.name()).arg(share).arg(count)));
        // 30 of 960 lines, all of the width on 10 × 15: 1280 pixels are 152.4 mm, if the knife takes nothing of them.
        const Measured photo = measured(bordered(photoNamed("Olympus_PEN_E-P3.jpg"), 0, 30 / 960.0, Qt::white));
        const image::PixelSize size = photo.facts.uprightSize();
        const auto sized = *print::planFilePage({millimetres(152.4), millimetres(114.3)}, Dpi{300}, {}, size, {});
        const auto printed = checked(photo, sized);
        const findings::Finding* one = findingOf(printed, FindingCode::OwnBorder);
        QVERIFY(one && one->severity == Severity::Look);
        QVERIFY2(std::abs(one->number("borderMm") - 30 * 152.4 / 1280) < 0.6,
                 qPrintable(QString::number(one->number("borderMm"))));
        // Zoomed in, or with paper around it, no knife comes near.
        const auto isSaid = [&](const Measured& its, const order::PhotoChoices& choices) {
            return says(checked(its, planOf(size, choices)), FindingCode::OwnBorder);
        };
        QVERIFY(isSaid(photo, {.crop = image::Crop{0, 0, 0.5, 0.5}}));
        QVERIFY(!isSaid(photo, {.crop = image::Crop{0.05, 0.05, 0.9, 0.9}}));
        const Measured atSides = measured(bordered(photoNamed("Olympus_PEN_E-P3.jpg"), 0.05, 0, Qt::white));
        QVERIFY(isSaid(atSides, {.fit = order::Fit::Fill}) && !isSaid(atSides, {.fit = order::Fit::Whole}));
    }
    void skiesNightsAndBackdropsAreNoBorders() {
        // A lamp in the night, a bright backdrop, and a table that ends the photo on one side alone.
        for (const bool isNight : {true, false}) {
            QImage lone(600, 400, QImage::Format_RGB888);
            for (int y = 0; y < 400; y++)
                for (int x = 0; x < 600; x++) {
                    const double lamp = 250 * std::exp(-((x - 300) * (x - 300) + (y - 200) * (y - 200)) / 9000.0);
                    const int level = static_cast<int>(isNight ? lamp : 250 - lamp);
                    lone.setPixelColor(x, y, QColor(level, level, level));
                }
            QVERIFY(!says(checked(measured(lone)), FindingCode::OwnBorder));
        }
        QImage table = photoNamed("Kodak_DC240.jpg");
        for (int y = table.height() * 9 / 10; y < table.height(); y++)
            for (int x = 0; x < table.width(); x++) table.setPixelColor(x, y, QColor(90, 60, 40));
        QVERIFY(!says(checked(measured(table)), FindingCode::OwnBorder));
    }
    void messengerPhotosAreHintedAt() {
        Measured photo = measured(photoNamed("Olympus_PEN_E-P3.jpg"));
        const auto plan = planOf({1280, 960});
        QVERIFY(says(checked(photo, plan, "IMG-20261122-WA0007.jpg"), FindingCode::FromMessenger));
        QVERIFY(!says(checked(photo, plan, "IMG_0007.jpg"), FindingCode::FromMessenger));
        photo.facts.jpegQuality = 70;  // 1280 pixels, no camera
        QVERIFY(says(checked(photo, plan), FindingCode::FromMessenger));
        photo.facts.camera = "OLYMPUS E-P3";
        QVERIFY(!says(checked(photo, plan), FindingCode::FromMessenger));
    }
    void coloursThatAreToldAreNoFaults() {
        Measured photo = measured(photoNamed("Kodak_DC240.jpg"));
        QVERIFY(!says(checked(photo), FindingCode::NoProfile) && !says(checked(photo), FindingCode::RicherThanSrgb));
        photo.facts.colour.basis = image::SourceBasis::Assumed;
        QVERIFY(findingOf(checked(photo), FindingCode::NoProfile)->severity == Severity::Good);
        // The same numbers in Display P3: what was saturated in sRGB lies outside it now.
        QImage vivid(256, 256, QImage::Format_RGB888);
        for (int y = 0; y < 256; y++)
            for (int x = 0; x < 256; x++) vivid.setPixelColor(x, y, x < 64 ? QColor(0, 255, 0) : QColor(90, 90, 90));
        Measured wide = measured(vivid);
        wide.facts.colour = icc::sourceColour(icc::Profile::displayP3(), image::SourceBasis::EmbeddedProfile);
        const auto all = checked(wide);
        const findings::Finding* found = findingOf(all, FindingCode::RicherThanSrgb);
        QVERIFY(found && found->severity == Severity::Good);
        // A quarter of the width, of which the print cuts off a sixth of the photo: 0.083 of the 0.667 that it shows.
        QVERIFY(std::abs(found->number("percent") - 12.5) <= 1);
    }
    void versionsOfAPictureAreKnownAndOthersAreNot() {
        std::vector<std::uint64_t> hashes;
        for (const char* name : goodPhotos) {
            const QImage photo = photoNamed(name);
            const auto hashOf = [](const QImage& image) { return measured(image).measures.likeness; };
            const std::uint64_t own = hashOf(photo);
            const QImage half = photo.scaled(photo.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
            QVERIFY2(std::popcount(own ^ hashOf(savedAgain(half, 60))) <= 10, name);
            QVERIFY2(std::popcount(own ^ hashOf(changed(photo, [](double v) { return v * 1.12; }))) <= 10, name);
            for (const std::uint64_t other : hashes) QVERIFY2(std::popcount(own ^ other) > 14, name);
            hashes.push_back(own);
        }
    }
    void photosThatAreInAnOrderTwiceAreTold() {
        const auto photo = [](const char* name, std::uint64_t likeness, const char* at, const char* product = "10x15") {
            return OrderedPhoto{Sha256::of(name), product, likeness, at};
        };
        const std::vector<OrderedPhoto> order{photo("a", 0, "2026:11:22 10:20:58"),
                                              photo("b", ~0ULL, ""),
                                              photo("a2", 0x3FF, ""),
                                              photo("burst", 0xFFF, "2026:11:22 10:21:03"),
                                              photo("later", 0xFFF000, "2026:11:22 10:21:09"),
                                              photo("b", ~0ULL, "", "20x25"),
                                              photo("b", 0x00FF00FF00FF00FF, "")};
        const auto found = checkOrder(order);
        QVERIFY(!found[0] && !found[1] && !found[4] && !found[5]);
        QVERIFY(found[2]->code == FindingCode::TwiceInOrder && found[2]->number("other") == 1);
        QVERIFY(found[2]->fix == Fix::LeaveOut && found[2]->subject == Sha256::of("a2").toString());
        QVERIFY(found[3] && found[3]->number("other") == 1);
        QVERIFY(found[3]->code == FindingCode::NearlyTwiceInOrder);
        QVERIFY(found[6]->code == FindingCode::TwiceInOrder && found[6]->number("other") == 2);
    }
    void measuresDoNotDependOnHowAPhotoComes() {
        const QImage photo = photoNamed("Kodak_DC240.jpg");
        const Measured upright = measured(photo);
        QVERIFY(upright == measured(photo, image::Orientation::Upright, 7));
        const Measured turned = measured(photo, image::Orientation::Rotate90);
        QCOMPARE(turned.measures.small.size.width, upright.measures.small.size.width);
        QVERIFY(std::popcount(turned.measures.likeness ^ upright.measures.likeness) <= 4);
        QVERIFY(std::abs(turned.measures.detail.edgePx - upright.measures.detail.edgePx) < 0.2);
    }
    void tinyPhotosAreMeasuredWithoutHarm() {
        for (const QSize size :
             {QSize(1, 1), QSize(2, 1), QSize(1, 300), QSize(3000, 3), QSize(79, 79), QSize(81, 90)}) {
            QImage tiny(size, QImage::Format_RGB888);
            tiny.fill(QColor(120, 60, 30));
            const Measured photo = measured(tiny);
            QCOMPARE(photo.measures.detail.edgePx, 0.0);
            QVERIFY(!says(checked(photo), FindingCode::Blurred));
        }
    }
    void measuringCostsLessThanAFrameOrTwo() {
        // 12 megapixels, laid out of a photo without scaling, so that there is as much detail. 20 ms of a core are the
        // aim; the bound leaves room for slow machines that do other things besides.
        const QImage tile = photoNamed("Olympus_PEN_E-P3.jpg");
        QImage photo(4000, 3000, QImage::Format_RGB888);
        for (int y = 0; y < 3000; y++)
            for (int x = 0; x < 4000; x++)
                std::memcpy(photo.scanLine(y) + x * 3, tile.constScanLine(y % 960) + x % 1280 * 3, 3);
        render::testing::MemorySource source(pictureOf(photo), image::Orientation::Upright);
        image::Picture room = image::Picture::ofSize({4000, 64}, {});
        double reading = cpuMs();
        while (*source.read(room.strip()) > 0) {
        }
        reading = cpuMs() - reading;
        render::testing::MemorySource again(pictureOf(photo), image::Orientation::Upright);
        const double before = cpuMs();
        QVERIFY(measurePhoto(again).has_value());
        const double ms = cpuMs() - before - reading;
        qInfo("%.1f ms", ms);
        QVERIFY2(ms < 80, qPrintable(QString::number(ms)));
    }
};

QTEST_GUILESS_MAIN(ChecksTest)
#include "checks_test.moc"
