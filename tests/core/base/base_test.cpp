// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The vocabulary types: lengths, ids, hashes, durable files.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/length.h"
#include "core/base/log.h"
#include "core/base/money.h"
#include "core/base/sha256.h"
#include "core/base/srgb.h"

using namespace contone;

class BaseTest : public QObject {
    Q_OBJECT
  private slots:
    void fourBySixInchesAreWholeMicrometres() {
        QCOMPARE(inches(4).um(), 101600);
        QCOMPARE(millimetres(152.4).um(), 152400);
        QCOMPARE(wholeDots(inches(6), Dpi{300}), 1800);
        QCOMPARE(lengthOf(1844, Dpi{300}).um(), 156125);  // 1844 / 300 * 25.4 mm
    }
    void identifiersSortByTimeAndRoundTrip() {
        ManualClock clock({1'000'000});
        const OrderId a = OrderId::generate(clock);
        clock.advance(1);
        const OrderId b = OrderId::generate(clock);
        QVERIFY(a < b);
        QCOMPARE(a.toString().size(), 36u);
        QCOMPARE(a.toString()[14], '7');
        QVERIFY(*OrderId::parse(a.toString()) == a);
        QCOMPARE(OrderId::parse("not an id").error().reason, std::string("bad-id"));
        QVERIFY(!OrderId::parse(a.toString().substr(0, 35) + "g"));
    }
    void sha256MatchesFips180() {
        // FIPS 180-4 example "abc".
        QCOMPARE(Sha256::of("abc").toString(),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QVERIFY(*Sha256::parse(Sha256::of("abc").toString()) == Sha256::of("abc"));
        QVERIFY(!Sha256::parse("zz"));
    }
    void moneyIsWrittenInMinorUnits() {
        QCOMPARE(toString(Money{350, "EUR"}), std::string("3.50 EUR"));
        QCOMPARE(toString(Money{-5, "EUR"}), std::string("-0.05 EUR"));
    }
    void instantsAreWrittenInUtc() {
        QCOMPARE(toString(Instant{1'700'000'000'123}), std::string("2023-11-14T22:13:20.123Z"));
    }
    void anUncommittedFileLeavesNothing() {
        QTemporaryDir dir;
        const Path path = dir.filePath("a.bin").toStdString();
        {
            auto pending = PendingFile::create(path);
            QVERIFY(pending);
            QVERIFY(pending->write(std::as_bytes(std::span("xyz", 3))));
        }
        QVERIFY(std::filesystem::is_empty(dir.path().toStdString()));
        QVERIFY(writeFileDurably(path, "hello"));
        QCOMPARE(*readTextFile(path, 100), std::string("hello"));
        QCOMPARE(readFile(path, 2).error().reason, std::string("file-too-large"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(dir.path().toStdString()), {}), 1);
    }
    void errnoBecomesASentence() {
        QCOMPARE(errorFromErrno(ENOSPC, "write x").reason, std::string("disk-full"));
        QVERIFY(errorFromErrno(ENOSPC, "write x").code == Code::Unavailable);
        QCOMPARE(openForReading("/nonexistent/photo.jpg").error().reason, std::string("file-missing"));
        QCOMPARE(openForReading("/").error().reason, std::string("file-is-folder"));
    }
    void aCancelledTokenIsSeenByItsCopies() {
        const CancelToken token;
        const CancelToken copy = token;  // NOLINT(performance-unnecessary-copy-initialization): the copy is the point
        QVERIFY(copy.check());
        token.cancel();
        QVERIFY(copy.check().error().code == Code::Cancelled);
    }
    void coloursAreReadAsPeopleWriteThem() {
        QVERIFY(parseSrgb("#1e2A3c").value() == (Srgb{0x1e, 0x2a, 0x3c}));
        QCOMPARE(toString(Srgb{0x1e, 0x2a, 0x3c}), std::string("#1e2a3c"));
        for (const char* text : {"", "#", "1e2a3c", "#1e2a3", "#1e2a3cc", "#1e2a3g", "#1e -3c", "red"})
            QCOMPARE(parseSrgb(text).error().reason, std::string("bad-colour"));
    }
    void aLogLineIsOneJsonObject() {
        QTemporaryDir dir;
        const Path path = dir.filePath("log").toStdString();
        const auto log = Log::toFile(path);
        QVERIFY(log);
        log->error("print \"failed\"", Error{Code::Corrupt, "why", "m", "line\nbreak"}, {{"sheet", 3}});
        const std::string text = *readTextFile(path, 10000);
        const std::string expected =
            "\"event\":\"print \\\"failed\\\"\",\"code\":\"corrupt\",\"reason\":\"why\","
            "\"detail\":\"line\\u000abreak\",\"sheet\":\"3\"}";
        QVERIFY(text.find(expected) != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "base_test.moc"
