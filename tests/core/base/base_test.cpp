// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The vocabulary types: lengths, ids, hashes, durable files.
#include <sys/stat.h>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/length.h"
#include "core/base/log.h"
#include "core/base/money.h"
#include "core/base/printable.h"
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
        // ISO 4217: the yen has no minor unit, the Kuwaiti dinar a thousandth.
        QCOMPARE(toString(Money{350, "JPY"}), std::string("350 JPY"));
        QCOMPARE(toString(Money{-1, "JPY"}), std::string("-1 JPY"));
        QCOMPARE(toString(Money{3500, "KWD"}), std::string("3.500 KWD"));
        QCOMPARE(toString(Money{-7, "KWD"}), std::string("-0.007 KWD"));
        QCOMPARE(toString(Money{std::numeric_limits<std::int64_t>::min(), "EUR"}),
                 std::string("-92233720368547758.08 EUR"));
    }
    void currenciesHaveTheDecimalsOfIso4217() {
        for (const char* code : {"EUR", "USD", "CHF", "GBP", "AED", "ZWG"}) QCOMPARE(decimalsOf(code), 2);
        for (const char* code : {"JPY", "KRW", "ISK", "XPF", "BIF"}) QCOMPARE(decimalsOf(code), 0);
        for (const char* code : {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}) QCOMPARE(decimalsOf(code), 3);
        QVERIFY(isCurrency("EUR") && isCurrency("XPF") && isCurrency("TND"));
        for (const char* code : {"", "EU", "eur", "EURO", "EUT", "UR ", "XTS"}) QVERIFY2(!isCurrency(code), code);
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
    void anUnfinishedFileHasNoName() {
        QTemporaryDir dir;
        auto pending = PendingFile::create(dir.filePath("a.bin").toStdString());
        QVERIFY(pending);
        QVERIFY(std::filesystem::is_empty(dir.path().toStdString()));  // nothing stays when we are killed now
        QVERIFY(writeFileDurably(dir.filePath("a.bin").toStdString(), "somebody's"));
        QVERIFY(pending->write(std::as_bytes(std::span("ours", 4))));
        QVERIFY(pending->commit());
        QCOMPARE(*readTextFile(dir.filePath("a.bin").toStdString(), 100), std::string("ours"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(dir.path().toStdString()), {}), 1);
    }
    static int modeOf(const Path& path) { return static_cast<int>(std::filesystem::status(path).permissions()); }
    void noMorePeopleMayReadAFileThanItsFolder() {
        for (const mode_t mask : {0u, 022u, 0777u}) {
            QTemporaryDir dir;
            const Path all = dir.filePath("all").toStdString(), group = dir.filePath("group").toStdString(),
                       deep = dir.filePath("own/deep").toStdString();
            QVERIFY(::mkdir(all.c_str(), 0777) == 0 && ::chmod(all.c_str(), 0777) == 0);
            QVERIFY(::mkdir(group.c_str(), 0777) == 0 && ::chmod(group.c_str(), 0750) == 0);
            const mode_t before = ::umask(mask);
            const bool isMade = makeDirectories(deep, Access::Private).has_value() &&
                                makeDirectories(deep / "", Access::Private).has_value();
            bool isWritten = true;
            for (const Path& folder : {all, group, deep}) isWritten = isWritten && writeFileDurably(folder / "a", "x");
            ::umask(before);
            QVERIFY(isMade && isWritten);
            QCOMPARE(modeOf(dir.filePath("own").toStdString()), 0700);
            QCOMPARE(modeOf(deep), 0700);
            QCOMPARE(modeOf(deep / "a"), 0600);
            QCOMPARE(modeOf(group / "a"), mask == 0777 ? 0600 : 0640);
            QCOMPARE(modeOf(all / "a"), mask == 0777 ? 0600 : 0644);
        }
    }
    void whatIsOpenToOthersIsClosed() {
        QTemporaryDir dir;
        const Path root = dir.filePath("shop").toStdString(), outside = dir.filePath("outside").toStdString();
        QVERIFY(makeDirectories(root / "vault") && writeFileDurably(root / "vault" / "a", "x") &&
                writeFileDurably(root / "b", "x") && writeFileDurably(outside, "x"));
        std::filesystem::permissions(outside, std::filesystem::perms(0644));
        for (const char* name : {"", "vault"}) std::filesystem::permissions(root / name, std::filesystem::perms(0755));
        std::filesystem::permissions(root / "vault" / "a", std::filesystem::perms(0644));
        std::filesystem::permissions(root / "b", std::filesystem::perms(0400));
        std::filesystem::create_symlink(outside, root / "link");
        QCOMPARE(makePrivate(root), 3);  // shop, vault, a
        QCOMPARE(makePrivate(root), 0);
        QCOMPARE(modeOf(root), 0700);
        QCOMPARE(modeOf(root / "vault" / "a"), 0600);
        QCOMPARE(modeOf(root / "b"), 0400);
        QCOMPARE(modeOf(outside), 0644);
        QCOMPARE(makePrivate(root / "none"), 0);
    }
    void namesAreAsLongAsTheDiskTakes() {
        QTemporaryDir dir;
        const Path folder = dir.path().toStdString();
        QVERIFY(writeFileDurably(folder / std::string(255, 'n'), "x"));
        QCOMPARE(writeFileDurably(folder / std::string(256, 'n'), "x").error().reason, std::string("name-too-long"));
        QCOMPARE(openForReading(folder / std::string(256, 'n')).error().reason, std::string("name-too-long"));
    }
    void aPipeIsNoFileAndKeepsNobodyWaiting() {
        QTemporaryDir dir;
        const Path pipe = dir.filePath("pipe").toStdString();
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QCOMPARE(openForReading(pipe).error().reason, std::string("not-a-file"));
        QCOMPARE(readFile("/dev/zero", 10).error().reason, std::string("not-a-file"));
    }
    void whatIsShownActsOnNothing() {
        QCOMPARE(printable("Größe 10 × 15 – ok"), std::string("Größe 10 × 15 – ok"));
        QCOMPARE(printable("写真.jpg \xf0\x9f\x93\xb7"), std::string("写真.jpg \xf0\x9f\x93\xb7"));
        QCOMPARE(printable("a\x1b[2J\r\n\t\x7f"), std::string("a\\u001b[2J\\u000d\\u000a\\u0009\\u007f"));
        QCOMPARE(printable("\xc2\x9b"
                           "31m \xe2\x80\xae \xe2\x81\xa6 \xd8\x9c"),
                 std::string("\\u009b31m \\u202e \\u2066 \\u061c"));
        QCOMPARE(printable("\xe2\x80\xa8\xe2\x80\x8f"), std::string("\\u2028\\u200f"));
        // No UTF-8: a lone byte, one that is cut, an overlong slash, a surrogate, too large.
        QCOMPARE(printable("\xff \xe2\x80"), std::string("\\xff \\xe2\\x80"));
        QCOMPARE(printable("\xc0\xaf"), std::string("\\xc0\\xaf"));
        QCOMPARE(printable("\xed\xa0\x80"), std::string("\\xed\\xa0\\x80"));
        QCOMPARE(printable("\xf4\x90\x80\x80"), std::string("\\xf4\\x90\\x80\\x80"));
        QCOMPARE(printable(std::string_view("a\0b", 3)), std::string("a\\u0000b"));
        QCOMPARE(printableLines("a\nb\x1b"), std::string("a\nb\\u001b"));
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
    void whatIsSaidAgainAndAgainIsCounted() {
        QTemporaryDir dir;
        const Path path = dir.filePath("log").toStdString();
        {
            const auto log = Log::toFile(path);
            QVERIFY(log);
            for (int i = 0; i < 1000; i++)
                for (const char* printer : {"a", "b"})
                    log->error("printer", Error{Code::Unavailable, "away", "m", printer});
            for (int i = 0; i < 3; i++) log->info("order", {{"number", 1001}});  // what happened is not left out
        }
        const std::string text = *readTextFile(path, 100000);
        QCOMPARE(std::ranges::count(text, '\n'), 2 + 3 + 2);
        QVERIFY(text.find("\"detail\":\"b\",\"repeated\":\"999\"}") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "base_test.moc"
