// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Every operation and every answer comes back equal from its JSON, and nothing that is not one gets in.
#include <QTest>
#include <set>

#include "core/shop/operations.h"
#include "tests/core/shop/filled.h"

using namespace contone;
using namespace contone::shop;

namespace {

/// By its text: operations that only say what is asked need not be comparable.
template <class T>
bool comesBack(const T& value) {
    const std::string text = json::write(value);
    const auto back = json::read<T>(text);
    if (!back) qWarning("%s in %s", back.error().detail.c_str(), text.c_str());
    return back && json::write(*back) == text && text.find('\n') == std::string::npos;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) qFatal("not in the text");
    return text.replace(at, from.size(), to);
}

template <class T>
std::string whyNot(const std::string& text) {
    const auto result = json::read<T>(text);
    return result ? "accepted" : result.error().detail;
}

PlaceOrder twoPhotos() {
    PlaceOrder order = filled<PlaceOrder>();
    order.lines.front().copies = 2;
    return order;
}

}  // namespace

class WireTest : public QObject {
    Q_OBJECT
  private slots:
    void everyOperationAndAnswerComesBackEqual() {
        eachOperation([]<class Tag>(Tag) {
            using Asked = typename Tag::Type;
            if constexpr (json::Described<Asked>) {
                QVERIFY2(comesBack(filled<Asked>()), Asked::terms.name.data());
                QVERIFY2(comesBack(Asked{}), Asked::terms.name.data());
                QVERIFY2(json::checkRanges(filled<Asked>()), Asked::terms.name.data());
            }
            QVERIFY2(comesBack(filled<typename Asked::Answer>()), Asked::terms.name.data());
            QVERIFY2(comesBack(typename Asked::Answer{}), Asked::terms.name.data());
        });
    }
    void valuesOfTheDomainComeBackEqual() {
        const auto order = filled<order::Order>();
        QVERIFY(json::read<order::Order>(json::write(order)) == Result<order::Order>(order));
        const auto sheet = filled<print::Sheet>();
        QVERIFY(json::read<print::Sheet>(json::write(sheet)) == Result<print::Sheet>(sheet));
        const auto setup = filled<print::PrinterSetup>();
        QVERIFY(json::read<print::PrinterSetup>(json::write(setup)) == Result<print::PrinterSetup>(setup));
        const auto status = filled<SetupStatus>();
        QVERIFY(json::read<SetupStatus>(json::write(status)) == Result<SetupStatus>(status));
        const auto saved = filled<SaveSetup>();
        QVERIFY(json::read<SaveSetup>(json::write(saved)) == Result<SaveSetup>(saved));
    }
    void theIntentIsTheSameWordEverywhere() {
        using enum icc::Intent;
        for (const auto intent : {Perceptual, Relative, Saturation, Absolute})
            QCOMPARE(json::write(intent), "\"" + std::string(icc::toString(intent)) + "\"");
    }
    void everyOperationHasANameOfItsOwnAndSaysWhatItDoes() {
        std::set<std::string_view> names;
        eachOperation([&]<class Tag>(Tag) {
            constexpr OperationTerms terms = Tag::Type::terms;
            QVERIFY2(names.insert(terms.name).second, terms.name.data());
            QVERIFY2(std::ranges::all_of(terms.name, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; }),
                     terms.name.data());
            QVERIFY2(terms.does.ends_with('.') && !terms.answer.empty(), terms.name.data());
        });
    }
    void aFieldOfANewerVersionIsIgnored() {
        const std::string newer = replaced(json::write(twoPhotos()), "{", R"({"loyaltyCard":[1,{"a":null}],)");
        QVERIFY(json::read<PlaceOrder>(newer) == Result<PlaceOrder>(twoPhotos()));
    }
    void aMissingFieldIsNamed() {
        const std::string text = replaced(json::write(twoPhotos()), "\"copies\"", "\"copes\"");
        QCOMPARE(whyNot<PlaceOrder>(text), std::string("lines[0].copies: missing"));
    }
    void aFieldOfAnotherTypeOrOutOfRangeIsRefused_data() {
        QTest::addColumn<QByteArray>("value");
        for (const char* bad :
             {"\"2\"", "2.0", "2.5", "true", "null", "[2]", "2147483648", "-2147483649", "99999999999999999999", "1e3"})
            QTest::newRow(bad) << QByteArray(bad);
    }
    void aFieldOfAnotherTypeOrOutOfRangeIsRefused() {
        QFETCH(QByteArray, value);
        const std::string text =
            replaced(json::write(twoPhotos()), "\"copies\":2", "\"copies\":" + value.toStdString());
        const std::string why = whyNot<PlaceOrder>(text);
        QVERIFY2(why.starts_with("lines[0].copies: "), why.c_str());
    }
    void numbersHaveTheSameRangeEverywhere() {
        const auto reasonOf = [](const Result<void>& checked) { return checked ? "" : checked.error().reason; };
        PlaceOrder order = twoPhotos();
        for (const int copies : {0, -1, 1000}) {
            order.lines.front().copies = copies;
            QCOMPARE(reasonOf(json::checkRanges(order)), std::string("bad-copies"));
            QCOMPARE(reasonOf(json::checkRanges(CheckMedia{.lines = {{"10x15", copies}}})), std::string("bad-copies"));
            QCOMPARE(reasonOf(json::checkRanges(QuoteOrder{{{"10x15", copies}}})), std::string("bad-copies"));
        }
        QCOMPARE(reasonOf(json::checkRanges(ListSheets{.limit = 0})), std::string("bad-limit"));
        QCOMPARE(reasonOf(json::checkRanges(ListOrders{.limit = mostPerPage + 1})), std::string("bad-limit"));
        QCOMPARE(reasonOf(json::checkRanges(FollowChanges{"0", 30'001})), std::string("bad-wait"));
        QCOMPARE(reasonOf(json::checkRanges(SaveSetup{.lowPrints = -1})), std::string("bad-low-prints"));
    }
    void nobodyCanSayWhoTheyAre() {
        // An actor in a body is a field that nobody reads.
        const std::string forged = replaced(json::write(PausePrinter{"front"}), "{", R"({"actor":"owner","role":3,)");
        const auto read = json::read<PausePrinter>(forged);
        QVERIFY(read);
        QCOMPARE(json::write(*read), std::string(R"({"setup":"front"})"));
    }
};

QTEST_GUILESS_MAIN(WireTest)
#include "wire_test.moc"
