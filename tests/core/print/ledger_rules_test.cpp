// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The ledger's rule book, setups as JSON, and the words of the printer port.
#include <QTest>
#include <set>

#include "core/print/printer.h"
#include "core/print/production_event.h"
#include "core/print/setup_json.h"
#include "core/print/sheet.h"

using namespace contone;
using namespace contone::print;

namespace {

const SystemClock systemClock;

PrinterSetup setup() {
    PrinterSetup s;
    s.name = "front-counter_1";
    s.route = {RouteKind::Queue, "ipp://localhost:8631/printers/ds620"};
    s.model = "dnp-ds620";
    s.medium = "4x6";
    s.finish = "glossy";
    s.profile = Sha256::of("profile");
    s.profileName = "DS620 glossy";
    s.intent = icc::Intent::Perceptual;
    s.blackPoint = icc::BlackPoint::AsIs;
    s.calibration.offsetX = millimetres(-0.25);
    s.calibration.offsetY = millimetres(0.5);
    s.calibration.extraOverscan = {millimetres(0.1), millimetres(0.2), millimetres(0.3), millimetres(0.4)};
    s.pool = "counter";
    s.lowPrints = 33;
    s.verification =
        Verification{false, true, {1234}, Sha256::of("everything"), {"No filter runs."}, {"The guard is missing."}};
    return s;
}

}  // namespace

class LedgerRulesTest : public QObject {
    Q_OBJECT
  private slots:
    // Rows and columns in the order of SheetState; the table is the one in core/print/sheet.h, written out.
    void theRuleBookIsExactlyTheTable() {
        using enum SheetState;
        const SheetState states[8]{Planned, Sending, Sent, Printing, Out, Unknown, Spoiled, Cancelled};
        //                          Pl Sg St Pr Ou Un Sp Ca
        static const int rules[8][8]{{0, 1, 0, 0, 0, 0, 0, 1},   // planned
                                     {1, 0, 1, 0, 0, 1, 0, 0},   // sending
                                     {0, 0, 0, 1, 1, 1, 1, 0},   // sent
                                     {0, 0, 0, 0, 1, 1, 1, 0},   // printing
                                     {0, 0, 0, 0, 0, 0, 0, 0},   // out
                                     {0, 0, 0, 0, 1, 0, 1, 1},   // unknown
                                     {0, 0, 0, 0, 0, 0, 0, 0},   // spoiled
                                     {0, 0, 0, 0, 0, 0, 0, 0}};  // cancelled
        int allowed = 0;
        for (int from = 0; from < 8; from++)
            for (int to = 0; to < 8; to++) {
                const bool expected = rules[from][to] == 1;
                QVERIFY2(mayMove(states[from], states[to]) == expected,
                         (std::string(toString(states[from])) + " -> " + toString(states[to])).c_str());
                allowed += expected ? 1 : 0;
            }
        QCOMPARE(allowed, 15);
    }
    void aSheetThatMayHaveMovedPaperIsNeverSentAgain() {
        using enum SheetState;
        for (const SheetState state : {Sent, Printing, Out, Unknown, Spoiled, Cancelled})
            QVERIFY(!mayMove(state, Planned) && !mayMove(state, Sending));
    }
    void onlyARefusedDocumentBringsASentSheetBack() {
        using enum SheetState;
        Sheet sheet;
        sheet.attempt = AttemptId::generate(systemClock);
        for (const SheetState from : {Planned, Sending, Sent, Printing, Out, Unknown, Spoiled, Cancelled}) {
            sheet.state = from;
            SheetMove back;
            back.to = Planned;
            back.attempt = AttemptId::generate(systemClock);
            const bool byTheBook = from == Sending;
            QCOMPARE(decideMove(sheet, from, back).has_value(), byTheBook);
            back.reason = "send-interrupted";
            QCOMPARE(decideMove(sheet, from, back).has_value(), byTheBook);
            back.reason = documentRefused;
            QCOMPARE(decideMove(sheet, from, back).has_value(), byTheBook || from == Sent || from == Printing);
            back.attempt = sheet.attempt;  // a new try needs a new name
            QVERIFY(!decideMove(sheet, from, back));
            back.attempt.reset();
            QVERIFY(!decideMove(sheet, from, back));
        }
    }
    void finalStatesAreTheOnesWithoutAWayOut() {
        for (const char* name : {"planned", "sending", "sent", "printing", "out", "unknown", "spoiled", "cancelled"}) {
            const SheetState state = *contone::parse<SheetState>(name);
            QCOMPARE(std::string(toString(state)), std::string(name));
            bool leads = false;
            for (const char* to : {"planned", "sending", "sent", "printing", "out", "unknown", "spoiled", "cancelled"})
                leads = leads || mayMove(state, *contone::parse<SheetState>(to));
            QCOMPARE(isFinal(state), !leads);
        }
        QCOMPARE(contone::parse<SheetState>("lost").error().reason, std::string("bad-sheet-state"));
    }
    void aSetupSurvivesItsJson() {
        const auto again = setupFromJson(toJson(setup()));
        QVERIFY(again.has_value());
        QVERIFY(*again == setup());
        PrinterSetup plain = setup();
        plain.verification.reset();
        plain.route.kind = RouteKind::Direct;
        plain.intent = icc::Intent::Absolute;
        plain.blackPoint = icc::BlackPoint::Compensate;
        plain.sharpening = {render::SharpenLevel::Standard, 120, 1300, 65};
        QVERIFY(*setupFromJson(toJson(plain)) == plain);
    }
    void aSetupOfAnOlderVersionHasNoPoolAndWarnsAtTwenty() {
        std::string old = toJson(setup());
        for (const std::string field : {R"("pool":"counter",)", R"("lowPrints":33,)"}) {
            QVERIFY(old.find(field) != std::string::npos);
            old.erase(old.find(field), field.size());
        }
        const auto read = setupFromJson(old);
        QVERIFY(read.has_value());
        QVERIFY(read->pool.empty());
        QCOMPARE(read->lowPrints, 20);
        QVERIFY(printsAlike(*read, setup()) && *read != setup());
    }
    void aSetupFromBeforeThereWasSharpeningIsNotSharpened() {
        std::string text = toJson(setup());
        const std::size_t from = text.find("\"sharpening\":"), to = text.find('}', from);
        QVERIFY(from != std::string::npos);
        text.erase(from, to - from + 2);  // with the comma behind
        const auto read = setupFromJson(text);
        QVERIFY2(read.has_value(), text.c_str());
        QVERIFY(read->sharpening == render::Sharpening{});
    }
    void aDamagedSetupIsRefused() {
        const std::string whole = toJson(setup());
        for (std::size_t length = 0; length < whole.size(); length += 7)
            QCOMPARE(setupFromJson(whole.substr(0, length)).error().reason, std::string("setup-json"));
        const std::pair<const char*, const char*> edits[]{{"perceptual", "beautiful"},
                                                          {"\"queue\"", "\"pigeon\""},
                                                          {"\"4x6\"", "46"},
                                                          {"\"as-is\"", "true"},
                                                          {"medium", "median"},
                                                          {"\"passed\":false", "\"passed\":0"},
                                                          {"\"radiusUm\":0", "\"radiusUm\":90"}};
        for (const auto& [what, with] : edits) {
            std::string text = whole;
            QVERIFY(text.find(what) != std::string::npos);
            text.replace(text.find(what), std::string(what).size(), with);
            const auto read = setupFromJson(text);
            QVERIFY2(!read && read.error().reason == "setup-json" && read.error().code == Code::Corrupt, what);
        }
    }
    void setupNamesAreSafeInFileNamesAndStreams() {
        QVERIFY(checkSetupName("DS620-glossy_2").has_value());
        QVERIFY(checkSetupName(std::string(40, 'a')).has_value());
        for (const std::string& name :
             {std::string(), std::string(41, 'a'), std::string("a b"), std::string("../x"), std::string("ä")})
            QCOMPARE(checkSetupName(name).error().reason, std::string("bad-setup-name"));
    }
    void aJobIsNamedForItsAttempt() {
        const AttemptId attempt = AttemptId::generate(systemClock);
        QCOMPARE(jobName(attempt), "contone-" + attempt.toString());
    }
    void everyObstacleHasItsOwnWordAndSaysWhatToDo() {
        std::set<std::string> words, sentences;
        for (int i = 0; i <= static_cast<int>(Obstacle::Other); i++) {
            words.insert(toString(static_cast<Obstacle>(i)));
            const std::string sentence = sentenceFor(static_cast<Obstacle>(i));
            QVERIFY2(sentence.find(". ") != std::string::npos && sentence.ends_with('.'), sentence.c_str());
            sentences.insert(sentence);
        }
        QCOMPARE(words.size(), 10u);
        QCOMPARE(sentences.size(), 10u);
        std::set<std::string> progress;
        for (int i = 0; i <= static_cast<int>(JobProgress::Cancelled); i++)
            progress.insert(toString(static_cast<JobProgress>(i)));
        QCOMPARE(progress.size(), 7u);
        for (const char* route : {"direct", "queue", "sim"})
            QCOMPARE(std::string(toString(*contone::parse<RouteKind>(route))), std::string(route));
        QCOMPARE(contone::parse<RouteKind>("usb").error().reason, std::string("bad-route"));
    }
};

QTEST_GUILESS_MAIN(LedgerRulesTest)
#include "ledger_rules_test.moc"
