// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Every shipped model against Gutenprint's table of page sizes and the driver's own list of options: a number or a name
// that drifts is found.
#include <QProcess>
#include <QTest>
#include <functional>
#include <map>
#include <set>

#include "printers/models/load_models.h"
#include "tests/places.h"
#include "tests/printers/models/dyesub_table.h"

using namespace contone;
using namespace contone::print;
using namespace contone::print::testing;

namespace {

/// The choices of each option in a PPD: "*Option Choice/Text: …" of everything between OpenUI and CloseUI.
std::map<std::string, std::set<std::string>> optionsOf(const std::string& driver, QString* name) {
    QProcess gutenprint;
    gutenprint.start("/usr/lib/cups/driver/gutenprint.5.3",
                     {"cat", QString("gutenprint.5.3://%1/expert").arg(QString::fromStdString(driver))});
    if (!gutenprint.waitForFinished(20000)) return {};
    std::map<std::string, std::set<std::string>> options;
    std::string open;
    for (const QByteArray& line : gutenprint.readAllStandardOutput().split('\n')) {
        static const QRegularExpression ui("^\\*OpenUI \\*([A-Za-z]+)/"), choice("^\\*([A-Za-z]+) ([^/:\\s]+)[/:]");
        const QString text = QString::fromUtf8(line);
        if (const auto m = ui.match(text); m.hasMatch()) open = m.captured(1).toStdString();
        if (text.startsWith("*CloseUI")) open.clear();
        if (text.startsWith("*NickName:")) *name = text;
        const auto m = choice.match(text);
        if (m.hasMatch() && m.captured(1).toStdString() == open) options[open].insert(m.captured(2).toStdString());
    }
    return options;
}

}  // namespace

class TableTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        auto loaded = printers::loadModels(Path(contone::tests::programFolder).parent_path() / "share/contone");
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        m_models = *loaded;
        m_rows = readTable();
        QCOMPARE(m_rows.size(), std::size_t(652));
    }

    void rastersMarginsGuttersAndOverscanAreThoseOfTheTable() {
        int compared = 0;
        for (const auto& [id, model] : m_models) {
            QCOMPARE(model.table.empty(), model.drivers.empty());
            for (const Medium& m : model.media) {
                QVERIFY2(m.pageSize.empty() == model.table.empty(), (id + " " + m.id).c_str());
                if (m.pageSize.empty()) continue;
                const QString wrong = differences(m, m_rows, QString::fromStdString(model.table));
                QVERIFY2(wrong.isEmpty(), qPrintable(QString::fromStdString(id + " " + m.id + ": ") + wrong));
                ++compared;
            }
        }
        QVERIFY2(compared > 150, qPrintable(QString::number(compared)));
    }

    void anyChangedNumberIsFound() {
        using Change = std::function<void(Medium&)>;
        const std::vector<std::pair<const char*, Change>> changes{
            {"raster width", [](Medium& m) { ++m.raster.width; }},
            {"raster height", [](Medium& m) { --m.raster.height; }},
            {"unprintable left", [](Medium& m) { ++m.unprintableLeft; }},
            {"unprintable top", [](Medium& m) { ++m.unprintableTop; }},
            {"unprintable right", [](Medium& m) { ++m.unprintableRight; }},
            {"unprintable bottom", [](Medium& m) { ++m.unprintableBottom; }},
            {"columns", [](Medium& m) { ++m.columns; }},
            {"rows", [](Medium& m) { ++m.rows; }},
            {"sheet width", [](Medium& m) { m.sheet.width = m.sheet.width + millimetres(0.01); }},
            {"sheet height", [](Medium& m) { m.sheet.height = m.sheet.height + millimetres(0.01); }},
            {"gutter", [](Medium& m) { m.gutter = m.gutter + millimetres(0.01); }},
            {"overscan left", [](Medium& m) { m.overscan.left = m.overscan.left + millimetres(0.01); }},
            {"overscan bottom", [](Medium& m) { m.overscan.bottom = m.overscan.bottom - millimetres(0.01); }},
            {"no row", [](Medium& m) { m.dpiX = Dpi{301}; }},
            {"no row", [](Medium& m) { m.pageSize = "w1h1"; }},
        };
        for (const auto& [id, model] : m_models) {
            for (const Medium& medium : model.media) {
                if (medium.pageSize.empty()) continue;
                for (const auto& [what, change] : changes) {
                    Medium m = medium;
                    change(m);
                    const QString wrong = differences(m, m_rows, QString::fromStdString(model.table));
                    QVERIFY2(wrong.contains(what), (id + " " + m.id + ", changed: " + what).c_str());
                }
            }
        }
    }

    void guttersOfKnownKnivesAreAsPublished() {
        // Dots of waste at 300 dpi between two 4x6 on a 6x8 sheet, beyond two single prints' own overscan: DNP 18,
        // D90 36, K60 18, Sinfonia and HiTi 12, Kodak 6850 10; the M1 cuts its 6x8 once.
        const auto beyondSingles = [&](const char* id) {
            const PrinterModel& model = m_models.at(id);
            return dots(model.medium("4x6x2")->gutter - model.medium("4x6")->overscan.left * 2, Dpi{300});
        };
        for (const auto& [id, expected] : std::vector<std::pair<const char*, double>>{{"dnp-rx1", 18},
                                                                                      {"dnp-ds620", 18},
                                                                                      {"mitsubishi-d90", 36},
                                                                                      {"mitsubishi-k60", 18},
                                                                                      {"sinfonia-s2245", 12},
                                                                                      {"hiti-p525l", 12},
                                                                                      {"kodak-6850", 10}})
            QVERIFY2(same(beyondSingles(id), expected, 0.05), id);
        QCOMPARE(m_models.at("mitsubishi-m1").medium("4x6x2")->gutter, Length());
        QCOMPARE(m_models.at("dnp-rx1").medium("2x6x2")->gutter, Length());
    }

    /// Names are compared with the PPDs of the Gutenprint that is installed.
    void optionsPagesAndFinishesAreTheDriversOwn() {
        // Not pinned: the page (by medium), the finish, what only adds to a pinned "None" (Fine…), the effort of a
        // conversion that does not take place (precision, kind of image), and how long a printer waits for a partner.
        const std::set<std::string> free{"PageSize",     "PageRegion",  "StpColorPrecision",
                                         "StpImageType", "StpLaminate", "StpComboWait"};
        for (const auto& [id, model] : m_models) {
            for (const std::string& driver : model.drivers) {
                QString name;
                const auto options = optionsOf(driver, &name);
                QVERIFY2(!options.empty(),
                         ("no PPD for " + driver + ": is printer-driver-gutenprint installed?").c_str());
                const auto has = [&, &id = id](const std::string& option, const std::string& choice) {
                    const bool known = options.contains(option) && options.at(option).contains(choice);
                    if (!known)
                        qWarning("%s: %s has no %s=%s", id.c_str(), driver.c_str(), option.c_str(), choice.c_str());
                    return known;
                };
                for (const auto& [option, choice] : model.pinned) QVERIFY(has(option, choice));
                for (const auto& [finish, option] : model.finishOptions)
                    QVERIFY(has(option.substr(0, option.find('=')), option.substr(option.find('=') + 1)));
                for (const Medium& m : model.media) QVERIFY(has("PageSize", m.pageSize));
                for (const auto& [option, choices] : options)
                    QVERIFY2(model.pinned.contains(option) || free.contains(option) || option.starts_with("StpFine"),
                             (id + " leaves " + option + " to its default").c_str());
            }
        }
    }

    void noDriverOrFamilyIsDescribedTwice() {
        std::set<std::string> drivers, families;
        for (const auto& [id, model] : m_models) {
            for (const std::string& driver : model.drivers) QVERIFY2(drivers.insert(driver).second, driver.c_str());
            QVERIFY2(families.insert(model.family).second, model.family.c_str());
        }
    }

  private:
    std::map<std::string, PrinterModel> m_models;
    std::vector<Row> m_rows;
};

QTEST_GUILESS_MAIN(TableTest)
#include "table_test.moc"
