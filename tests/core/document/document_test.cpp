// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reports and slips as pages: all of it stands inside the margins, sums with their rows, and the file is the same each
// time. The last PDFs lie in the folder that CONTONE_KEEP_PDF names, for eyes.
#include <QTest>

#include <cstdlib>
#include <set>

#include "core/document/bar_code_p.h"
#include "core/document/document.h"
#include "core/report/report_facts.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::document;

namespace {

constexpr double millimetre = 72 / 25.4;

Money euro(std::int64_t minor) {
    return {minor, "EUR"};
}

/// A day with so many products.
report::Report dayOf(int products) {
    report::Report report;
    report.period = {"2026-11-30", {1'795'993'200'000}, {1'796'079'600'000}};
    report::Takings takings{"EUR"};
    for (int i = 0; i < products; i++)
        takings.products.push_back({"size-" + std::to_string(i), 10 + i, euro(840 + i), euro(160), euro(1000 + i),
                                    std::to_string(9 + i) + " × 13 cm"});
    takings.taxes.push_back({"19.00 %", 0, euro(123'456), euro(23'457), euro(146'913)});
    takings.methods.push_back({order::PayMethod::Cash, 12, 1, euro(90'010), euro(1'000), euro(-3), euro(89'007)});
    takings.methods.push_back({order::PayMethod::Card, 31, 0, euro(57'903), euro(0), euro(0), euro(57'903)});
    takings.productsTotal = report::totalOf(takings.products, "EUR");
    takings.taxesTotal = report::totalOf(takings.taxes, "EUR");
    takings.methodsTotal = report::totalOf(takings.methods, "EUR");
    takings.comps.push_back({"goodwill", 2, euro(1'450)});
    takings.compsTotal = {"", 2, euro(1'450)};
    report.takings.push_back(std::move(takings));
    report.due.push_back({"EUR", 4, euro(8'750), 1, euro(2'000)});
    report::PaperRow front{"counter", "6x8", 412, 9, 5, 979, 12, euro(10'190), 2473, 105, "15 × 20 cm (6 × 8 in)"};
    report.paper = {front};
    report.paperTotal = report::totalOf(report.paper);
    report.waste = {{"jam", 6, 14}, {"scratch", 3, 7}};
    report.wasteTotal = {"", 9, 21};
    report.margins = report::Margins{"EUR", {}, {0, 421, euro(123'456), euro(10'190), euro(113'266)}, 1, 0};
    report.unreadable = {{1003, "id", report::LeftOut::Money, "event-unreadable"}};
    return report;
}

slip::Slip ticket() {
    return {{{.text = "Foto Müller", .align = slip::Align::Centre, .bold = true},
             {.text = "Marktplatz 1, 70173 Stuttgart", .align = slip::Align::Centre},
             {.text = "Bestellschein, kein Kassenbeleg", .align = slip::Align::Centre},
             {.rule = true},
             {.text = "4F7K-92MT", .align = slip::Align::Centre, .bold = true, .large = true},
             {.align = slip::Align::Centre, .code = "4F7K92MT"},
             {.text = "Bestellung 1001", .right = "30. Nov., 14:03"},
             {.rule = true},
             {.text = "24 × 10 × 15 cm", .right = "11,25 €"},
             {.text = "  Farben und Licht bleiben, wie sie sind, so wie die Datei sie hat"},
             {.text = "2 × Leinwand auf Keilrahmen, handgespannt, mit Aufhängung 60 × 90 cm", .right = "119,80 €"},
             {.rule = true},
             {.text = "Summe", .right = "131,05 €", .bold = true},
             {.text = "19 % Steuer in 131,05 €", .right = "20,92 €"},
             {.rule = true},
             {.text = "Danke!", .align = slip::Align::Centre}}};
}

int count(const Bytes& bytes, std::string_view what) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    int n = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) n++;
    return n;
}

bool has(const text::VectorPage& page, const std::string& what) {
    return std::ranges::find(page.texts, what, &text::PageText::text) != page.texts.end();
}

}  // namespace

class DocumentTest : public QObject {
    Q_OBJECT

    std::optional<text::FontSet> m_fonts;
    const words::Locale m_german{words::Language::German};

    std::vector<text::VectorPage> pages(int products, const words::Locale& locale) const {
        return *pagesOf(report::tablesOf(dayOf(products), locale), locale, *m_fonts);
    }
    /// Nothing reaches over an edge, and no two texts of a line over each other.
    void verifyFits(const text::VectorPage& page, double margin) const {
        std::map<double, std::vector<std::pair<double, double>>> lines;
        for (const text::PageText& text : page.texts) {
            const double is = m_fonts->widthOf(text).value();
            const double from = text.x - is * (text.anchor == text::Anchor::Left     ? 0
                                               : text.anchor == text::Anchor::Centre ? 0.5
                                                                                     : 1);
            QVERIFY2(from >= margin - 0.1 && from + is <= page.width - margin + 0.6, text.text.c_str());
            QVERIFY2(text.baseline > margin / 2 && text.baseline < page.height - margin / 2, text.text.c_str());
            lines[text.baseline].emplace_back(from, from + is);
        }
        for (auto& [baseline, spans] : lines) {
            std::ranges::sort(spans);
            for (std::size_t i = 1; i < spans.size(); i++) QVERIFY(spans[i - 1].second + 2 < spans[i].first);
        }
    }
    void keep(const char* name, const Bytes& bytes) const {
        if (const char* folder = std::getenv("CONTONE_KEEP_PDF")) {
            std::filesystem::remove(Path(folder) / name);
            QVERIFY(writeFileDurably(Path(folder) / name, std::span<const std::byte>(bytes)).has_value());
        }
    }

  private slots:
    void initTestCase() {
        auto fonts = text::FontSet::open(
            {.folder = Path(contone::tests::programFolder).parent_path() / "share/contone/fonts", .systemFiles = {}});
        QVERIFY(fonts);
        m_fonts.emplace(*std::move(fonts));
    }

    void aReportHasItsSumsInTheReadersLanguage() {
        const auto german = pages(6, m_german), english = pages(6, words::Locale());
        std::set<std::string> said;
        for (const text::VectorPage& page : german) {
            verifyFits(page, 17 * millimetre);
            for (const text::PageText& one : page.texts) said.insert(one.text);
        }
        for (const char* what :
             {"Bericht für 2026-11-30", "Einnahmen in EUR, nach Produkt", "Zusammen", "9 × 13 cm", "1.469,13",
              "1.469,10", "-0,03", "19,00\u00a0%", "Bar", "14,50", "87,50", "0,2473", "1,05", "97,9\u00a0%", "101,90",
              "1.132,66", "Bestellung 1003: ihr Geld (event-unreadable)"})
            QVERIFY2(said.contains(what), what);
        QVERIFY(has(english[0], "Takings in EUR, by product") && has(english[0], "1,469.13"));
        QVERIFY(has(english[0], "Page 1 of " + std::to_string(english.size())));
    }

    void aLongReportGoesOnUnderItsHeads() {
        for (int products = 20; products < 200; products += 7) {
            const auto all = pages(products, m_german);
            std::size_t rows = 0;
            for (const text::VectorPage& page : all) {
                QCOMPARE(page.width, 210 * millimetre);
                verifyFits(page, 17 * millimetre);
                rows += static_cast<std::size_t>(std::ranges::count_if(
                    page.texts, [](const text::PageText& text) { return text.text.starts_with("size-"); }));
                const bool hasRow = std::ranges::any_of(
                    page.texts, [](const text::PageText& text) { return text.text.starts_with("size-"); });
                QCOMPARE(hasRow, has(page, "Produkt"));  // never a head alone, never rows without
            }
            QCOMPARE(rows, static_cast<std::size_t>(products));
            QVERIFY(has(all.back(), "Seite " + std::to_string(all.size()) + " von " + std::to_string(all.size())));
        }
    }

    void theFileIsOneOfThesePagesAndTheSameEachTime() {
        const auto all = pages(90, m_german);
        const text::PdfTerms terms{"Bericht", {1'796'079'600'000}};
        const auto pdf = m_fonts->pdf(all, terms), again = m_fonts->pdf(all, terms);
        QVERIFY(pdf && again);
        QVERIFY(*pdf == *again);
        QVERIFY(count(*pdf, "%PDF-1.") == 1 && count(*pdf, "%%EOF") == 1);
        QCOMPARE(count(*pdf, "/MediaBox"), static_cast<int>(all.size()));
        QVERIFY(count(*pdf, "/FontFile") >= 2);  // regular and bold
        QVERIFY(count(*pdf, "/BaseFont") >= 2 && count(*pdf, "+Lato-Regular") > 0);

        QVERIFY(count(*pdf, "(20261130230000Z)") > 0);  // as it was told, not now
        QVERIFY(all.size() > 2 && pdf->size() > 5000);
        keep("report.pdf", *m_fonts->pdf(pages(6, m_german), terms));
        keep("long.pdf", *pdf);
        QVERIFY(!m_fonts->pdf({}, terms));
    }

    void aSlipIsAsLongAsItHasToBe() {
        const auto all = *pagesOf(ticket(), *m_fonts);
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(all[0].width, 80 * millimetre);
        verifyFits(all[0], 5 * millimetre);
        for (const char* said : {"Foto Müller", "4F7K-92MT", "131,05 €", "119,80 €", "Danke!"})
            QVERIFY2(has(all[0], said), said);
        const auto pdf = m_fonts->pdf(all, {"Slip", {}});
        QVERIFY(pdf && count(*pdf, "/MediaBox") == 1);
        keep("slip.pdf", *pdf);
        slip::Slip longer = ticket();
        for (int i = 0; i < 200; i++) longer.rows.push_back({.text = "Zeile " + std::to_string(i)});
        QVERIFY((*pagesOf(longer, *m_fonts))[0].height > all[0].height + 2000);
    }

    void barsAreThoseOfTheCode() {
        // The text again, by the widths: each symbol has three bars and three spaces of 11 modules in all.
        const std::vector<int> bars = barCode("4F7K92MT");
        QCOMPARE(bars.size(), std::size_t(6 * (1 + 8 + 1) + 7));
        for (std::size_t at = 0; at + 7 < bars.size(); at += 6) {
            int modules = 0;
            for (std::size_t i = at; i < at + 6; i++) modules += bars[i];
            QCOMPARE(modules, 11);
        }
        std::set<std::vector<int>> symbols;  // no two characters look alike
        for (char c = ' '; c < 127; c++) {
            const std::vector<int> one = barCode(std::string(1, c));
            QCOMPARE(one.size(), std::size_t(6 * 3 + 7));
            // The bars of a symbol are even together, its spaces odd (ISO/IEC 15417).
            QCOMPARE((one[6] + one[8] + one[10]) % 2, 0);
            symbols.insert({one.begin() + 6, one.begin() + 12});
        }
        QCOMPARE(symbols.size(), std::size_t(95));
        // By hand: 104 + 48 + 2 × 42 + 3 × 42 + 4 × 17 + 5 × 18 + 6 × 19 + 7 × 35 = 879, 55 more than 8 × 103.
        const std::vector<int> example = barCode("PJJ123C");
        QVERIFY((std::vector<int>(example.end() - 13, example.end() - 7) == std::vector<int>{3, 1, 1, 3, 2, 1}));
        QVERIFY(barCode("").empty() && barCode("ä").empty() && barCode(std::string(21, 'A')).empty());
    }
};

QTEST_GUILESS_MAIN(DocumentTest)
#include "document_test.moc"
