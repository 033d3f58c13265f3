// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reading back what DNP printers are sent: spools written here byte by byte, whole and damaged.
#include <QTest>
#include <cstdio>

#include "printers/gutenprint/dnp_spool.h"

using namespace contone;
using namespace contone::printers;

class DnpSpoolTest : public QObject {
    Q_OBJECT

  private:
    static std::string command(const std::string& name, const std::string& body) {
        std::string head = "\033P" + name;
        head.resize(24, ' ');
        char digits[16];
        std::snprintf(digits, sizeof digits, "%08zu", body.size());
        return head + digits + body;
    }
    static std::string number(unsigned value) {
        std::string bytes;
        for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 255);
        return bytes;
    }
    /// An 8-bit BMP without a palette's worth of care: sizes, start of the samples, samples.
    static std::string plane(unsigned width, unsigned height, const std::string& samples) {
        std::string bmp = "BM" + number(1088 + width * height) + number(0) + number(1088) + number(40) + number(width) +
                          number(height);
        bmp.resize(1088, '\0');
        return bmp + samples;
    }
    static std::string spool(const std::string& cyan) {
        return command("CNTRL CUTTER", "00000120") + command("IMAGE YPLANE", plane(4, 2, "ABCDEFGH")) +
               command("IMAGE MPLANE", plane(4, 2, "abcdefgh")) + command("IMAGE CPLANE", cyan) +
               command("CNTRL START", "");
    }
    static Result<DnpSpool> read(const std::string& bytes) { return readDnpSpool(std::as_bytes(std::span(bytes))); }
    static std::string textOf(const image::Picture& page) {
        return {reinterpret_cast<const char*>(page.bytes.data()), page.bytes.size()};
    }

  private slots:
    void planesBecomeRgbAndCommandsAreKept() {
        const auto read1 = read(spool(plane(4, 2, "12345678")));
        QVERIFY(read1);
        QCOMPARE(read1->commands.at("CNTRL CUTTER"), std::string("00000120"));
        QCOMPARE(textOf(read1->planes), std::string("1aA2bB3cC4dD5eE6fF7gG8hH"));
    }
    void thePageIsTurnedBack() {
        const auto read1 = read(spool(plane(4, 2, "12345678")));
        // Half a turn: BMP begins with the lowest row, so that only the columns are the other way round.
        QCOMPARE(textOf(*pageOf(*read1, {4, 2})), std::string("4dD3cC2bB1aA8hH7gG6fF5eE"));
        // A quarter: the page's columns are the planes' rows.
        QCOMPARE(textOf(*pageOf(*read1, {2, 4})), std::string("1aA5eE2bB6fF3cC7gG4dD8hH"));
        QCOMPARE(pageOf(*read1, {4, 4}).error().reason, std::string("spool-damaged"));
    }
    void damagedSpoolsAreNotBelieved() {
        const std::string good = spool(plane(4, 2, "12345678"));
        QCOMPARE(read("%!PS").error().reason, std::string("spool-unknown"));
        QCOMPARE(read("").error().reason, std::string("spool-unknown"));
        for (std::size_t cut = 2; cut < good.size(); ++cut)
            if (cut != good.size() - 32)  // without its last command it is still a page
                QVERIFY2(!read(good.substr(0, cut)), std::to_string(cut).c_str());
        QVERIFY(!read(good + good));  // two pages
        QVERIFY(!read(spool(plane(4, 2, "1234567"))));
        QVERIFY(!read(spool(plane(8, 1, "12345678"))));
        QVERIFY(!read(spool(plane(0xFFFFFFFC, 2, "12345678"))));
        QVERIFY(!read(spool("BM")));
    }
};

QTEST_GUILESS_MAIN(DnpSpoolTest)
#include "dnp_spool_test.moc"
