// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Messages of ZVT as bytes: known vectors, what is refused, and that any bytes may come.
#include <QTest>

#include <random>

#include "core/devices/zvt/apdu.h"
#include "core/devices/zvt/currency.h"
#include "core/devices/zvt/dialogue_p.h"
#include "core/devices/zvt/fields.h"

using namespace contone;
using namespace contone::devices;
using namespace contone::devices::zvt;

namespace {

zvt::Bytes hex(const char* digits) {
    const QByteArray bytes = QByteArray::fromHex(digits);
    return {bytes.begin(), bytes.end()};
}

std::string refusal(const char* digits) {
    const auto fields = parseFields(hex(digits));
    return fields ? "parsed" : fields.error().detail;
}

// What a terminal said after 25.00 EUR were reserved (EVerest/zvt, a recording under the Apache licence), and the end
// of its day. The card's number is masked there and holds no real one.
const char* const reserved =
    "2700040000000025004909780c2255580d040522f0f8559883eeeeee80748702313b37353030373100000b000975196029525235350e24058a"
    "06"
    "8c018bf1f14d617374657243617264002a383034303131393236202020202020";
const char* const dayClosed =
    "2700040000000009580b0009820d04060c08170660f0f5f3023302340000000000000000000000000000020000000009580000000000000000"
    "00"
    "00000000000000000000000000000000000000";
// With the TLV container of a card's chip.
const char* const chip =
    "270006314c0a000000000000081ca72f1f450505788070021f4c01011f4d02fe041f4f0204001f50012060094307a0000000041010";

}  // namespace

class ZvtBytesTest : public QObject {
    Q_OBJECT
  private slots:
    void commandsAreTheProtocolsBytes() {
        zvt::Bytes tenCents{0x04};
        for (const std::uint8_t b : bcd(10, 6)) tenCents.push_back(b);
        QCOMPARE(encode(verbs::pay, tenCents), hex("06010704000000000010"));
        QCOMPARE(encode(verbs::abort), hex("06b000"));
        QCOMPARE(bcd(978, 2), hex("0978"));
        QCOMPARE(bcd(123456789012, 6), hex("123456789012"));
    }
    void lengthsAreOneByteOrThree() {
        for (const std::size_t size : {0U, 1U, 254U, 255U, 256U, 65535U}) {
            const zvt::Bytes message = encode(verbs::status, zvt::Bytes(size, 7));
            QCOMPARE(message.size(), size + (size < 255 ? 3 : 5));
            const auto decoded = decode(message);
            QVERIFY(decoded && decoded->verb == verbs::status && decoded->data.size() == size);
        }
        QCOMPARE(encode(verbs::status, zvt::Bytes(300, 0))[3], 0x2C);  // lowest first
        QCOMPARE(encode(verbs::status, zvt::Bytes(300, 0))[4], 0x01);
        for (const char* wrong : {"", "06", "060f", "060f01", "060f0000", "06d3ff", "06d3ff01", "06d3ff0100"})
            QVERIFY2(!decode(hex(wrong)), wrong);
    }
    void arecordedStatusIsRead() {
        const auto fields = parseFields(hex(reserved));
        QVERIFY2(fields.has_value(), fields ? "" : fields.error().detail.c_str());
        const Fields expected{.result = 0,
                              .amount = 2500,
                              .currency = 978,
                              .trace = 975,
                              .originalTrace = {},
                              .receipt = 231,
                              .terminal = "52523535",
                              .date = "0405",
                              .time = "225558",
                              .authorisation = "750071",
                              .card = "MasterCard",
                              .aid = {},
                              .day = {}};
        QVERIFY(*fields == expected);
        const TerminalSale sale = saleOf(*fields);
        QVERIFY(sale.amount == Money({2500, "EUR"}) && sale.receipt == 231 && sale.time == "0405 225558");
    }
    void theStatusOfAPaymentIsRead() {
        const auto fields = parseFields(hex(
            "2700040000000011504909780b0000120c1200000d010122f0f84711eeeeeeee123429525000388700128bf0f55649534100"));
        QVERIFY2(fields.has_value(), fields ? "" : fields.error().detail.c_str());
        QVERIFY(fields->result == 0 && fields->amount == 1150 && fields->currency == 978 && fields->trace == 12);
        QVERIFY(fields->receipt == 12 && fields->terminal == "52500038" && fields->card == "VISA");
        QVERIFY(fields->date == "0101" && fields->time == "120000");
    }
    void arecordedDayIsRead() {
        const auto fields = parseFields(hex(dayClosed));
        QVERIFY2(fields.has_value(), fields ? "" : fields.error().detail.c_str());
        QVERIFY(fields->amount == 958 && fields->day && fields->day->receiptFrom == 233 &&
                fields->day->receiptTo == 234);
        for (std::size_t i = 0; i < dayKinds.size(); ++i)
            QVERIFY((fields->day->kinds[i] == (dayKinds[i] == "Mastercard" ? DaySums::Sum{2, 958} : DaySums::Sum{})));
    }
    void theApplicationOfAChipIsRead() {
        const auto fields = parseFields(hex(chip));
        QVERIFY(fields && fields->aid == "A0000000041010");
        QCOMPARE(parseFields(hex("8a05"))->card, std::string("girocard"));
        QVERIFY(!parseFields(hex("87ffff"))->receipt);
    }
    void whatIsWrongIsSaid() {
        QCOMPARE(refusal("ee01"), std::string("field EE is not known"));
        QCOMPARE(refusal("0400000000"), std::string("field 04 is cut short"));
        QCOMPARE(refusal("27"), std::string("field 27 is cut short"));
        QCOMPARE(refusal("22f0"), std::string("field 22 has no length"));
        QCOMPARE(refusal("220008"), std::string("field 22 has no length"));
        QCOMPARE(refusal("22f0f84711"), std::string("field 22 is cut short"));
        QCOMPARE(refusal("06"), std::string("field 06 has no length"));
        QCOMPARE(refusal("0684ffffffff"), std::string("field 06 has no length"));
        QCOMPARE(refusal("0682ffff00"), std::string("field 06 is cut short"));
        QCOMPARE(refusal("06044c0a0000"), std::string("field 06 holds no such value"));
        QCOMPARE(refusal("06011f"), std::string("field 06 holds no such value"));
        QCOMPARE(refusal("0400000000001a"), std::string("field 04 holds no such value"));
        QCOMPARE(refusal("27002705"), std::string("field 27 is there twice"));
        QVERIFY(parseFields({}).has_value());
    }
    void currenciesHaveTheirNumbers() {
        // ISO 4217
        const std::vector<std::pair<const char*, int>> numbers{{"EUR", 978}, {"USD", 840}, {"GBP", 826}, {"CHF", 756},
                                                               {"SEK", 752}, {"NOK", 578}, {"DKK", 208}, {"PLN", 985},
                                                               {"CZK", 203}, {"JPY", 392}};
        for (const auto& [code, number] : numbers) {
            QVERIFY(numberOfCurrency(code) == number);
            QCOMPARE(currencyOfNumber(number), std::string(code));
        }
        QVERIFY(!numberOfCurrency("BRL") && !numberOfCurrency("") && currencyOfNumber(0).empty());
    }
    void customersAreToldWhatToDo() {
        QVERIFY(promptOf(0x0A) == TerminalPrompt::InsertCard && promptOf(0x0B) == TerminalPrompt::RemoveCard);
        QVERIFY(promptOf(0x04) == TerminalPrompt::Waiting && promptOf(0x15) == TerminalPrompt::WrongPin);
        QVERIFY(promptOf(0x55) == TerminalPrompt::WrongPin && promptOf(0x4A) == TerminalPrompt::RemoveCard);
        QVERIFY(promptOf(0x1D) == TerminalPrompt::Declined && promptOf(0x01) == TerminalPrompt::EnterPin);
        QVERIFY(!promptOf(0xF2));
    }
    void anyBytesMayCome() {
        std::mt19937 random(7);  // NOLINT: the same bytes each time
        const std::vector<zvt::Bytes> seeds{hex(reserved), hex(dayClosed), hex(chip), {}};
        int parsed = 0, refused = 0;
        for (int round = 0; round < 20'000; ++round) {
            zvt::Bytes bytes = seeds[random() % seeds.size()];
            if (bytes.empty()) bytes.resize(random() % 80);
            for (auto changes = random() % 6; changes > 0 && !bytes.empty(); --changes)
                bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
            if (random() % 3 == 0) bytes.resize(random() % (bytes.size() + 1));
            const zvt::Bytes exact(bytes);  // no room behind the end: a sanitizer sees a byte too many
            const auto fields = parseFields(exact);
            ++(fields ? parsed : refused);
            if (!fields) {
                QCOMPARE(fields.error().reason, std::string("answer-unreadable"));
                continue;
            }
            QVERIFY(fields->terminal.empty() || fields->terminal.size() == 8);
            QVERIFY(fields->amount.value_or(0) >= 0 && fields->amount.value_or(0) <= 999'999'999'999);
            QVERIFY(fields->receipt.value_or(0) <= 9999 && fields->trace.value_or(0) <= 999'999);
            (void)decode(exact);
        }
        QVERIFY2(parsed > 500 && refused > 500, qPrintable(QString("%1 %2").arg(parsed).arg(refused)));
    }
};

QTEST_GUILESS_MAIN(ZvtBytesTest)
#include "zvt_bytes_test.moc"
