// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Slips: rows that fit their paper, and nothing but known commands for a receipt printer.
#include <QTest>

#include <algorithm>
#include <sstream>

#include "core/slip/rows_p.h"

using namespace contone;
using namespace contone::slip;

namespace {

const Slip ticket{{{.text = "Foto Müller", .align = Align::Centre, .bold = true},
                   {.rule = true},
                   {.text = "24 × 10 × 15 cm, matt, weißer Rand, als 25 berechnet", .right = "11,25 €"},
                   {.text = "Summe", .right = "11,25 €", .bold = true},
                   {.text = "4F7K-92MT", .align = Align::Centre, .large = true},
                   {.align = Align::Centre, .code = "4F7K92MT"}}};

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

int at(const Bytes& bytes, std::size_t i) {
    return i < bytes.size() ? std::to_integer<int>(bytes[i]) : -1;
}

/// Walks over all commands as a printer does. The text of each line; empty when there is a command that is not known.
std::vector<std::string> printed(const Bytes& bytes) {
    std::vector<std::string> lines(1);
    bool isCut = false;
    for (std::size_t i = 0; i < bytes.size();) {
        if (isCut) return {};
        const int byte = at(bytes, i);
        if (byte == 0x1B && at(bytes, i + 1) == 0x40) {
            i += 2;
        } else if (byte == 0x1B && (at(bytes, i + 1) == 0x74 || at(bytes, i + 1) == 0x45 || at(bytes, i + 1) == 0x61)) {
            i += 3;
        } else if (byte == 0x1D && at(bytes, i + 1) == 0x21) {
            i += 3;
        } else if (byte == 0x1D && at(bytes, i + 1) == 0x28 && at(bytes, i + 2) == 0x6B) {
            i += 5 + static_cast<std::size_t>(at(bytes, i + 3) + 256 * at(bytes, i + 4));
        } else if (byte == 0x1D && at(bytes, i + 1) == 0x56) {
            isCut = true;
            i += 4;
        } else if (byte == '\n') {
            lines.emplace_back();
            i++;
        } else if (byte >= 0x20) {
            lines.back() += static_cast<char>(byte);
            i++;
        } else {
            return {};
        }
    }
    if (!isCut) return {};
    return lines;
}

}  // namespace

class SlipTest : public QObject {
    Q_OBJECT
  private slots:
    void textFitsItsPaper() {
        for (int columns : {20, 32, 48, 80}) {
            const auto lines = linesOf(asText(ticket, columns));
            for (const std::string& line : lines) QVERIFY2(columnsOf(line) <= columns, line.c_str());
            const auto sum = std::ranges::find_if(lines, [](const auto& l) { return l.starts_with("Summe"); });
            QVERIFY(sum != lines.end() && sum->ends_with("11,25 €"));
            QCOMPARE(columnsOf(*sum), columns);  // amounts stand one below the other
        }
        QVERIFY(asText(ticket, 48).find("Foto Müller") == 18);  // in the middle
    }
    void wordsThatAreTooLongAreCutNotLost() {
        const std::string long80(80, 'x');
        std::string all;
        for (const std::string& line : linesOf(asText({{{.text = "a " + long80 + " b"}}}, 32))) {
            QVERIFY(columnsOf(line) <= 32);
            std::ranges::copy_if(line, std::back_inserter(all), [](char c) { return c != ' '; });
        }
        QCOMPARE(all, "a" + long80 + "b");
    }
    void aReceiptPrinterGetsOnlyWhatItKnows() {
        const auto lines = printed(asEscPos(ticket, 48));
        QVERIFY(!lines.empty());
        for (const std::string& line : lines) QVERIFY2(line.size() <= 48, line.c_str());  // one byte a column
        QVERIFY(lines[0].find("Foto M\x81ller") != std::string::npos);                    // ü and € of code page 858
        QVERIFY(std::ranges::any_of(lines, [](const auto& l) { return l.ends_with("11,25 \xD5"); }));
        QVERIFY(std::ranges::find(lines, "4F7K-92MT") != lines.end());
    }
    void noNameCanCommandAPrinter() {
        const auto lines = printed(asEscPos({{{.text = "A\x1B@\x1D"
                                                       "V\x01 B – 漢 “x”"}}}));
        QVERIFY(!lines.empty());
        QCOMPARE(lines[0], std::string("A@V B - ? \"x\""));
    }
    void bytesThatAreNotUtf8AreNoReasonToStop() {
        QVERIFY(!printed(asEscPos({{{.text = "M\xFCller \xE2\x82"}}})).empty());
    }
};

QTEST_GUILESS_MAIN(SlipTest)
#include "slip_test.moc"
