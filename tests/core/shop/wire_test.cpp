// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Every value comes back equal from its JSON, and nothing that is not one gets in.
#include "core/shop/wire.h"

#include <QTest>
#include <limits>

#include "core/shop/base64_p.h"
#include "tests/core/shop/sample_values.h"

using namespace contone;
using namespace contone::shop;

namespace {

template <class T>
bool comesBack(const T& value) {
    const auto back = decoded<T>(encoded(value));
    if (!back)
        qWarning("%s: %s in %s", back.error().reason.c_str(), back.error().detail.c_str(), encoded(value).c_str());
    return back && *back == value && encoded(value).find('\n') == std::string::npos;
}

/// `text` with `from` replaced by `to`; `from` must be there.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) qFatal("not in the text");
    return text.replace(at, from.size(), to);
}

std::string refusal(const Result<NewOrder>& result) {
    return result ? "accepted" : result.error().reason + " " + result.error().detail;
}

std::string textOf(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

class WireTest : public QObject {
    Q_OBJECT
  private slots:
    void everyValueComesBackEqual() {
        QVERIFY(comesBack(sample::order()));
        QVERIFY(comesBack(std::vector{sample::order(), order::Order{}}));
        QVERIFY(comesBack(std::vector<order::Order>{}));
        QVERIFY(comesBack(sample::sheet()));
        QVERIFY(comesBack(std::vector{print::Sheet{}, sample::sheet()}));
        QVERIFY(comesBack(sample::job()));
        QVERIFY(comesBack(sample::setup()));
        QVERIFY(comesBack(std::vector{sample::setup(), print::PrinterSetup{}}));
        QVERIFY(comesBack(sample::newOrder()));
        QVERIFY(comesBack(NewOrder{}));
        QVERIFY(comesBack(sample::newSetup()));
        NewSetup bare;
        bare.route.uri.clear();
        QVERIFY(comesBack(bare));
        QVERIFY(comesBack(sample::status()));
        QVERIFY(comesBack(SetupStatus{}));
        QVERIFY(comesBack(sample::changes()));
        QVERIFY(comesBack(sample::changes().front()));
        QVERIFY(comesBack(sample::record()));
        QVERIFY(comesBack(sample::comparison()));
        QVERIFY(comesBack(SheetComparison{}));
        QVERIFY(comesBack(PrintWish{"front-desk", "counter", print::Priority::Pickup, sample::awkward}));
        QVERIFY(comesBack(ReprintCommand{*sample::sheet().reprint, "staff"}));
        QVERIFY(comesBack(MoveCommand{"back", sample::awkward}));
        QVERIFY(comesBack(PriorityCommand{print::Priority::Bulk, "staff"}));
        QVERIFY(comesBack(
            Settlement{Verdict::Spoiled, "jam", AndThen::Reprint, print::CostOwner::Customer, sample::awkward}));
        QVERIFY(comesBack(Settled{sample::sheet(), {}}));
        QVERIFY(comesBack(Settled{sample::sheet(), sample::job()}));
        QVERIFY(comesBack(std::vector{sample::tally(), print::JobTally{}}));
        QVERIFY(comesBack(sample::enough()));
        QVERIFY(comesBack(sample::enoughQuery()));
        QVERIFY(comesBack(EnoughQuery{}));
        QVERIFY(comesBack(sample::spoilage()));
        QVERIFY(comesBack(CalibrateCommand{sample::readings(), "staff"}));
        QVERIFY(comesBack(CancelCommand{"not-wanted", sample::awkward}));
        QVERIFY(comesBack(EraseCommand{"staff"}));
        QVERIFY(comesBack(VerifyCommand{"staff"}));
        QVERIFY(comesBack(StoredOriginal{sample::hash("x")}));
    }
    void aListOfSheetsIsReadInWhateverFormItIsWritten() {
        const std::vector sheets{sample::sheet(), print::Sheet{}};
        const std::string text = encoded(sheets);
        const auto back = [](const std::string& form) { return decoded<std::vector<print::Sheet>>(form); };
        const std::string fields = replaced(text, R"("copy":9,)", "");
        QVERIFY(back(text) == sheets);
        QVERIFY(back("\n " + text + " ") == sheets);                                                         // spaces
        QVERIFY(back(replaced(fields, R"("schedulerJob":77)", R"("copy":9,"schedulerJob":77)")) == sheets);  // order
        QVERIFY(back(replaced(text, R"("copy":9)", R"("copy":9,"new":[{"x":1}])")) == sheets);  // a newer program's
        QVERIFY(back(replaced(text, "printer-lost", R"(printer\u002dlost)")) == sheets);        // escapes
        const auto refused = [&](const std::string& form) { return back(form).error().detail; };
        QCOMPARE(refused(fields), std::string("copy: missing"));
        QCOMPARE(refused(replaced(text, R"("copy":9)", R"("copy":9.5)")),
                 std::string("copy: not a whole number in range"));
        QCOMPARE(refused(replaced(text, R"("copy":9)", R"("copy":9999999999)")),
                 std::string("copy: not a whole number in range"));
        QCOMPARE(refused(replaced(text, "unknown", "lost")).substr(0, 6), std::string("state:"));
        for (const std::string& damaged :
             {text.substr(0, text.size() - 1), text + "x", replaced(text, R"("copy":9)", R"("copy":09)"),
              replaced(text, "printer-lost", "printer\nlost"), replaced(text, "printer-lost", "printer\xff"),
              replaced(text, "printer-lost\"", "printer-lost"), replaced(text, "},{", "}{"), std::string()})
            QVERIFY2(back(damaged).error().reason == "bad-request", damaged.c_str());
    }
    void everyWordOfEveryEnumComesBack() {
        for (const Code code : sample::codes) QVERIFY(comesBack(Error{code, "some-reason", sample::awkward, "detail"}));
        using enum print::SheetState;
        for (const auto state : {Planned, Sending, Sent, Printing, Out, Unknown, Spoiled, Cancelled}) {
            print::Sheet sheet = sample::sheet();
            sheet.state = state;
            sheet.reprintOf.reset();
            QVERIFY(comesBack(sheet));
        }
        for (const auto state : {order::OrderState::Placed, order::OrderState::Printing, order::OrderState::Done,
                                 order::OrderState::Cancelled}) {
            order::Order order = sample::order();
            order.state = state;
            QVERIFY(comesBack(order));
        }
        for (const Verdict verdict : {Verdict::InTray, Verdict::Spoiled, Verdict::NotPrinted, Verdict::CannotTell})
            QVERIFY(comesBack(Settlement{verdict, "seen", AndThen::Nothing, print::CostOwner::Shop, "staff"}));
        for (const auto intent :
             {icc::Intent::Perceptual, icc::Intent::Relative, icc::Intent::Saturation, icc::Intent::Absolute})
            for (const auto route : {print::RouteKind::Direct, print::RouteKind::Queue, print::RouteKind::Sim})
                for (const auto blackPoint : {icc::BlackPoint::AsIs, icc::BlackPoint::Compensate}) {
                    NewSetup setup = sample::newSetup();
                    setup.intent = intent;
                    setup.route.kind = route;
                    setup.blackPoint = blackPoint;
                    QVERIFY(comesBack(setup));
                }
    }
    void choicesComeBackBitForBit() {
        for (const auto fit : {print::Fit::Fill, print::Fit::Whole})
            for (const auto lane : {render::Lane::Fast, render::Lane::Archival})
                for (const double v :
                     {0.0, 0.1, 1.0 / 3.0, 0.333333333, 1e-9, 1.0, std::numeric_limits<double>::denorm_min()}) {
                    const order::PhotoChoices choices{fit, render::Crop{v, v / 2, 1 - v, v}, lane};
                    QVERIFY(order::choicesFromJson(toJson(choices)) == Result<order::PhotoChoices>(choices));
                }
        QVERIFY(order::choicesFromJson(toJson(order::PhotoChoices{})) ==
                Result<order::PhotoChoices>(order::PhotoChoices{}));
    }
    void choicesThatAreNoneAreCorrupt() {
        for (const char* bad :
             {"", "null", "[]", "{}", R"({"fit":"fill","lane":"fast"})", R"({"fit":"tile","crop":null,"lane":"fast"})",
              R"({"fit":"fill","crop":null,"lane":"slow"})", R"({"fit":"fill","crop":{"left":0},"lane":"fast"})",
              R"({"fit":"fill","crop":{"left":0,"top":0,"width":"1","height":1},"lane":"fast"})"}) {
            const auto choices = order::choicesFromJson(bad);
            QVERIFY2(!choices, bad);
            QCOMPARE(choices.error().reason, std::string("choices-json"));
            QVERIFY(choices.error().code == Code::Corrupt);
        }
    }
    void verdictsAreTheWordsOfTheHeader() {
        QCOMPARE(std::string(toString(Verdict::InTray)), std::string("in-tray"));
        QCOMPARE(std::string(toString(Verdict::Spoiled)), std::string("spoiled"));
        QCOMPARE(std::string(toString(Verdict::NotPrinted)), std::string("not-printed"));
        QVERIFY(*parseVerdict("not-printed") == Verdict::NotPrinted);
        QCOMPARE(parseVerdict("maybe").error().reason, std::string("bad-verdict"));
    }
    void aFieldOfANewerVersionIsIgnored() {
        const std::string newer = replaced(encoded(sample::newOrder()), "{", R"({"loyaltyCard":[1,{"a":null}],)");
        QVERIFY(decoded<NewOrder>(newer) == Result<NewOrder>(sample::newOrder()));
    }
    void aMissingFieldIsNamed() {
        const std::string text = replaced(encoded(sample::newOrder()), "\"copies\"", "\"copes\"");
        QCOMPARE(refusal(decoded<NewOrder>(text)), std::string("bad-request copies: missing"));
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
            replaced(encoded(sample::newOrder()), "\"copies\":2", "\"copies\":" + value.toStdString());
        QCOMPARE(refusal(decoded<NewOrder>(text)), std::string("bad-request copies: not a whole number in range"));
    }
    void whatIsNotJsonIsABadRequest() {
        for (const std::string& bad :
             {std::string(), std::string("{"), std::string("nonsense"), std::string("[]"), std::string("3"),
              std::string("{\"lines\":{}}"), std::string("{\"lines\":[3],\"customerName\":\"\",\"actor\":\"\"}"),
              std::string("\xff\xfe{}")}) {
            const auto order = decoded<NewOrder>(bad);
            QVERIFY2(!order, bad.c_str());
            QCOMPARE(order.error().reason, std::string("bad-request"));
            QVERIFY(order.error().code == Code::Invalid);
        }
    }
    void deepNestingIsRefusedNotFollowed() {
        // 1 MB of brackets where a value is copied would need half a million stack frames.
        const std::string deep = std::string(500'000, '[') + std::string(500'000, ']');
        const std::string text =
            replaced(encoded(sample::newOrder()), "\"choices\":{", "\"choices\":{\"x\":" + deep + ",");
        QCOMPARE(refusal(decoded<NewOrder>(text)), std::string("bad-request nested too deeply"));
    }
    void textThatIsNotUtf8ArrivesWithReplacements() {
        const auto back = decoded<VerifyCommand>(encoded(VerifyCommand{"caf\xe9"}));
        QVERIFY(back);
        QCOMPARE(back->actor, std::string("caf\xef\xbf\xbd"));
    }
    void base64IsThatOfRfc4648() {
        // RFC 4648 section 10.
        const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                               {"f", "Zg=="},
                                                               {"fo", "Zm8="},
                                                               {"foo", "Zm9v"},
                                                               {"foob", "Zm9vYg=="},
                                                               {"fooba", "Zm9vYmE="},
                                                               {"foobar", "Zm9vYmFy"}};
        for (const auto& [plain, text] : vectors) {
            QCOMPARE(toBase64(std::as_bytes(std::span(std::string_view(plain)))), std::string(text));
            QCOMPARE(textOf(*fromBase64(text)), std::string(plain));
        }
        for (const char* bad : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "====", "Z===", "Zm 9", "Zg==Zg==", "Zm9v\n"})
            QVERIFY2(!fromBase64(bad), bad);
    }
};

QTEST_GUILESS_MAIN(WireTest)
#include "wire_test.moc"
