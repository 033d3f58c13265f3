// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Order codes: what is written on tickets, and what people make of it when they type.
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

#include "core/order/order_code.h"

using namespace contone;
using namespace contone::order;

namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

std::string without(const std::string& code, char dropped) {
    std::string rest;
    std::ranges::copy_if(code, std::back_inserter(rest), [&](char c) { return c != dropped; });
    return rest;
}

}  // namespace

class OrderCodeTest : public QObject {
    Q_OBJECT
  private slots:
    void codesAreEightCharactersThatNobodyMistakes() {
        std::set<std::string> all;
        std::map<char, int> seen;
        for (int i = 0; i < 20'000; i++) {
            const std::string code = OrderCode::random().toString();
            QCOMPARE(code.size(), 9u);
            QCOMPARE(code[4], '-');
            for (const char c : without(code, '-')) {
                QVERIFY(alphabet.find(c) != std::string_view::npos);
                seen[c]++;
            }
            all.insert(code);
        }
        QVERIFY(all.size() > 19'990);  // 27 thousand million of them
        QCOMPARE(seen.size(), 31u);
        for (const auto& [c, times] : seen) QVERIFY2(times > 4'500 && times < 5'800, &c);  // 5161 on average
    }
    void oneWrongCharacterOrTwoThatChangedPlacesAreFound() {
        for (int i = 0; i < 300; i++) {
            const std::string code = without(OrderCode::random().toString(), '-');
            for (std::size_t place = 0; place < code.size(); place++) {
                for (const char c : alphabet) {
                    std::string typed = code;
                    typed[place] = c;
                    QCOMPARE(OrderCode::parse(typed).has_value(), c == code[place]);
                }
                for (std::size_t other = 0; other < place; other++) {
                    std::string typed = code;
                    std::swap(typed[place], typed[other]);
                    QCOMPARE(OrderCode::parse(typed).has_value(), typed == code);
                }
            }
        }
    }
    void typingIsForgivenWhatDoesNotMatter() {
        const OrderCode code = OrderCode::random();
        std::string small = code.toString();
        std::ranges::transform(small, small.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
        for (const std::string& typed :
             {small, " " + small + " ", without(small, '-'), small.substr(0, 2) + " " + small.substr(2)})
            QVERIFY2(codesMeant(typed)->front() == code, typed.c_str());
    }
    void charactersThatNeverOccurAreNamed() {
        for (const char* never : {"O", "0", "I", "1", "L", "o", "i", "l"}) {
            const auto meant = codesMeant(std::string("222222") + never + "2");
            QCOMPARE(meant.error().reason, std::string("code-characters"));
            QVERIFY(meant.error().message.find("never occurs") != std::string::npos);
        }
        for (const char* bad : {"", "2222", "22222222222", "2222?222", "Müller22"})
            QCOMPARE(codesMeant(bad).error().reason, std::string("code-characters"));
    }
    void lookalikesAreTriedBothWays() {
        int tried = 0;
        for (int i = 0; i < 5'000; i++) {
            const OrderCode code = OrderCode::random();
            std::string typed = code.toString();
            const auto at = typed.find_first_of("B8S5Z2G6");
            if (at == std::string::npos) continue;
            constexpr std::string_view of = "B8S5Z2G6", to = "8B5S2Z6G";
            typed[at] = to[of.find(typed[at])];
            const auto meant = codesMeant(typed);
            QVERIFY2(meant && std::ranges::find(*meant, code) != meant->end(), typed.c_str());
            tried++;
        }
        QVERIFY(tried > 3'000);
        std::string wrong = "ACDEFHJA";  // without lookalikes: nothing to try
        while (OrderCode::parse(wrong)) wrong.back()++;
        QCOMPARE(codesMeant(wrong).error().reason, std::string("code-wrong"));
    }
    void noneIsNoCode() {
        QVERIFY(OrderCode().isNone() && OrderCode().toString().empty());
        QVERIFY(OrderCode::parse("")->isNone());
    }
};

QTEST_GUILESS_MAIN(OrderCodeTest)
#include "order_code_test.moc"
