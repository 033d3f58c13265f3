// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The list as shipped, a list with everything in it, and what a wrong one is told.
#include <QTemporaryDir>
#include <QTest>

#include "core/pricing/price_list.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::pricing;

namespace {

const char* const kList =
    "version = 'winter'\ncurrency = 'CHF'\nholds_minutes = 20\ncash_step_cents = 5\n"
    "products = [\n"
    "  { id = '10x15', tax = 'normal', prices = [{ from = 1, cents = 59 }, { from = 25, cents = 45 }] },\n"
    "  { id = '13x18', tax = 'normal', prices = [{ from = 1, cents = 199 }] },\n"
    "]\n"
    "packages = [{ id = 'classic', tax = 'normal', cents = 1999 }]\n"
    "options = [{ id = 'rush', name = 'Rush', per = 'order', percent = 25 }]\n"
    "bundles = [{ id = 'duo', name = 'Duo', cents = 200, most = 3, priority = 2, set = [{ product = '13x18', copies = "
    "1 }, { product = '10x15', copies = 2 }] }]\n"
    "promotions = [\n"
    "  { id = 'b', name = 'B', kind = 'amount', cents = 500, code = 'FIVE', first_order_only = true },\n"
    "  { id = 'a', name = 'A', kind = 'buy-get', buy = 2, get = 1, priority = 3, products = ['10x15'], first_day = "
    "'2026-12-01', last_day = '2026-12-24', weekdays = ['mon', 'sun'], from_time = '14:30', until_time = '24:00' },\n"
    "]\n"
    "[tax]\nregion = 'ch'\nprices = 'excluded'\nrounding = 'line'\nextras = 'normal'\n"
    "classes = [{ id = 'normal', rate_centipercent = 810 }]\n"
    "[minimum_order]\ncents = 300\nbelow = 'refuse'\n"
    "[deposit]\nfrom_cents = 10000\npercent = 30\n";

Path shippedShare() {
    return Path(contone::tests::programFolder).parent_path() / "share/contone";
}

}  // namespace

class PriceListTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        auto loaded = catalog::Catalog::load(shippedShare());
        QVERIFY(loaded);
        m_catalog = *std::move(loaded);
    }

    void theShippedListPricesEveryProduct() {
        const auto list = PriceList::read(shippedShare() / "prices/standard.toml", m_catalog);
        QVERIFY2(list, list ? "" : list.error().detail.c_str());
        QVERIFY(list->unpriced().empty());
        QVERIFY(list->products.size() > 30);
        const auto text = readTextFile(shippedShare() / "prices/standard.toml", 1 << 20);
        QVERIFY(list->hash == Sha256::of(*text));
    }

    void everythingIsRead() {
        const auto list = read(kList);
        QVERIFY2(list, list ? "" : list.error().detail.c_str());
        QCOMPARE(list->version, std::string("winter"));
        QCOMPARE(list->currency, std::string("CHF"));
        QVERIFY(list->hash == Sha256::of(kList));
        QCOMPARE(list->cashStep, 5);
        QCOMPARE(list->holdsMinutes, 20);
        QCOMPARE(list->minimumOrder, 300);
        QVERIFY(list->belowMinimum == BelowMinimum::Refuse);
        QCOMPARE(list->depositFrom, 10000);
        QCOMPARE(list->depositPercent, 30);
        QVERIFY(list->tax == (Tax{"ch", TaxPlacement::Excluded, TaxRounding::Line, {{"normal", 810}}, "normal"}));
        QVERIFY(list->products.at("10x15").steps == (std::vector<PriceStep>{{1, 59}, {25, 45}}));
        QCOMPARE(list->packages.at("classic").cents, 1999);
        QVERIFY(list->options.at("rush") == (Option{"rush", "Rush", OptionPer::Order, 0, 25, {}}));
        QVERIFY(list->bundles.front() == (Bundle{"duo", "Duo", 200, 2, 3, {{"10x15", 2}, {"13x18", 1}}}));
        QCOMPARE(list->promotions.front().id, std::string("a"));  // the higher priority
        const TimeWindow& window = list->promotions.front().window;
        QVERIFY(window.first == (Day{2026, 12, 1}) && window.last == (Day{2026, 12, 24}));
        QCOMPARE(window.fromMinute, 870);
        QCOMPARE(window.untilMinute, 1440);
        QVERIFY(window.holds({{2026, 12, 6}, 900}) && !window.holds({{2026, 12, 5}, 900}));  // a Sunday, a Saturday
        QVERIFY(list->promotions.back().firstOrderOnly);
        QVERIFY(!list->unpriced().empty());
    }

    void aWrongListIsRefusedByFileLineAndKey_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QString& from, const QString& to, const char* says) {
            QTest::newRow(name) << QString::fromUtf8(kList).replace(from, to) << QString::fromUtf8(says);
        };
        row("unknown key", "cash_step_cents", "cash_step", "line 4: \"cash_step\" is not a key");
        row("no currency", "'CHF'", "'CHG'", "line 2: \"currency\" must be the code");
        row("price with a point", "cents = 199", "cents = 1.99", "line 7: \"cents\" must be a whole number");
        row("negative price", "cents = 199", "cents = -1", "line 7: \"cents\" must be a whole number");
        row("no such product", "id = '13x18'", "id = '13x19'", "line 7: \"id\" is 13x19, but there is no such product");
        row("twice", "id = '13x18'", "id = '10x15'", "line 7: \"id\" is there twice");
        row("steps that do not rise", "from = 25", "from = 1", "line 6: \"from\" must be 1 first");
        row("more cost more each", "cents = 45", "cents = 60", "line 6: \"cents\" must not rise");
        row("no such class", "tax = 'normal', prices = [{ from = 1, cents = 199",
            "tax = 'low', prices = [{ from = 1, cents = 199", "line 7: \"tax\" names low");
        row("no class for extras", "extras = 'normal'", "extras = 'low'", "\"extras\" names low");
        row("cents and percent", "percent = 25", "percent = 25, cents = 3", "line 10: \"id\" needs one of");
        row("neither", ", percent = 25", "", "line 10: \"id\" needs one of");
        row("products of an order's option", "percent = 25", "percent = 25, products = ['10x15']",
            "line 10: \"products\" cannot be said");
        row("a bundle of what has no price", "product = '13x18'", "product = '20x25'", "has no price in this list");
        row("too many ways", "most = 3",
            "most = 999, set = [{ product = '10x15', copies = 1 }] }, { id = 'duo2', name = 'D', cents = 1, most = 9",
            "\"bundles\" share products in too many ways");
        row("no such kind", "kind = 'amount'", "kind = 'gift'", "line 13: \"kind\" must be one of");
        row("no such day", "2026-12-24", "2026-12-32", "line 14: \"last_day\" must be a day");
        row("days turned round", "2026-12-24", "2026-11-24", "line 14: \"last_day\" is before the first");
        row("no such weekday", "'mon'", "'monday'", "line 14: \"weekdays\" must be some of");
        row("no such time", "'14:30'", "'25:00'", "line 14: \"from_time\" must be a time");
        row("times turned round", "'24:00'", "'14:30'", "line 14: \"until_time\" must be later");
        row("no TOML", "version = ", "version", "line 1");
    }
    void aWrongListIsRefusedByFileLineAndKey() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto list = read(text.toStdString());
        QVERIFY(!list);
        QCOMPARE(list.error().code, Code::Invalid);
        QCOMPARE(list.error().reason, std::string("price-file"));
        const QString message = QString::fromStdString(list.error().message);
        QVERIFY2(message.contains("prices.toml") && message.contains(says),
                 qPrintable(message + "\n" + QString::fromStdString(list.error().detail)));
    }

  private:
    Result<PriceList> read(const std::string& text) {
        const Path file = Path(m_folder.path().toStdString()) / "prices.toml";
        if (!writeFileDurably(file, std::string_view(text))) qFatal("cannot write the list");
        return PriceList::read(file, m_catalog);
    }
    QTemporaryDir m_folder;
    catalog::Catalog m_catalog;
};

QTEST_GUILESS_MAIN(PriceListTest)
#include "price_list_test.moc"
