// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The catalogue as shipped, and what a wrong product file is told.
#include <QTemporaryDir>
#include <QTest>

#include "core/catalog/product.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::catalog;

namespace {

const char* const kPaper =
    "id = \"glossy\"\nname = \"Glossy\"\nfinish = \"glossy\"\ngrams_per_square_metre = 230\n"
    "sharpen_radius_mm = 0.1\nsharpen_percent = 110\n";
const char* const kProduct =
    "id = \"mini\"\nname = \"Mini\"\ntrim_mm = [50.8, 76.2]\nborder_mm = 2\nsafe_mm = 3\npieces = [1, 1]\n"
    "finishes = [\"glossy\"]\npapers = [\"glossy\"]\ndpi = { sharp = 240, good = 180, soft = 120 }\n"
    "kind = \"print\"\n";

Path shippedShare() {
    return Path(contone::tests::programFolder).parent_path() / "share/contone";
}

/// A share folder with one paper and one product of the given text.
class Share {
  public:
    explicit Share(std::string_view product, const std::string& name = "mini.toml") {
        const Path root = path();
        ok = makeDirectories(root / "papers") && makeDirectories(root / "products") &&
             writeFileDurably(root / "papers/glossy.toml", std::string_view(kPaper)) &&
             writeFileDurably(root / "products" / name, product);
    }
    Path path() const { return m_directory.path().toStdString(); }
    bool ok = false;

  private:
    QTemporaryDir m_directory;
};

std::string with(const std::string& from, const std::string& to) {
    std::string text = kProduct;
    text.replace(text.find(from), from.size(), to);
    return text;
}

}  // namespace

class CatalogTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        auto loaded = Catalog::load(shippedShare());
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        m_catalog = *loaded;
    }

    void shippedProductsHaveTheSizesOfTheTrade() {
        // Inches where the trade's sheets, rolls and frames are in inches: dye-sub media and lab prints.
        const std::map<std::string, std::pair<double, double>> inSizes{
            {"9x13", {3.5, 5}},          {"10x15", {4, 6}},          {"11x15", {4.5, 6}},
            {"13x18", {5, 7}},           {"15x20", {6, 8}},          {"15x23", {6, 9}},
            {"20x25", {8, 10}},          {"20x30", {8, 12}},         {"28x36", {11, 14}},
            {"30x40", {12, 16}},         {"30x45", {12, 18}},        {"40x50", {16, 20}},
            {"40x60", {16, 24}},         {"50x75", {20, 30}},        {"10x10", {4, 4}},
            {"13x13", {5, 5}},           {"15x15", {6, 6}},          {"20x20", {8, 8}},
            {"30x30", {12, 12}},         {"10x30", {4, 12}},         {"15x36", {6, 14}},
            {"20x60", {8, 24}},          {"strip-5x15", {2, 6}},     {"id-sheet", {4, 6}},
            {"wallets", {2.5, 3.5}},     {"greeting-13x18", {5, 7}}, {"postcard-10x15", {4, 6}},
            {"calendar-20x25", {8, 10}}, {"calendar-10x15", {4, 6}}};
        const std::map<std::string, std::pair<double, double>> mmSizes{{"15x21", {152.4, 210}},
                                                                       {"18x24", {180, 240}},
                                                                       {"24x30", {240, 300}},
                                                                       {"50x70", {500, 700}},
                                                                       {"a4", {210, 297}}};
        QCOMPARE(m_catalog.products().size(), inSizes.size() + mmSizes.size());
        for (const auto& [id, size] : inSizes)
            QVERIFY2(m_catalog.product(id).value().trim == (PaperSize{inches(size.first), inches(size.second)}),
                     id.c_str());
        for (const auto& [id, size] : mmSizes)
            QVERIFY2(
                m_catalog.product(id).value().trim == (PaperSize{millimetres(size.first), millimetres(size.second)}),
                id.c_str());
        const Product strip = m_catalog.product("strip-5x15").value();
        QCOMPARE(strip.columns, 2);
        QVERIFY(strip.sheet() == (PaperSize{inches(4), inches(6)}));
        QVERIFY(m_catalog.product("wallets").value().sheet() == (PaperSize{inches(5), inches(7)}));
    }

    void everyProductIsUnderItsHeading() {
        std::map<ProductKind, int> kinds;
        for (const auto& [id, p] : m_catalog.products()) {
            kinds[p.kind]++;
            QCOMPARE(p.trim.width == p.trim.height, p.kind == ProductKind::Square);
            // A panorama is at least twice as long as wide.
            if (p.kind == ProductKind::Panorama) QVERIFY(p.trim.height >= p.trim.width * 2);
        }
        QCOMPARE(kinds.size(), wordTable<ProductKind>.words.size());
        QCOMPARE(kinds[ProductKind::Print], 19);
        QCOMPARE(kinds[ProductKind::Square], 5);
        QCOMPARE(kinds[ProductKind::Panorama], 3);
    }

    void everyProductKeepsFacesInsideTheTrim() {
        for (const auto& [id, p] : m_catalog.products()) {
            QVERIFY(p.safe >= millimetres(4));
            QCOMPARE(p.finishes.front(), std::string("glossy"));
        }
    }

    void sharpnessChangesExactlyAtTheLadder() {
        const DpiLadder ladder{{240}, {180}, {120}};
        QCOMPARE(ladder.at(240), Sharpness::Sharp);
        QCOMPARE(ladder.at(239.99), Sharpness::Good);
        QCOMPARE(ladder.at(180), Sharpness::Good);
        QCOMPARE(ladder.at(120), Sharpness::Soft);
        QCOMPARE(ladder.at(119.99), Sharpness::Poor);
    }

    void largestSizeIsTheOneWhereThePhotoIsStillSharpEnough() {
        // 8x10 is sharp from 220 dpi: 1760 x 2200 pixels, however the photo lies.
        QCOMPARE(m_catalog.largestAt(1760, 2200, Sharpness::Sharp)->id, std::string("20x25"));
        QCOMPARE(m_catalog.largestAt(2200, 1760, Sharpness::Sharp)->id, std::string("20x25"));
        // One pixel less is not; 18 × 24 cm at 220 dpi needs 1559 x 2079.
        QCOMPARE(m_catalog.largestAt(1759, 2200, Sharpness::Sharp)->id, std::string("18x24"));
        // 1439 short: 5x7 needs 1200 x 1680.
        QCOMPARE(m_catalog.largestAt(1439, 2200, Sharpness::Sharp)->id, std::string("13x18"));
        QVERIFY(!m_catalog.largestAt(100, 100, Sharpness::Soft));
    }

    void whatIsNoPlainPrintIsNotASizeToBeSharpAt() {
        // 8 x 24 inches at 220 dpi would do, and so would cards; a panorama is not what a photo is measured by.
        QCOMPARE(m_catalog.largestAt(1760, 5280, Sharpness::Sharp)->id, std::string("20x30"));
        QVERIFY(m_catalog.largestAt(1200, 1800, Sharpness::Sharp)->kind == ProductKind::Print);
    }

    void unknownProductNamesThoseThatExist() {
        const auto missing = m_catalog.product("9x14");
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Code::NotFound);
        QCOMPARE(missing.error().reason, std::string("product-unknown"));
        QVERIFY(missing.error().message.find("10x15, 10x30, 11x15, 13x13, 13x18") != std::string::npos);
    }

    void aRightFileIsRead() {
        const Share share(kProduct);
        QVERIFY(share.ok);
        const auto loaded = Catalog::load(share.path());
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        QCOMPARE(loaded->product("mini").value().border.um(), 2000);
        QVERIFY(!loaded->product("mini").value().borderColour);
    }

    void aBorderMayHaveAColour() {
        std::string text = kProduct;
        text.insert(text.find("safe_mm"), "border_colour = \"#1e2a3c\"\n");
        const Share share(text);
        const auto loaded = Catalog::load(share.path());
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        QVERIFY(loaded->product("mini").value().borderColour == (Srgb{0x1e, 0x2a, 0x3c}));
    }

    void aWrongFileIsRefusedByFileLineAndReason_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& text, const char* says) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(says);
        };
        row("unknown key", with("safe_mm", "safety_mm"), "line 5: \"safety_mm\" is not a key");
        row("other unit", with("trim_mm = [50.8, 76.2]", "trim_in = [2, 3]"), "line 3: \"trim_in\" is not a key");
        row("inches as millimetres", with("[50.8, 76.2]", "[2, 3]"), "line 3: \"trim_mm\" is 2 mm");
        row("unit as text", with("border_mm = 2", "border_mm = \"2 mm\""), "line 4: \"border_mm\" must be a number");
        row("colour in words", with("border_mm = 2", "border_mm = 2\nborder_colour = \"navy\""),
            "line 5: \"border_colour\" must be #");
        row("colour of no border", with("border_mm = 2", "border_colour = \"#1e2a3c\""),
            "line 4: \"border_colour\" needs a border");
        row("missing key", with("safe_mm = 3\n", ""), "\"safe_mm\" is missing");
        row("not a number", with("safe_mm = 3", "safe_mm = nan"), "line 5: \"safe_mm\"");
        row("landscape", with("[50.8, 76.2]", "[76.2, 50.8]"), "line 3: \"trim_mm\" must be portrait");
        row("fraction of a piece", with("pieces = [1, 1]", "pieces = [1.5, 1]"),
            "line 6: \"pieces\" must be a whole number");
        row("one number", with("pieces = [1, 1]", "pieces = [1]"), "line 6: \"pieces\" must be a list of 2");
        row("no such paper", with("papers = [\"glossy\"]", "papers = [\"silk\"]"), "names silk");
        row("finish without paper", with("finishes = [\"glossy\"]", "finishes = [\"matte\"]"), "offers matte");
        row("ladder upside down", with("sharp = 240", "sharp = 100"), "line 9: \"dpi\" must fall");
        row("unknown inner key", with("soft = 120", "soft = 120, fine = 400"), "line 9: \"fine\" is not a key");
        row("no such kind", with("\"print\"", "\"poster\""), "line 10: \"kind\" must be one of: print, square");
        row("a price", with("kind =", "cents = 50\nkind ="), "line 10: \"cents\" is not a key");
        row("id is not the name", with("\"mini\"", "\"maxi\""), "line 1: \"id\" is maxi");
        row("same key twice", with("safe_mm = 3", "safe_mm = 3\nsafe_mm = 4"), "line 6");
        row("no TOML", "id = ", "line 1");
        row("empty", "", "is missing");
    }
    void aWrongFileIsRefusedByFileLineAndReason() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const Share share(text.toStdString());
        QVERIFY(share.ok);
        const auto loaded = Catalog::load(share.path());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, Code::Invalid);
        QCOMPARE(loaded.error().reason, std::string("product-file"));
        const QString message = QString::fromStdString(loaded.error().message);
        QVERIFY2(message.contains("mini.toml") && message.contains(says), qPrintable(message));
    }

    void everyMistakeOfAFileIsInTheDetail() {
        const Share share(with("safe_mm = 3\n", "saffe_mm = 3\n"));
        const auto loaded = Catalog::load(share.path());
        QVERIFY(!loaded);
        QVERIFY(loaded.error().detail.find("mini.toml:5: \"saffe_mm\" is not") != std::string::npos);
        QVERIFY(loaded.error().detail.find("\"safe_mm\" is missing") != std::string::npos);
    }

    void anInstallationWithoutProductsSaysSo() {
        QTemporaryDir empty;
        const auto loaded = Catalog::load(empty.path().toStdString());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().reason, std::string("paper-files-missing"));
    }

  private:
    Catalog m_catalog;
};

QTEST_GUILESS_MAIN(CatalogTest)
#include "catalog_test.moc"
