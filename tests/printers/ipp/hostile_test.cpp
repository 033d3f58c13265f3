// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a printer may answer that means harm: without end, without bottom, without hurry, or with words of its own.
#include <QElapsedTimer>
#include <QTest>

#include "printers/ipp/printer_facts.h"
#include "printers/ipp/sanitized_text.h"
#include "tests/printers/fixtures/hostile_printer.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;
using namespace std::chrono_literals;

namespace {

Result<PrinterFacts> ask(const HostilePrinter& printer, std::chrono::milliseconds timeout = 5s) {
    return readFacts(Wire(*IppAddress::parse(printer.uri()), timeout));
}

PrinterFacts factsOf(const std::function<void(ipp_t*)>& fill) {
    const std::string answer = factsAnswer(fill);
    const HostilePrinter printer([&](const HostilePrinter::Say& say) { say(answer); });
    return ask(printer).value_or(PrinterFacts{});
}

void addText(ipp_t* to, const char* name, const char* text, ipp_tag_t tag = IPP_TAG_TEXT) {
    ippAddString(to, IPP_TAG_PRINTER, tag, name, nullptr, text);
}

ipp_t* mediumOf(int width, int height) {
    ipp_t* size = ippNew();
    ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", width);
    ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", height);
    ipp_t* medium = ippNew();
    ippAddCollection(medium, IPP_TAG_ZERO, "media-size", size);
    ippDelete(size);
    for (const char* edge : {"media-left-margin", "media-top-margin", "media-right-margin", "media-bottom-margin"})
        ippAddInteger(medium, IPP_TAG_ZERO, IPP_TAG_INTEGER, edge, 0);
    return medium;
}

}  // namespace

class HostileTest : public QObject {
    Q_OBJECT

  private slots:
    void anAnswerWithoutEndIsCutOff() {
        // RFC 8010: version 1.1, successful-ok, request 1, printer attributes; then a text of 1000 bytes, again and
        // again.
        const std::string head("\x01\x01\x00\x00\x00\x00\x00\x01\x04", 9);
        const std::string attribute = std::string("\x41\x00\x01n\x03\xe8", 6) + std::string(1000, 'x');
        const HostilePrinter printer([&](const HostilePrinter::Say& say) {
            std::string many;
            for (int i = 0; i < 1000; ++i) many += attribute;
            if (!say(httpHead() + head)) return;
            while (say(many)) {
            }
        });
        const auto facts = ask(printer);
        QVERIFY(!facts);
        QCOMPARE(facts.error().reason, std::string("printer-answer"));
    }

    void collectionsInCollectionsHaveABottom() {
        // Each level: a member's name, then its value, which is a collection. 4 MB of them would end libcups' stack.
        const std::string head("\x01\x01\x00\x00\x00\x00\x00\x01\x04\x34\x00\x01m\x00\x00", 15);
        const std::string level("\x4a\x00\x00\x00\x01n\x34\x00\x00\x00\x00", 11);
        std::string deep;
        for (int i = 0; i < 400000; ++i) deep += level;
        const HostilePrinter printer([&](const HostilePrinter::Say& say) { say(httpHead() + head + deep); });
        const auto facts = ask(printer);
        QVERIFY(!facts);
        QCOMPARE(facts.error().reason, std::string("printer-answer"));
    }

    void oneByteAtATimeIsNotWaitedForForever_data() {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("in the head") << QByteArray("HTTP/1.1 200 OK\r\nX-Slow: ");
        QTest::newRow("in the answer") << QByteArray::fromStdString(httpHead());
        QTest::newRow("in a refusal") << QByteArray::fromStdString(httpHead("401 Unauthorized"));
    }
    void oneByteAtATimeIsNotWaitedForForever() {
        QFETCH(QByteArray, head);
        const HostilePrinter printer([&](const HostilePrinter::Say& say) {
            if (!say(head.toStdString())) return;
            while (say("x")) std::this_thread::sleep_for(50ms);
        });
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!ask(printer, 500ms));
        QVERIFY2(timer.elapsed() < 5000, std::to_string(timer.elapsed()).c_str());  // three timeouts
    }

    void whoAsksForAPasswordOrForbidsIsToldFromWhoDoesNotAnswer() {
        for (const char* status : {"401 Unauthorized", "403 Forbidden"}) {
            const HostilePrinter printer([&](const HostilePrinter::Say& say) {
                say(httpHead(status, "WWW-Authenticate: Basic realm=\"Printer\"\r\nContent-Length: 0\r\n"));
            });
            QCOMPARE(ask(printer).error().reason, std::string("printer-denied"));
        }
        const HostilePrinter gone([](const HostilePrinter::Say& say) { say(httpHead("404 Not Found")); });
        QCOMPARE(ask(gone).error().reason, std::string("printer-unreachable"));
    }

    void whatAPrinterCallsItselfIsOneLineOfPlainText() {
        const auto facts = factsOf([](ipp_t* answer) {
            addText(answer, "printer-make-and-model", "Photo\x1b[2J\nall is well\xe2\x80\xae gpj.exe");
            addText(answer, "printer-state-message", std::string(1000, 'w').c_str());
            addText(answer, "marker-names", "Rib\rbon", IPP_TAG_NAME);
            ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "marker-levels", 50);
            addText(answer, "media-type-supported", "glossy; rm -rf", IPP_TAG_KEYWORD);
        });
        QCOMPARE(facts.makeAndModel, std::string("Photo [2J all is well gpj.exe"));
        QVERIFY(facts.message.size() == 300 && facts.message.ends_with("…"));
        QCOMPARE(facts.supplies.size(), std::size_t{1});
        QCOMPARE(facts.supplies[0].name, std::string("Rib bon"));
        QVERIFY(facts.mediaTypes.empty());  // no such keyword
    }

    void numbersThatCannotBeAreLeftOut() {
        const auto facts = factsOf([](ipp_t* answer) {
            const int wide[][2] = {{INT_MAX, 15240}, {-10160, 15240}, {10160, 0}, {10160, 15240}};
            ipp_attribute_t* list = ippAddCollections(answer, IPP_TAG_PRINTER, "media-col-database", 4, nullptr);
            for (int i = 0; i < 4; ++i) {
                ipp_t* medium = mediumOf(wide[i][0], wide[i][1]);
                ippSetCollection(answer, &list, i, medium);
                ippDelete(medium);
            }
            const int x[] = {INT_MAX, -300, 0, 300}, y[] = {300, 300, 0, 300};
            ippAddResolutions(answer, IPP_TAG_PRINTER, "pwg-raster-document-resolution-supported", 4, IPP_RES_PER_INCH,
                              x, y);
            const int levels[] = {INT_MAX, INT_MIN, -1, 101};
            ippAddIntegers(answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "marker-levels", 4, levels);
        });
        QCOMPARE(facts.media.size(), std::size_t{1});
        QCOMPARE(facts.media[0].width, 10160);
        QVERIFY(facts.rasterDpi == (std::vector<std::pair<int, int>>{{300, 300}}));
        QCOMPARE(facts.supplies.size(), std::size_t{4});
        for (const print::Supply& supply : facts.supplies) QVERIFY(!supply.percent && !supply.prints && !supply.low);
    }

    void aMillionPapersAreNotKept() {
        const auto facts = factsOf([](ipp_t* answer) {
            std::vector<const char*> words(200000, "na_index-4x6_4x6in");
            ippAddStrings(answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-type-supported",
                          static_cast<int>(words.size()), nullptr, words.data());
        });
        QCOMPARE(facts.mediaTypes.size(), std::size_t{4096});
    }

    void whatIsShownIsValidAndOneLine_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("told");
        QTest::newRow("plain") << QByteArray("DNP DS620 – Größe") << QByteArray("DNP DS620 – Größe");
        QTest::newRow("blanks") << QByteArray("  a \t\r\n b  ") << QByteArray("a b");
        QTest::newRow("C1") << QByteArray(
                                   "a\xc2\x9b"
                                   "b")
                            << QByteArray("a b");
        QTest::newRow("overlong") << QByteArray("\xc0\x8a") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
        QTest::newRow("cut short") << QByteArray("a\xe2\x80") << QByteArray("a\xef\xbf\xbd\xef\xbf\xbd");
        QTest::newRow("emoji") << QByteArray("\xf0\x9f\x96\xa8") << QByteArray("\xf0\x9f\x96\xa8");
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << QByteArray("\xef\xbf\xbd").repeated(4);
    }
    void whatIsShownIsValidAndOneLine() {
        QFETCH(QByteArray, said);
        QFETCH(QByteArray, told);
        QCOMPARE(QByteArray::fromStdString(sanitizedText(said.toStdString())), told);
    }
    void aCutIsBetweenCharacters() {
        for (std::size_t most = 3; most < 12; ++most) {
            const std::string told = sanitizedText("ééééééé", most);  // of two bytes each
            QVERIFY(told.size() <= most && told.ends_with("…"));
            QVERIFY(QString::fromStdString(told).indexOf(QChar::ReplacementCharacter) < 0);
        }
    }

    void aWordForAShellIsOneWord() {
        QCOMPARE(shellQuoted("ipp://localhost:631/printers/photo"), std::string("ipp://localhost:631/printers/photo"));
        QCOMPARE(shellQuoted("a b"), std::string("'a b'"));
        QCOMPARE(shellQuoted("it's; $(reboot) `x`"), std::string("'it'\\''s; $(reboot) `x`'"));
        QCOMPARE(shellQuoted("~root"), std::string("'~root'"));
        QCOMPARE(shellQuoted(""), std::string("''"));
    }

    void hostNamesThatCannotBeAreRefusedAndNotCut_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("reason");
        const QByteArray label(63, 'a');
        QTest::newRow("63 between dots") << label + ".local" << QByteArray("fine");
        QTest::newRow("64 between dots") << label + "a.local" << QByteArray("printer-host-long");
        QTest::newRow("253") << label + "." + label + "." + label + "." + label.left(61) << QByteArray("fine");
        QTest::newRow("254") << label + "." + label + "." + label + "." + label.left(62)
                             << QByteArray("printer-host-long");
        // With its first 255 characters alone it would be another's.
        QTest::newRow("256") << QByteArray("a.").repeated(128) << QByteArray("printer-host-long");
        QTest::newRow("70,000") << QByteArray("a.").repeated(35'000) << QByteArray("printer-host-long");
        QTest::newRow("IPv6") << QByteArray("[2001:db8:1111:2222:3333:4444:5555:6666]") << QByteArray("fine");
    }
    void hostNamesThatCannotBeAreRefusedAndNotCut() {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, reason);
        const auto address = IppAddress::parse("ipp://" + host.toStdString() + "/ipp/print");
        QCOMPARE(QByteArray::fromStdString(address ? "fine" : address.error().reason), reason);
        if (address && !host.startsWith('[')) QCOMPARE(address->host, host.toStdString());
    }
    void pathsAreNotCutEither() {
        QCOMPARE(IppAddress::parse("ipp://p/" + std::string(900, 'q'))->resource, "/" + std::string(900, 'q'));
        QCOMPARE(IppAddress::parse("ipp://p/" + std::string(2000, 'q')).error().reason, std::string("bad-printer-uri"));
    }

    void deviceAddressesHaveNoCharactersThatMeanSomethingElsewhere() {
        for (const char* good : {"ipp://printer.local:631/ipp/print", "gutenprint53+usb://dnp-ds620/DS6C1",
                                 "usb://Canon/SELPHY%20CP1300?serial=1&interface=2", "socket://[fe80::1%25eth0]:9100",
                                 "contone-guard:/s?to=ipp%3A%2F%2Fp"})
            QVERIFY2(isDeviceUri(good), good);
        for (const char* bad :
             {"", "printer", ":x", "-x:y", "ipp://a b", "ipp://a\nDeviceURI b", "ipp://a\tb", "ipp://a\"b", "ipp://a'b",
              "ipp://a`b", "ipp://a<b", "ipp://a%4", "ipp://a%zz", "ipp://ä", "ipp://a\\b", "ipp://a#b|c"})
            QVERIFY2(!isDeviceUri(bad), bad);
        QVERIFY(!isDeviceUri("ipp://" + std::string(1100, 'a')));
    }
};

QTEST_GUILESS_MAIN(HostileTest)
#include "hostile_test.moc"
