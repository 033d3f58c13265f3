// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A changed price list is read without a restart; a wrong one changes nothing but what is said of it.
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

#include "core/pricing/price_book.h"

using namespace contone;
using namespace contone::pricing;

class PriceBookTest : public QObject {
    Q_OBJECT
  private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_own = Path(m_folder->filePath("prices.toml").toStdString());
        m_standard = Path(m_folder->filePath("standard.toml").toStdString());
        write(m_standard, "standard");
        m_book = std::make_unique<PriceBook>(PriceFiles{m_own, m_standard}, m_catalog, m_clock,
                                             [this](const Error& trouble) { m_told.push_back(trouble.reason); });
        m_told.clear();
    }

    void theShopsOwnListTakesTheOthersPlace() {
        QCOMPARE(version(), std::string("standard"));
        QVERIFY(m_book->file() == m_standard);
        write(m_own, "own");
        QCOMPARE(version(), std::string("standard"));  // it was looked at less than a second ago
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("own"));
        QVERIFY(m_book->file() == m_own);
        write(m_own, "own, changed");
        m_clock.advance(999);
        QCOMPARE(version(), std::string("own"));
        m_clock.advance(1);
        QCOMPARE(version(), std::string("own, changed"));
    }

    void aWrongListLeavesTheOldOne() {
        write(m_own, "good");
        QCOMPARE(version(), std::string("good"));
        QVERIFY(!m_book->trouble());
        QVERIFY(writeFileDurably(m_own, std::string_view("version = 7\n")));
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("good"));
        QVERIFY(m_book->trouble() && m_book->trouble()->reason == "price-file");
        QVERIFY(m_book->trouble()->message.find("prices.toml") != std::string::npos);
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("good"));
        QCOMPARE(m_told, std::vector<std::string>{"price-file"});  // once
        write(m_own, "mended");
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("mended"));
        QVERIFY(!m_book->trouble());
    }

    void noOtherPricesStandInForAListThatIsWrongFromTheStart() {
        QVERIFY(writeFileDurably(m_own, std::string_view("version = 7\n")));
        const auto list = m_book->current();
        QVERIFY(!list);
        QCOMPARE(list.error().reason, std::string("price-file"));
    }

    void aListThatGoesForAMomentStays() {
        write(m_own, "own");
        QCOMPARE(version(), std::string("own"));
        std::filesystem::remove(m_own);
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("own"));
        write(m_own, "own again");
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("own again"));
        std::filesystem::remove(m_own);
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("own again"));
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("standard"));
    }

    void withoutAnyListThereIsNoPrice() {
        std::filesystem::remove(m_standard);
        QCOMPARE(m_book->current().error().reason, std::string("file-missing"));
        write(m_standard, "standard");
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("standard"));
    }

    void manyMayAskWhileItChanges() {
        write(m_own, "0");
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> all;
            for (int i = 0; i < 4; i++)
                all.emplace_back([&] {
                    for (int k = 0; k < 200; k++) {
                        const auto list = m_book->current();
                        if (!list || (*list)->products.size() != 1) wrong++;
                    }
                });
            for (int i = 1; i <= 20; i++) {
                write(m_own, std::to_string(i));
                m_clock.advance(1000);
            }
        }
        QCOMPARE(wrong.load(), 0);
        m_clock.advance(1000);
        QCOMPARE(version(), std::string("20"));
    }

  private:
    static void write(const Path& file, const std::string& version) {
        const std::string text = "version = '" + version +
                                 "'\ncurrency = 'EUR'\nholds_minutes = 5\n"
                                 "products = [{ id = 'mini', tax = 'a', prices = [{ from = 1, cents = 50 }] }]\n"
                                 "[tax]\nregion = 'x'\nprices = 'included'\nrounding = 'rate'\nextras = 'a'\n"
                                 "classes = [{ id = 'a', rate_centipercent = 0 }]\n";
        if (!writeFileDurably(file, std::string_view(text))) qFatal("cannot write the list");
    }
    std::string version() {
        const auto list = m_book->current();
        return list ? (*list)->version : list.error().reason;
    }
    static catalog::Catalog catalogOfOne() {
        QTemporaryDir share;
        const Path root = share.path().toStdString();
        const bool isMade =
            makeDirectories(root / "papers") && makeDirectories(root / "products") &&
            writeFileDurably(root / "papers/glossy.toml",
                             std::string_view("id = 'glossy'\nname = 'Glossy'\nfinish = 'glossy'\n"
                                              "grams_per_square_metre = 230\nsharpen_radius_mm = 0.1\n"
                                              "sharpen_percent = 110\n")) &&
            writeFileDurably(root / "products/mini.toml",
                             std::string_view("id = 'mini'\nname = 'Mini'\nkind = 'print'\ntrim_mm = [50.8, 76.2]\n"
                                              "safe_mm = 3\npieces = [1, 1]\nfinishes = ['glossy']\n"
                                              "papers = ['glossy']\ndpi = { sharp = 240, good = 180, soft = 120 }\n"));
        if (!isMade) qFatal("cannot write the product");
        return catalog::Catalog::load(root).value();
    }

    const catalog::Catalog m_catalog = catalogOfOne();
    ManualClock m_clock{Instant{1'000'000}};
    std::unique_ptr<QTemporaryDir> m_folder;
    Path m_own, m_standard;
    std::vector<std::string> m_told;
    std::unique_ptr<PriceBook> m_book;
};

QTEST_GUILESS_MAIN(PriceBookTest)
#include "price_book_test.moc"
