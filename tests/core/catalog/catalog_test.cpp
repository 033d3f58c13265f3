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
    "currency = \"EUR\"\nprices = [ { from = 1, cents = 50 }, { from = 10, cents = 40 } ]\n";

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
        // Nominal inch sizes of dye-sub media: 4x6, 5x7, 6x6, 8x10, and 2x6 of which two come from a 4x6 sheet.
        const std::map<std::string, PaperSize> expected{{"10x15", {inches(4), inches(6)}},
                                                        {"13x18", {inches(5), inches(7)}},
                                                        {"15x15", {inches(6), inches(6)}},
                                                        {"20x25", {inches(8), inches(10)}},
                                                        {"strip-5x15", {inches(2), inches(6)}}};
        QCOMPARE(m_catalog.products().size(), expected.size());
        for (const auto& [id, trim] : expected) QVERIFY2(m_catalog.product(id).value().trim == trim, id.c_str());
        const Product strip = m_catalog.product("strip-5x15").value();
        QCOMPARE(strip.columns, 2);
        QVERIFY(strip.sheet() == (PaperSize{inches(4), inches(6)}));
    }

    void everyProductKeepsFacesInsideTheTrim() {
        for (const auto& [id, p] : m_catalog.products()) {
            QVERIFY(p.safe >= millimetres(4));
            QCOMPARE(p.finishes.front(), std::string("glossy"));
        }
    }

    void priceFallsAtEachStepOfTheLadder() {
        const Product p = m_catalog.product("10x15").value();
        QCOMPARE(toString(p.unitPrice(1)), std::string("0.59 EUR"));
        QCOMPARE(toString(p.unitPrice(24)), std::string("0.59 EUR"));
        QCOMPARE(toString(p.unitPrice(25)), std::string("0.45 EUR"));
        QCOMPARE(toString(p.unitPrice(99999)), std::string("0.19 EUR"));
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
        // One pixel less is not; 6x6 needs 1440 on both sides.
        QCOMPARE(m_catalog.largestAt(1759, 2200, Sharpness::Sharp)->id, std::string("15x15"));
        // 1439 short: 5x7 needs 1200 x 1680.
        QCOMPARE(m_catalog.largestAt(1439, 2200, Sharpness::Sharp)->id, std::string("13x18"));
        QVERIFY(!m_catalog.largestAt(100, 100, Sharpness::Soft));
    }

    void unknownProductNamesThoseThatExist() {
        const auto missing = m_catalog.product("9x13");
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Code::NotFound);
        QCOMPARE(missing.error().reason, std::string("product-unknown"));
        QVERIFY(missing.error().message.find("10x15, 13x18, 15x15, 20x25, strip-5x15") != std::string::npos);
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
        row("prices out of order", with("from = 10", "from = 1"), "\"prices\" must start");
        row("price with a point", with("cents = 50", "cents = 0.50"), "\"cents\" must be a whole number");
        row("currency", with("EUR", "euro"), "line 10: \"currency\" must be one of");
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
