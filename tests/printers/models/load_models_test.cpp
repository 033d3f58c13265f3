// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The shipped printer models against published figures and the PWG's media names; what a wrong file is told.
#include <cups/cups.h>
#include <cups/pwg.h>

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "printers/models/load_models.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::print;

namespace {

Path shippedShare() {
    return Path(contone::tests::programFolder).parent_path() / "share/contone";
}

const char* const kModel =
    "id = \"test\"\nname = \"Test\"\nfamily = \"test\"\ndevice = \"rgb8\"\nfinishes = [\"glossy\"]\n"
    "[[media]]\nid = \"4x6\"\nname = \"4 x 6\"\nsheet_mm = [101.6, 152.4]\npieces = [1, 1]\nraster = [1240, 1920]\n"
    "dpi = [300, 300]\nunprintable = { left = 0, top = 38, right = 0, bottom = 38 }\n";

std::string with(const std::string& from, const std::string& to) {
    std::string text = kModel;
    text.replace(text.find(from), from.size(), to);
    return text;
}

}  // namespace

class LoadModelsTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        auto loaded = printers::loadModels(shippedShare());
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        m_models = *loaded;
        for (const char* id :
             {"dnp-rx1",    "dnp-ds40",       "dnp-ds620",       "dnp-ds80",          "dnp-ds820",
              "dnp-qw410",  "mitsubishi-d70", "mitsubishi-d90",  "mitsubishi-k60",    "mitsubishi-m1",
              "kodak-6850", "kodak-6900",     "kodak-7000",      "kodak-8810",        "sinfonia-s2245",
              "hiti-p525l", "citizen-cx",     "canon-selphy-cp", "generic-ipp-photo", "generic-inkjet"})
            QVERIFY2(m_models.contains(id), id);
    }

    void overscanOfKnownPrintersIsAsPublished() {
        // Short and long side of 4x6, mm: RX1 and DS620 1.69/1.86, D90 1.10/2.20, D70 1.19/2.71, K60 0.76/2.71,
        // M1 1.35/2.20, QW410 2.79/1.52, Kodak 6900 1.52/1.86.
        const auto overscan = [&](const char* id) { return m_models.at(id).medium("4x6")->overscan; };
        QVERIFY(std::abs(overscan("dnp-rx1").left.mm() - 1.69) < 0.01);
        QVERIFY(std::abs(overscan("dnp-ds620").top.mm() - 1.86) < 0.01);
        QVERIFY(std::abs(overscan("mitsubishi-d90").left.mm() - 1.10) < 0.01);
        QVERIFY(std::abs(overscan("mitsubishi-d90").bottom.mm() - 2.20) < 0.01);
        QVERIFY(std::abs(overscan("mitsubishi-d70").left.mm() - 1.19) < 0.01);
        QVERIFY(std::abs(overscan("mitsubishi-d70").top.mm() - 2.71) < 0.01);
        QVERIFY(std::abs(overscan("mitsubishi-k60").right.mm() - 0.76) < 0.01);
        QVERIFY(std::abs(overscan("mitsubishi-m1").left.mm() - 1.35) < 0.01);
        QVERIFY(std::abs(overscan("dnp-qw410").left.mm() - 2.79) < 0.01);
        QVERIFY(std::abs(overscan("dnp-qw410").top.mm() - 1.52) < 0.01);
        QVERIFY(std::abs(overscan("kodak-6900").left.mm() - 1.52) < 0.01);
        QVERIFY(overscan("generic-ipp-photo") == Edges{});
        // An inkjet that leaves 1/8 inch white, in whole dots: 38 at 300 dpi.
        QVERIFY(std::abs(overscan("generic-inkjet").left.mm() + 38 * 25.4 / 300) < 0.001);
    }

    void ippMediaNamesMeanTheSheet() {
        int named = 0;
        for (const auto& [id, model] : m_models) {
            for (const Medium& m : model.media) {
                if (m.ippMedia.empty()) continue;
                const pwg_media_t* pwg = pwgMediaForPWG(m.ippMedia.c_str());
                QVERIFY2(pwg, m.ippMedia.c_str());
                QCOMPARE(std::int64_t(pwg->width) * 10, m.sheet.width.um());  // PWG: 1/100 mm
                QCOMPARE(std::int64_t(pwg->length) * 10, m.sheet.height.um());
                // A name that CUPS would give that size itself, unless the size is not registered.
                if (!m.ippMedia.starts_with("custom_"))
                    QCOMPARE(std::string(pwgMediaForSize(pwg->width, pwg->length)->pwg), m.ippMedia);
                ++named;
            }
        }
        QCOMPARE(named, 12);
    }

    void aRightFileIsRead() {
        const auto loaded = load(kModel);
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        const Medium* m = loaded->at("test").medium("4x6");
        QVERIFY(m && m->ippMedia.empty() && m->overscan.left.um() == 1693);
        QVERIFY(!loaded->at("test").medium("5x7"));
    }

    void statedOverscanCounts() {
        const auto loaded =
            load(with("dpi =", "overscan_mm = { left = 1.5, top = 2, right = 1.9, bottom = 1.7 }\ndpi ="));
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        QVERIFY(loaded->at("test").medium("4x6")->overscan ==
                (Edges{millimetres(1.5), millimetres(2), millimetres(1.9), millimetres(1.7)}));
    }

    void guttersAndDriverOptionsAreRead() {
        std::string text = with("pieces = [1, 1]", "pieces = [2, 1]\ncut = \"div2\"\ngutter_mm = 1.2");
        text.replace(text.find("[[media]]"), 9,
                     "gutenprint_drivers = [\"maker-model\"]\nquirks = [\"Slow.\"]\n[finish_options]\nglossy = "
                     "\"Lamination=Shiny\"\n[pinned]\nColorModel = \"RGB\"\nResolution = \"300dpi\"\n"
                     "StpColorCorrection = \"Raw\"\nStpiShrinkOutput = \"Crop\"\n[[media]]");
        const auto loaded = load(text + "gutenprint_page = \"w288h432-div2\"\n");
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        const PrinterModel& model = loaded->at("test");
        QCOMPARE(model.finishOptions, (std::map<std::string, std::string>{{"glossy", "Lamination=Shiny"}}));
        QCOMPARE(model.pinned.at("ColorModel"), std::string("RGB"));
        QCOMPARE(model.pinned.size(), std::size_t(4));
        QCOMPARE(model.drivers, std::vector<std::string>{"maker-model"});
        QCOMPARE(model.quirks, std::vector<std::string>{"Slow."});
        const Medium& m = model.media.front();
        QCOMPARE(m.gutter, millimetres(1.2));
        // 1240 dots are 104.987 mm: 101.6 of sheet, 1.2 of gutter, half of the rest at each end.
        QCOMPARE(m.overscan.left.um(), std::int64_t(1093));
        QCOMPARE(m.overscan.top.um(), std::int64_t(1862));  // the gutter is between columns only
        const auto byOption = load(with("pieces = [1, 1]", "pieces = [2, 1]\ncut = \"CutMedia=Page\""));
        QVERIFY2(byOption, byOption ? "" : byOption.error().message.c_str());
        QCOMPARE(byOption->at("test").media.front().cut, std::string("CutMedia=Page"));
        const auto uncut = load(text + "gutenprint_page = \"w288h432\"\n");
        QVERIFY(!uncut && uncut.error().message.find("\"cut\" must end the name") != std::string::npos);
    }

    void aWrongFileIsRefusedByFileLineAndReason_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& text, const char* says) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(says);
        };
        row("unknown key", with("dpi =", "resolution ="), "line 12: \"resolution\" is not a key");
        row("raster swapped", with("[1240, 1920]", "[1920, 1240]"), "line 11: \"raster\"");
        row("unprintable margins forgotten", with("top = 38, right = 0, bottom = 38", "top = 0, right = 0, bottom = 0"),
            "\"raster\"");
        row("nothing left", with("top = 38", "top = 1900"), "line 13: \"unprintable\" leaves nothing");
        row("sheet in inches", with("[101.6, 152.4]", "[4, 6]"), "line 9: \"sheet_mm\"");
        row("overscan that misses", with("dpi =", "overscan_mm = 0\ndpi ="), "line 12: \"overscan_mm\" does not leave");
        row("fractional dots", with("top = 38", "top = 38.5"), "line 13: \"top\" must be a whole number");
        row("device", with("rgb8", "cmyk8"), "line 4: \"device\" must be one of");
        row("no media", with("[[media]]", "[[medium]]"), "line 6: \"medium\" is not a key");
        row("twice", std::string(kModel) + std::string(kModel).substr(std::string(kModel).find("[[media]]")),
            "twice: 4x6");
        row("pieces without a cut", with("pieces = [1, 1]", "pieces = [2, 1]"), "\"cut\" must name");
        row("cut of one piece", with("dpi =", "cut = \"div2\"\ndpi ="), "line 12: \"cut\" must name");
        row("gutter of one piece", with("dpi =", "gutter_mm = 1\ndpi ="), "line 12: \"gutter_mm\" must not");
        row("page without a driver", with("dpi =", "gutenprint_page = \"w288h432\"\ndpi ="), "\"gutenprint_drivers\"");
        row("finish without an option", with("[[media]]", "[finish_options]\nshiny = \"A=B\"\n[[media]]"),
            "\"finish_options\" ");
        row("half an option", with("[[media]]", "[finish_options]\nglossy = \"Shiny\"\n[[media]]"), "Option=Choice");
        row("id is not the name", with("\"test\"", "\"best\""), "line 1: \"id\" is best");
    }
    void aWrongFileIsRefusedByFileLineAndReason() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto loaded = load(text.toStdString());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().reason, std::string("printer-model-file"));
        const QString message = QString::fromStdString(loaded.error().message);
        QVERIFY2(message.contains("test.toml") && message.contains(says), qPrintable(message));
    }

  private:
    static Result<std::map<std::string, PrinterModel>> load(std::string_view text) {
        QTemporaryDir directory;
        const Path root = directory.path().toStdString();
        CONTONE_CHECK(makeDirectories(root / "models"));
        CONTONE_CHECK(writeFileDurably(root / "models/test.toml", text));
        return printers::loadModels(root);
    }
    std::map<std::string, PrinterModel> m_models;
};

QTEST_GUILESS_MAIN(LoadModelsTest)
#include "load_models_test.moc"
