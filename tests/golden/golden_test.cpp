// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The golden cases: whole pages as a person would see them, against pictures that were accepted.
#include <QTest>
#include <algorithm>
#include <map>

#include "core/decode/worker/open_photo.h"
#include "core/print/calibration.h"
#include "core/print/page_recipe.h"
#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/cube.h"
#include "core/render/adjustments/looks.h"
#include "core/render/pipeline.h"
#include "core/render/proof_sink.h"
#include "tests/golden/design_cases.h"
#include "tests/golden/golden_case.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::golden;
using icc::ProofTransform;

namespace {

/// A 4 x 6 inch sheet at so many dpi, with a little overscan all around, in two columns for strips.
print::Medium sheet(int dpi, int columns = 1) {
    print::Medium medium;
    medium.id = "golden";
    medium.name = "10 × 15 cm";
    medium.sheet = {inches(4), inches(6)};
    medium.columns = columns;
    medium.dpiX = medium.dpiY = Dpi{dpi};
    medium.raster = {4 * dpi + dpi / 6, 6 * dpi + dpi / 6};
    medium.overscan = print::derivedOverscan(medium);
    return medium;
}

catalog::Product product(double widthIn, int columns = 1) {
    catalog::Product product;
    product.id = product.name = "golden";
    product.trim = {inches(widthIn), inches(6)};
    product.safe = millimetres(4);
    product.columns = columns;
    product.finishes = product.papers = {"glossy"};
    return product;
}

/// What a page shows on an sRGB monitor: the proof of its device pixels.
class Proofs {
  public:
    explicit Proofs(const icc::Profile& paper) : m_paper(paper) {}
    render::Sharpening sharpening;
    Bytes look;  ///< a .cube file
    ProofTransform::Simulate simulate = ProofTransform::Simulate::Adapted;

    image::Picture of(const char* photo, const catalog::Product& product, const print::Medium& medium,
                      const order::PhotoChoices& choices = {}) {
        const auto open = [&](int, const image::PhotoRequest& request) {
            return openFile(std::string(tests::sourceFolder) + photo, request);
        };
        const image::PhotoFacts facts = orStop(open(0, {}))->facts();
        const print::PagePlan plan = orStop(print::planPage(product, medium, facts.uprightSize(), choices));
        const render::Recipe recipe =
            print::makeRecipe(plan, Sha256::of(photo), facts, choices,
                              {.outputProfile = m_paper.hash(),
                               .device = {static_cast<image::Channels>(m_paper.channels()), image::Depth::U8},
                               .sharpening = sharpening});
        image::PictureSink screen;
        render::ProofSink proof(orStop(ProofTransform::create(m_paper, icc::Profile::srgb(), simulate)), {}, screen);
        const auto openLook = [this](const Sha256&) -> Result<Bytes> { return look; };
        orStop(render::renderPage(recipe, {open, m_paper, m_tables, openLook}, proof, {.threads = 2}));
        return screen.picture();
    }

  private:
    static Result<std::unique_ptr<image::PhotoSource>> openFile(const Path& path, const image::PhotoRequest& request) {
        CONTONE_TRY(FileDescriptor file, openForReading(path));
        return decode::openPhoto(decode::narrowCodecs(), std::move(file), request);
    }
    template <class T>
    static T orStop(Result<T> result) {
        if (!result) qFatal("%s (%s)", result.error().message.c_str(), result.error().detail.c_str());
        return std::move(*result);
    }
    icc::Profile m_paper;
    std::shared_ptr<render::ColourTables> m_tables = std::make_shared<render::ColourTables>();
};

using Make = image::Picture (*)();

/// The same photo with each of these, eight in a row, all of one size.
image::Picture contactSheet(const std::vector<image::Adjustments>& all) {
    constexpr int across = 8;
    Proofs proofs(icc::Profile::syntheticPhotoRgb());
    image::Picture sheetOfAll;
    for (std::size_t i = 0; i < all.size(); i++) {
        order::PhotoChoices choices;
        choices.adjustments = all[i];
        const image::Picture one = proofs.of("/tests/data/faces/astronaut.jpg", product(4), sheet(12), choices);
        const int rows = (static_cast<int>(all.size()) + across - 1) / across;
        if (i == 0) sheetOfAll = image::Picture::ofSize({one.size.width * across, one.size.height * rows}, one.format);
        const auto column = i % across, row = i / across;
        for (int y = 0; y < one.size.height; y++)
            std::copy_n(one.bytes.data() + one.stride() * static_cast<std::size_t>(y), one.stride(),
                        sheetOfAll.bytes.data() +
                            sheetOfAll.stride() *
                                (row * static_cast<std::size_t>(one.size.height) + static_cast<std::size_t>(y)) +
                            column * one.stride());
    }
    return sheetOfAll;
}

/// As it came, then every look.
image::Picture allLooks() {
    std::vector<image::Adjustments> all(1);
    for (const render::Look& look : render::looks()) all.emplace_back().look = look.id;
    return contactSheet(all);
}

/// As it came, then every slider at both of its ends.
image::Picture allSliders() {
    std::vector<image::Adjustments> all(1);
    for (const render::NumberDescriptor& slider : render::adjustmentNumbers())
        for (const double end : {slider.least, slider.most})
            if (end != 0) {
                image::Adjustments& one = all.emplace_back();
                if (std::string_view(slider.id).starts_with("bw-")) one.set("black-and-white", 100);
                one.set(slider.id, end);
            }
    return contactSheet(all);
}

/// A look of a shop's own, half of it: a teal and orange cube of nine nodes a side.
image::Picture ownLook() {
    std::string cube = "LUT_3D_SIZE 9\n";
    for (int i = 0; i < 9 * 9 * 9; i++) {
        const double r = i % 9 / 8.0, g = i / 9 % 9 / 8.0, b = i / 81 / 8.0, light = 0.3 * r + 0.6 * g + 0.1 * b;
        cube += std::to_string(r + 0.2 * (light - 0.3)) + " " + std::to_string(g) + " " +
                std::to_string(b - 0.2 * (light - 0.5)) + "\n";
    }
    Proofs proofs(icc::Profile::syntheticPhotoRgb());
    const auto* bytes = reinterpret_cast<const std::byte*>(cube.data());
    proofs.look.assign(bytes, bytes + cube.size());
    order::PhotoChoices choices;
    choices.adjustments.look = render::toText(render::CubeName{Sha256::of(cube)});
    choices.adjustments.lookPercent = 50;
    return proofs.of("/tests/data/faces/astronaut.jpg", product(4), sheet(40), choices);
}

/// The grain of film, at the size of a print that shows a third of the photo.
image::Picture filmGrain() {
    order::PhotoChoices choices;
    choices.crop = image::Crop{0.3, 0.4, 0.3, 0.3};
    choices.adjustments.set("grain", 60);
    return Proofs(icc::Profile::syntheticPhotoRgb())
        .of("/resources/samples/church.jpg", product(4), sheet(64), choices);
}

/// Grain and spots of colour taken away, as much as can be.
image::Picture noiseGone() {
    order::PhotoChoices choices;
    choices.adjustments.set("luma-noise", 100);
    choices.adjustments.set("colour-noise", 100);
    return Proofs(icc::Profile::syntheticPhotoRgb())
        .of("/tests/data/photos/Olympus_PEN_E-P3.jpg", product(4), sheet(80), choices);
}

/// A mark on a red suit: what is red in it becomes dark gray; its patch and all around stay.
image::Picture redMark() {
    order::PhotoChoices choices;
    choices.adjustments.eyes = {{0.25, 0.7, 0.12}};
    return Proofs(icc::Profile::syntheticPhotoRgb())
        .of("/tests/data/faces/astronaut.jpg", product(4), sheet(40), choices);
}

image::Picture saturatedProof() {
    Proofs proofs(icc::Profile::syntheticPhotoRgb());
    proofs.simulate = ProofTransform::Simulate::PaperAndInk;
    return proofs.of("/tests/data/photos/flower2.jpg", product(4), sheet(40));
}

image::Picture cmykPhoto() {
    return Proofs(icc::Profile::syntheticPhotoRgb())
        .of("/tests/data/photos/pil_sample_cmyk.jpg", product(4), sheet(36));
}

image::Picture cmykPrinter() {
    return Proofs(icc::Profile::syntheticPhotoCmyk()).of("/resources/samples/sunset.jpg", product(4), sheet(36));
}

/// Sharpened for the paper, as fine as a print of 10 × 15 cm in a preview.
image::Picture turned() {
    Proofs proofs(icc::Profile::syntheticPhotoRgb());
    proofs.sharpening = {render::SharpenLevel::Standard, 300, 1000, 50};
    return proofs.of("/tests/data/photos/Landscape_6.jpg", product(4), sheet(40));
}

image::Picture strip() {
    return Proofs(icc::Profile::syntheticPhotoRgb()).of("/resources/samples/church.jpg", product(2, 2), sheet(36, 2));
}

image::Picture bordered() {
    catalog::Product withBorder = product(4);
    withBorder.border = millimetres(6);
    withBorder.borderColour = Srgb{30, 42, 60};
    return Proofs(icc::Profile::syntheticPhotoRgb()).of("/resources/samples/church.jpg", withBorder, sheet(36));
}

image::Picture calibration() {
    const auto page = print::calibrationPage(sheet(100), {image::Channels::Rgb, image::Depth::U8});
    if (!page) qFatal("%s", page.error().message.c_str());
    return *page;
}

const std::map<std::string, Make>& cases() {
    static const std::map<std::string, Make> all{{"bordered", bordered},    {"calibration-page", calibration},
                                                 {"cmyk-photo", cmykPhoto}, {"cmyk-printer", cmykPrinter},
                                                 {"film-grain", filmGrain}, {"looks", allLooks},
                                                 {"noise-gone", noiseGone}, {"own-look", ownLook},
                                                 {"red-mark", redMark},     {"saturated-proof", saturatedProof},
                                                 {"sliders", allSliders},   {"straightened-oval", straightenedOval},
                                                 {"strip", strip},          {"templates", allTemplates},
                                                 {"turned", turned}};
    return all;
}

}  // namespace

class GoldenTest : public QObject {
    Q_OBJECT
  private slots:
    void everyFolderIsACase() {
        std::vector<std::string> made;
        for (const auto& [name, make] : cases()) made.push_back(name);
        QVERIFY(caseNames() == made);
    }

    void thePageLooksAsAccepted_data() {
        QTest::addColumn<QString>("name");
        for (const auto& [name, make] : cases()) QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
    }
    void thePageLooksAsAccepted() {
        QFETCH(QString, name);
        const auto golden = readCase(name.toStdString());
        QVERIFY2(golden, golden ? "" : golden.error().message.c_str());
        const std::string differs = disagreement(*golden, cases().at(golden->name)());
        QVERIFY2(differs.empty(), differs.c_str());
    }
};

QTEST_GUILESS_MAIN(GoldenTest)
#include "golden_test.moc"
