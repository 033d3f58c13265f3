// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The shipped printer models against Gutenprint's table and the PWG's media names; what a wrong file is told.
#include <cups/cups.h>
#include <cups/pwg.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "printers/models/load_models.h"

using namespace contone;
using namespace contone::print;

namespace {

Path shippedShare() {
    return Path(CONTONE_BIN_DIR).parent_path() / "share/contone";
}

/// Our model id to the table of print-dyesub.c that describes it.
const std::map<QString, std::string> kTables{
    {"dnpsrx1", "dnp-rx1"}, {"dnpds620", "dnp-ds620"}, {"mitsu_cpd90", "mitsubishi-d90"}};

const Medium* byPageSize(const PrinterModel& model, const std::string& pageSize) {
    for (const Medium& m : model.media)
        if (m.pageSize == pageSize) return &m;
    return nullptr;
}

const char* const kModel =
    "id = \"test\"\nname = \"Test\"\nfamily = \"test\"\ndevice = \"rgb8\"\nfinishes = [\"glossy\"]\n"
    "[[media]]\nid = \"4x6\"\nname = \"4 x 6\"\nsheet_mm = [101.6, 152.4]\npieces = [1, 1]\nraster = [1240, 1920]\n"
    "dpi = [300, 300]\ndead = { left = 0, top = 38, right = 0, bottom = 38 }\n";

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
        for (const char* id : {"dnp-rx1", "dnp-ds620", "mitsubishi-d90", "generic-ipp-photo"})
            QVERIFY(m_models.contains(id));
    }

    void rastersMarginsAndOverscanAreThoseOfGutenprintsTable() {
        QFile file(CONTONE_SOURCE_DIR "/tests/data/dyesub/dyesub_sizes.csv");
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readLine().trimmed(), QByteArray("gutenprint_table,ppd_size,label,dpi,raster_w,raster_h,margin_l,"
                                                       "margin_r,margin_t,margin_b,imageable_w,imageable_h,orient"));
        std::map<std::string, std::size_t> rows;
        while (!file.atEnd()) {
            const QStringList f = QString::fromUtf8(file.readLine()).trimmed().split(',');
            const PrinterModel& model = m_models.at(kTables.at(f[0]));
            const Medium* m = byPageSize(model, f[1].toStdString());
            QVERIFY2(m, qPrintable(f[0] + " " + f[1]));
            ++rows[model.id];
            QCOMPARE(m->raster.width, f[4].toInt());
            QCOMPARE(m->raster.height, f[5].toInt());
            QCOMPARE(m->deadLeft, f[6].toInt());
            QCOMPARE(m->deadRight, f[7].toInt());
            QCOMPARE(m->deadTop, f[8].toInt());
            QCOMPARE(m->deadBottom, f[9].toInt());
            QCOMPARE(QString("%1x%2").arg(m->dpiX.value).arg(m->dpiY.value), f[3]);
            // (imageable - nominal) / 2; the label gives the nominal inches: "4x6", and "2x6*2" for two on 4x6.
            const bool strips = f[2] == "2x6*2";
            QCOMPARE(m->columns, strips ? 2 : 1);
            const QStringList inch = (strips ? QString("4x6") : f[2]).split('x');
            const double x = (f[10].toDouble() / 300 - inch[0].toDouble()) / 2 * 25.4;
            const double y = (f[11].toDouble() / 300 - inch[1].toDouble()) / 2 * 25.4;
            for (const Length l : {m->overscan.left, m->overscan.right}) QVERIFY(std::abs(l.mm() - x) < 0.002);
            for (const Length l : {m->overscan.top, m->overscan.bottom}) QVERIFY(std::abs(l.mm() - y) < 0.002);
        }
        // No medium of these files is without a row.
        for (const auto& [table, id] : kTables) QCOMPARE(rows[id], m_models.at(id).media.size());
    }

    void overscanOfKnownPrintersIsAsPublished() {
        // Short and long side of 4x6, mm: RX1 and DS620 1.69/1.86, D90 1.10/2.20.
        const auto overscan = [&](const char* id) { return m_models.at(id).medium("4x6")->overscan; };
        QVERIFY(std::abs(overscan("dnp-rx1").left.mm() - 1.69) < 0.01);
        QVERIFY(std::abs(overscan("dnp-ds620").top.mm() - 1.86) < 0.01);
        QVERIFY(std::abs(overscan("mitsubishi-d90").left.mm() - 1.10) < 0.01);
        QVERIFY(std::abs(overscan("mitsubishi-d90").bottom.mm() - 2.20) < 0.01);
        QVERIFY(overscan("generic-ipp-photo") == Edges{});
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
        QCOMPARE(named, 5);
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

    void aWrongFileIsRefusedByFileLineAndReason_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& text, const char* says) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(says);
        };
        row("unknown key", with("dpi =", "resolution ="), "line 12: \"resolution\" is not a key");
        row("raster swapped", with("[1240, 1920]", "[1920, 1240]"), "line 11: \"raster\"");
        row("dead margins forgotten", with("top = 38, right = 0, bottom = 38", "top = 0, right = 0, bottom = 0"),
            "\"raster\"");
        row("nothing left", with("top = 38", "top = 1900"), "line 13: \"dead\" leaves nothing");
        row("sheet in inches", with("[101.6, 152.4]", "[4, 6]"), "line 9: \"sheet_mm\"");
        row("overscan that misses", with("dpi =", "overscan_mm = 0\ndpi ="), "line 12: \"overscan_mm\" does not leave");
        row("fractional dots", with("top = 38", "top = 38.5"), "line 13: \"top\" must be a whole number");
        row("device", with("rgb8", "cmyk8"), "line 4: \"device\" must be one of");
        row("no media", with("[[media]]", "[[medium]]"), "line 6: \"medium\" is not a key");
        row("twice", std::string(kModel) + std::string(kModel).substr(std::string(kModel).find("[[media]]")),
            "twice: 4x6");
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
