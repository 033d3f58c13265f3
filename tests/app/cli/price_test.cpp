// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone price, quote and promo, as a script runs them.
#include <QDir>
#include <QJsonArray>
#include <QTest>

#include "tests/app/cli/cli_bench.h"

using namespace contone::testing;

class PriceTest : public QObject, CliBench {
    Q_OBJECT
  private slots:
    void aQuoteIsSaidInWordsAndInJson() {
        const Outcome said = run({"quote", "10x15=24", "13x18=1", "--option", "rush"});
        QCOMPARE(said.code, 0);
        for (const char* line :
             {"24 × 10x15: €11.25\n", "1 × 13x18 at €1.99: €1.99\n", "Within the hour: €3.31\n", "Total: €16.55\n",
              "10 × 15 cm: 24 prints are charged as 25 at €0.45.\n", "10 × 15 cm: 1 more at no extra cost.\n",
              "19\u00a0% tax included: €2.64\n", "Holds for 30 minutes.\n"})
            QVERIFY2(QString::fromUtf8(said.out).contains(QString::fromUtf8(line)), line);
        const QJsonObject quote = run({"quote", "10x15=24", "--json"}).json()["quote"].toObject();
        QCOMPARE(quote["total"].toObject()["minor"].toInt(), 1125);
        QVERIFY(quote["lines"].toArray()[0].toObject()["each"].isNull());
        QCOMPARE(quote["notes"].toArray()[0].toObject()["code"].toString(), QString("charged-as"));
        QCOMPARE(quote["listHash"].toString().size(), 64);
    }

    void whatCannotBeQuotedHasItsExitCode() {
        for (const auto& [arguments, code, reason] : std::vector<std::tuple<QStringList, int, const char*>>{
                 {{"9x9=1"}, 55, "product-unknown"},
                 {{"=3"}, 55, "product-unknown"},
                 {{"package:huge=1"}, 55, "product-unpriced"},
                 {{"10x15=0"}, 45, "bad-copies"},
                 {{"10x15=a"}, 45, "bad-copies"},
                 {{"10x15=1", "--option", "gold"}, 55, "option-unknown"},
                 {{"10x15=1", "--code", "NO"}, 9, "promotion-unknown"}}) {
            const Outcome made = run(QStringList{"quote", "--json"} + arguments);
            QCOMPARE(made.reason(), QString(reason));
            QCOMPARE(made.code, code);
        }
    }

    void theShopsOwnListHolds() {
        QVERIFY(QDir().mkpath(at("home")));
        const QString manual = QString::fromUtf8(bytesOf(contone::tests::sourceFolder + QString("/docs/prices.md")));
        // The example of the manual: what is indented.
        QString example;
        for (const QString& line : manual.split('\n'))
            if (line.startsWith("    ")) example += line.mid(4) + '\n';
        QFile own(at("prices.toml"));
        QVERIFY(own.open(QFile::WriteOnly) && own.write(example.toUtf8()) > 0);
        own.close();
        const Outcome checked = run({"price", "check", own.fileName(), "--json"});
        QVERIFY2(checked.code == 0, checked.err);
        QCOMPARE(checked.json()["version"].toString(), QString("2026-12"));
        QVERIFY(checked.json()["unpriced"].toArray().contains("13x18"));
        QCOMPARE(run({"price", "show", "--json"}).json()["version"].toString(), QString("standard-1"));
        QVERIFY(run({"promo", "list"}).out.contains("There are no promotions"));
        QVERIFY(own.copy(at("home/prices.toml")));
        const Outcome shown = run({"price", "show"});
        QVERIFY(shown.out.contains("price list 2026-12") && shown.out.contains("from 25 €0.45"));
        const Outcome promotions = run({"promo", "list", "--json"});
        QCOMPARE(promotions.json()["promotions"].toArray().size(), 3);
        QVERIFY(run({"promo", "list"}).out.contains("three  Three for two, 3 for 2"));
        // 3 × 6.99 as two, and no more to the smallest order.
        QCOMPARE(run({"quote", "20x30=3", "--json"}).json()["quote"].toObject()["total"].toObject()["minor"].toInt(),
                 1398);
        QCOMPARE(run({"quote", "13x18=1", "--json"}).reason(), QString("product-unpriced"));
    }

    void aWrongListIsToldByLine() {
        QFile wrong(at("wrong.toml"));
        QVERIFY(wrong.open(QFile::WriteOnly) && wrong.write("version = 'x'\ncurrency = 'euro'\nprize = 1\n") > 0);
        wrong.close();
        const Outcome made = run({"price", "check", wrong.fileName(), "--json"});
        QCOMPARE(made.code, 62);
        QCOMPARE(made.reason(), QString("price-file"));
        QVERIFY(made.err.contains("wrong.toml:3: \"prize\"") && made.err.contains("wrong.toml:2: \"currency\""));
    }
};

QTEST_GUILESS_MAIN(PriceTest)
#include "price_test.moc"
