// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A terminal tells card numbers wherever it can: none of them leaves the library, in what it returns or logs.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/devices/zvt/fields.h"
#include "core/devices/zvt/zvt_terminal.h"
#include "tests/core/devices/scripted_terminal.h"

using namespace contone;
using namespace contone::devices;
using devices::testing::ScriptedTerminal;
using devices::testing::Story;
using namespace std::chrono_literals;

namespace {

/// ISO/IEC 7812-1, annex B.
bool isLuhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int digit = digits[digits.size() - 1 - i] - '0';
        const int doubled = digit * 2;
        sum += i % 2 == 0 ? digit : doubled / 10 + doubled % 10;
    }
    return sum % 10 == 0;
}

/// 13 to 19 digits that can be a card's number, with or without single spaces between them; the first that is found.
std::string cardNumberIn(const std::string& text) {
    std::string run;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char letter = i < text.size() ? text[i] : '\n';
        if (letter >= '0' && letter <= '9') {
            run += letter;
            continue;
        }
        if (letter == ' ' && !run.empty() && text[i - 1] != ' ') continue;
        for (std::size_t size = 13; size <= 19; ++size)
            for (std::size_t at = 0; at + size <= run.size(); ++at)
                if (run[at] != '0' && isLuhn(std::string_view(run).substr(at, size))) return run.substr(at, size);
        run.clear();
    }
    return {};
}

std::string all(const TerminalSale& sale) {
    return sale.terminal + '\n' + std::to_string(sale.receipt) + '\n' + std::to_string(sale.trace) + '\n' +
           sale.authorisation + '\n' + sale.card + '\n' + sale.aid + '\n' + sale.time + '\n' +
           (sale.amount ? toString(*sale.amount) : "") + '\n';
}
std::string all(const Error& error) {
    return error.reason + '\n' + error.message + '\n' + error.detail + '\n';
}

/// As letters and as pairs of digits.
std::vector<std::uint8_t> letters() {
    const std::string_view number = ScriptedTerminal::cardNumber;
    return {number.begin(), number.end()};
}

}  // namespace

class CardNumbersTest : public QObject {
    Q_OBJECT
  private slots:
    void thisTestFindsCardNumbers() {
        QCOMPARE(cardNumberIn("x 4111111111111111 y"), std::string("4111111111111111"));
        QVERIFY(!cardNumberIn("VISA 4111 1111 1111 1111").empty());
        QVERIFY(!cardNumberIn("\"detail\":\"5500005555555559\"").empty());
        QVERIFY(cardNumberIn("receipt 42, 1201 112233, terminal 52500038").empty());
    }
    void noCardNumberIsReturnedOrLogged_data() {
        QTest::addColumn<int>("cut");
        QTest::newRow("approved") << 0;
        QTest::newRow("settled later") << 1;
    }
    void noCardNumberIsReturnedOrLogged() {
        QFETCH(const int, cut);
        const QTemporaryDir folder;
        const QString path = folder.filePath("log");
        const auto log = Log::toFile(path.toStdString(), Log::Level::Debug);
        QVERIFY(log.has_value());
        ScriptedTerminal terminal(Story::TellsCardNumbers);
        ZvtTerminal till({.host = "127.0.0.1",
                          .port = terminal.port(),
                          .timeouts = {.answer = 500ms, .byte = 500ms, .message = 500ms}},
                         *log);
        if (cut == 1) terminal.setStory(Story::HangUpAfterStatus);
        const ChargeResult result = till.pay({1000, "EUR"}, {}, {});
        QVERIFY(result.charged == (cut == 1 ? Charged::Unknown : Charged::Yes));
        const auto last = till.lastSale({});
        QVERIFY(last.has_value());
        QFile file(path);
        QVERIFY(file.open(QFile::ReadOnly));
        const std::string logged = file.readAll().toStdString();
        QVERIFY(logged.find("terminal-answered") != std::string::npos);
        QCOMPARE(cardNumberIn(all(result.sale) + result.reason), std::string());
        QCOMPARE(cardNumberIn(all(last->sale)), std::string());
        QCOMPARE(cardNumberIn(logged), std::string());
        if (cut == 0) QVERIFY(result.sale.card.empty() && result.sale.aid.empty());
    }
    /// Where it must not be: each field that is read as text, as digits or not at all.
    void noFieldKeepsACardNumber() {
        const std::vector<std::uint8_t> number = letters(), pairs{0x41, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11};
        for (const std::uint8_t tag : std::initializer_list<std::uint8_t>{0x22, 0x23, 0x24, 0x2D, 0x2E, 0x3C, 0x8B,
                                                                          0x9A, 0xA7, 0xAF, 0xD1, 0x60}) {
            for (const auto& value : {number, pairs}) {
                const bool isLong =
                    tag == 0x24 || tag == 0x2E || tag == 0x3C || tag == 0x9A || tag == 0xAF || tag == 0x60;
                std::vector<std::uint8_t> data{tag};
                if (isLong) data.push_back(0xF0);
                data.push_back(static_cast<std::uint8_t>(0xF0 + value.size() / 10));
                data.push_back(static_cast<std::uint8_t>(0xF0 + value.size() % 10));
                data.insert(data.end(), value.begin(), value.end());
                const auto fields = zvt::parseFields(data);
                QVERIFY2(fields.has_value(), qPrintable(QString::number(tag, 16)));
                QVERIFY2(*fields == zvt::Fields{}, qPrintable(QString::number(tag, 16)));
                data.pop_back();  // cut short: what is said of it holds no byte of it
                const auto cut = zvt::parseFields(data);
                QVERIFY(!cut);
                QCOMPARE(cardNumberIn(all(cut.error())), std::string());
            }
        }
    }
};

QTEST_GUILESS_MAIN(CardNumbersTest)
#include "card_numbers_test.moc"
