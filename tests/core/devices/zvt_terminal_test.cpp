// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ZvtTerminal beside a terminal that acts out what can go wrong: yes and no are proved, all else is unknown.
#include <QTest>

#include <chrono>
#include <future>
#include <thread>

#include "core/devices/settle.h"
#include "core/devices/zvt/zvt_terminal.h"
#include "tests/core/devices/scripted_terminal.h"

using namespace contone;
using namespace contone::devices;
using devices::testing::Memory;
using devices::testing::ScriptedTerminal;
using devices::testing::Story;
using namespace std::chrono_literals;

namespace {

const Money tenEuros{1000, "EUR"};

ZvtSettings settingsFor(const ScriptedTerminal& terminal) {
    return {.host = "127.0.0.1",
            .port = terminal.port(),
            .timeouts = {.connect = 500ms,
                         .answer = 300ms,
                         .byte = 200ms,
                         .message = 300ms,
                         .longest = 1200ms,
                         .busyPause = 10ms,
                         .busyTries = 4}};
}

/// One payment of ten euros.
ChargeResult paid(ScriptedTerminal& terminal, const Tell& tell = {}) {
    return ZvtTerminal(settingsFor(terminal)).pay(tenEuros, tell, {});
}

int commandsOf(const ScriptedTerminal& terminal, const std::string& begin) {
    int count = 0;
    for (const std::string& command : terminal.heard()) count += command.starts_with(begin) ? 1 : 0;
    return count;
}

}  // namespace

Q_DECLARE_METATYPE(contone::devices::testing::Story)
Q_DECLARE_METATYPE(contone::devices::Charged)

class ZvtTerminalTest : public QObject {
    Q_OBJECT
  private slots:
    void anApprovedPaymentIsPaid() {
        ScriptedTerminal terminal(Story::Approve, {41, 97});
        std::vector<TerminalPrompt> prompts;
        const ChargeResult result = paid(terminal, [&](TerminalPrompt prompt) { prompts.push_back(prompt); });
        QVERIFY(result.charged == Charged::Yes && result.reason.empty());
        const TerminalSale expected{.terminal = "52500038",
                                    .receipt = 42,
                                    .trace = 98,
                                    .amount = tenEuros,
                                    .authorisation = "750071",
                                    .card = "VISA",
                                    .aid = "A0000000031010",
                                    .time = "1201 112233"};
        QVERIFY(result.sale == expected);
        QVERIFY(prompts == std::vector{TerminalPrompt::InsertCard});
        QCOMPARE(terminal.heard(), (std::vector<std::string>{"060006000000380978", "06010a04000000001000490978"}));
        QCOMPARE(terminal.unacknowledged(), 0);
    }

    void everyStoryEndsAsItWasProved_data() {
        QTest::addColumn<Story>("story");
        QTest::addColumn<Charged>("charged");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, Story story, Charged charged, const char* reason) {
            QTest::newRow(name) << story << charged << QString(reason);
        };
        row("slow", Story::Slow, Charged::Yes, "");
        row("twice", Story::Twice, Charged::Yes, "");
        row("busy twice", Story::BusyTwice, Charged::Yes, "");
        row("card numbers", Story::TellsCardNumbers, Charged::Yes, "");
        row("declined", Story::Decline, Charged::No, "declined");
        row("aborted", Story::Abort, Charged::No, "cancelled");
        row("refused", Story::Refuse, Charged::No, "terminal-refused");
        row("always busy", Story::AlwaysBusy, Charged::No, "terminal-busy");
        row("registration refused", Story::RefuseRegistration, Charged::No, "terminal-refused");
        row("unnamed", Story::Unnamed, Charged::No, "terminal-unnamed");
        row("registers with dollars", Story::OtherCurrency, Charged::No, "terminal-currency");
        row("silent", Story::Silent, Charged::Unknown, "terminal-silent");
        row("silent later", Story::SilentAfterAccepting, Charged::Unknown, "terminal-silent");
        row("hang-up before", Story::HangUpBeforeCharge, Charged::Unknown, "terminal-lost");
        row("hang-up after", Story::HangUpAfterCharge, Charged::Unknown, "terminal-lost");
        row("hang-up after the status", Story::HangUpAfterStatus, Charged::Unknown, "terminal-lost");
        row("for ever", Story::Endless, Charged::Unknown, "terminal-slow");
        row("two statuses", Story::TwoStatuses, Charged::Unknown, "answers-differ");
        row("another amount", Story::WrongAmount, Charged::Unknown, "amount-differs");
        row("another currency", Story::WrongCurrency, Charged::Unknown, "currency-differs");
        row("another terminal", Story::WrongTerminal, Charged::Unknown, "terminal-differs");
        row("no currency", Story::NoCurrency, Charged::Unknown, "answer-incomplete");
        row("garbage", Story::GarbageAfterApproval, Charged::Unknown, "answer-unreadable");
        row("unknown field", Story::UnknownField, Charged::Unknown, "answer-unreadable");
        row("half a message", Story::HalfAMessage, Charged::Unknown, "answer-unreadable");
        row("approved, aborted", Story::ApprovedThenAborted, Charged::Unknown, "answers-differ");
        row("declined, completed", Story::DeclinedThenCompleted, Charged::Unknown, "answers-differ");
        row("completed alone", Story::CompletedAlone, Charged::Unknown, "answer-incomplete");
    }
    void everyStoryEndsAsItWasProved() {
        QFETCH(const Story, story);
        QFETCH(const Charged, charged);
        QFETCH(const QString, reason);
        ScriptedTerminal terminal(story);
        const auto began = std::chrono::steady_clock::now();
        const ChargeResult result = paid(terminal);
        QCOMPARE(QString::fromStdString(result.reason), reason);
        QVERIFY(result.charged == charged);
        QVERIFY(charged != Charged::Yes || terminal.charged() == 1);
        QVERIFY(charged != Charged::No || terminal.charged() == 0);
        QVERIFY(std::chrono::steady_clock::now() - began < 2s);
    }

    void nothingIsAskedWhereItCannotBe() {
        ScriptedTerminal terminal(Story::Approve);
        ZvtTerminal till(settingsFor(terminal));
        const auto reasonOf = [&](const ChargeResult& result) {
            return result.charged == Charged::No ? result.reason : "not no";
        };
        QCOMPARE(reasonOf(till.pay({1000, "CHF"}, {}, {})), std::string("terminal-currency"));
        QCOMPARE(reasonOf(till.pay({0, "EUR"}, {}, {})), std::string("bad-amount"));
        QCOMPARE(reasonOf(till.pay({-5, "EUR"}, {}, {})), std::string("bad-amount"));
        QCOMPARE(reasonOf(till.pay({1'000'000'000'000, "EUR"}, {}, {})), std::string("bad-amount"));
        QCOMPARE(reasonOf(till.reverse(10000, tenEuros, {}, {})), std::string("bad-receipt"));
        const CancelToken cancelled;
        cancelled.cancel();
        QCOMPARE(reasonOf(till.pay(tenEuros, {}, cancelled)), std::string("cancelled"));
        ZvtSettings settings = settingsFor(terminal);
        settings.currency = "BRL";
        QCOMPARE(reasonOf(ZvtTerminal(settings).pay({1000, "BRL"}, {}, {})), std::string("terminal-currency"));
        settings = settingsFor(terminal);
        settings.password = "12345";
        QCOMPARE(reasonOf(ZvtTerminal(settings).refund(tenEuros, {}, {})), std::string("bad-terminal"));
        QVERIFY(terminal.heard().empty());
        settings = settingsFor(terminal);
        settings.terminal = "11111111";
        QCOMPARE(reasonOf(ZvtTerminal(settings).pay(tenEuros, {}, {})), std::string("terminal-foreign"));
        QCOMPARE(commandsOf(terminal, "0601"), 0);
    }
    void aterminalThatIsOffIsUnreachable() {
        ZvtSettings settings;
        {
            const ScriptedTerminal gone(Story::Approve);
            settings = settingsFor(gone);
        }
        const ChargeResult result = ZvtTerminal(settings).pay(tenEuros, {}, {});
        QVERIFY(result.charged == Charged::No);
        QCOMPARE(result.reason, std::string("terminal-unreachable"));
        QVERIFY(ZvtTerminal(settings).connect({}).error().code == Code::Unavailable);
    }

    void cancellingAsksAndWaitsForTheTerminalsWord_data() {
        QTest::addColumn<Story>("story");
        QTest::addColumn<Charged>("charged");
        QTest::newRow("stops") << Story::StopsWhenAsked << Charged::No;
        QTest::newRow("pays all the same") << Story::ApprovesThoughStopped << Charged::Yes;
        QTest::newRow("says nothing") << Story::SilentAfterAccepting << Charged::Unknown;
    }
    void cancellingAsksAndWaitsForTheTerminalsWord() {
        QFETCH(const Story, story);
        QFETCH(const Charged, charged);
        ScriptedTerminal terminal(story);
        ZvtSettings settings = settingsFor(terminal);
        settings.timeouts.message = 800ms;
        ZvtTerminal till(settings);
        QVERIFY(till.connect({}).has_value());
        const CancelToken cancel;
        auto result = std::async(std::launch::async, [&] { return till.pay(tenEuros, {}, cancel); });
        std::this_thread::sleep_for(100ms);
        cancel.cancel();
        QVERIFY(result.get().charged == charged);
        QCOMPARE(commandsOf(terminal, "06b000"), 1);
        QCOMPARE(terminal.unacknowledged(), 0);
    }

    void aconnectionThatEndedIsMadeAnew() {
        ScriptedTerminal terminal(Story::HangUpAfterCharge);
        ZvtTerminal till(settingsFor(terminal));
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::Unknown);
        terminal.setStory(Story::Approve);
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::Yes);
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::Yes);
        QCOMPARE(commandsOf(terminal, "0600"), 2);  // registered once a connection
        QCOMPARE(commandsOf(terminal, "0601"), 3);  // never asked for twice by itself
    }

    void whatWasSaidUnaskedIsNoAnswer_data() {
        QTest::addColumn<Story>("story");
        QTest::newRow("it ends the connection") << Story::ClosesAfterwards;
        QTest::newRow("it says more") << Story::SaysMoreAfterwards;
    }
    void whatWasSaidUnaskedIsNoAnswer() {
        QFETCH(const Story, story);
        ScriptedTerminal terminal(story);
        ZvtTerminal till(settingsFor(terminal));
        for (const std::int64_t cents : {1000, 777}) {
            const ChargeResult result = till.pay({cents, "EUR"}, {}, {});
            QVERIFY2(result.charged == Charged::Yes, result.reason.c_str());
            QVERIFY(result.sale.amount == Money({cents, "EUR"}));
            std::this_thread::sleep_for(30ms);
        }
        QCOMPARE(commandsOf(terminal, "0600"), 2);
    }
    void aconnectionThatWasSilentIsMadeAnew() {
        ScriptedTerminal terminal(Story::Approve);
        ZvtSettings settings = settingsFor(terminal);
        settings.timeouts.idle = 40ms;
        ZvtTerminal till(settings);
        QVERIFY(till.connect({}).has_value() && till.lastSale({}).has_value());
        QCOMPARE(commandsOf(terminal, "0600"), 1);
        std::this_thread::sleep_for(60ms);
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::Yes);
        QCOMPARE(commandsOf(terminal, "0600"), 2);
    }
    void askingForTheLastSaleCanBeCancelled() {
        ScriptedTerminal terminal(Story::Approve);
        ZvtTerminal till(settingsFor(terminal));
        const CancelToken cancel;
        cancel.cancel();
        QCOMPARE(till.lastSale(cancel).error().reason, std::string("cancelled"));
        QCOMPARE(till.endOfDay(cancel).error().reason, std::string("cancelled"));
        QVERIFY(terminal.heard().empty());
    }
    void severalThreadsPayOneAfterTheOther() {
        ScriptedTerminal terminal(Story::Approve);
        ZvtTerminal till(settingsFor(terminal));
        std::vector<std::future<ChargeResult>> results;
        for (int i = 1; i <= 4; ++i)
            results.push_back(std::async(std::launch::async, [&till, i] { return till.pay({i, "EUR"}, {}, {}); }));
        for (int i = 1; i <= 4; ++i) {
            const ChargeResult result = results[static_cast<std::size_t>(i - 1)].get();
            QVERIFY(result.charged == Charged::Yes && result.sale.amount == Money({i, "EUR"}));
        }
        QCOMPARE(terminal.charged(), 4);
    }

    void theLastSaleIsToldAndNoneIsItsOwnAnswer() {
        ScriptedTerminal terminal(Story::Approve);
        ZvtTerminal till(settingsFor(terminal));
        const auto none = till.lastSale({});
        QVERIFY(none && none->isKnown && !none->hasSale);
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::Yes);
        const auto one = till.lastSale({});
        QVERIFY(one && one->hasSale && one->sale.amount == tenEuros && one->sale.receipt == 1);
        terminal.setStory(Story::Decline);
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::No);
        const auto declined = till.lastSale({});
        QVERIFY(declined && declined->isDeclined);
        QVERIFY(settle(tenEuros, "52500038", *one, *declined) == Settled::NotPaid);
        QCOMPARE(terminal.heard()[1], std::string("062003000000"));
    }
    void alostAnswerIsSettledByTheTerminalsMemory_data() {
        QTest::addColumn<Story>("story");
        QTest::addColumn<bool>("isPaid");
        QTest::newRow("charged") << Story::HangUpAfterCharge << true;
        QTest::newRow("status without an end") << Story::HangUpAfterStatus << true;
        QTest::newRow("an equal earlier sale") << Story::HangUpBeforeCharge << false;
    }
    void alostAnswerIsSettledByTheTerminalsMemory() {
        QFETCH(const Story, story);
        QFETCH(const bool, isPaid);
        ScriptedTerminal terminal(story, {41, 97, 1000, 0, true});
        ZvtTerminal till(settingsFor(terminal));
        const auto before = till.lastSale({});
        QVERIFY(before && before->hasSale);
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::Unknown);
        const auto now = till.lastSale({});
        QVERIFY(now && now->hasSale && now->sale.amount == tenEuros);
        QVERIFY(settle(tenEuros, "52500038", *before, *now) == (isPaid ? Settled::Paid : Settled::NobodyKnows));
        QCOMPARE(terminal.charged(), isPaid ? 1 : 0);
    }
    void alateAnswerIsNotTheNextOnes() {
        ScriptedTerminal terminal(Story::Slow);
        ZvtSettings settings = settingsFor(terminal);
        settings.timeouts.message = 60ms;  // the terminal goes on after we have given up
        settings.timeouts.answer = 1s;     // and sees late that nobody listens
        ZvtTerminal till(settings);
        const ChargeResult first = till.pay(tenEuros, {}, {});
        QVERIFY(first.charged == Charged::Unknown && first.reason == "terminal-silent");
        terminal.setStory(Story::Approve);
        const ChargeResult second = till.pay({777, "EUR"}, {}, {});
        QVERIFY2(second.charged == Charged::Yes, second.reason.c_str());
        QVERIFY(second.sale.amount == Money({777, "EUR"}));
    }

    void asaleIsTakenBackByItsReceipt() {
        ScriptedTerminal terminal(Story::Approve);
        ZvtTerminal till(settingsFor(terminal));
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::Yes);
        QVERIFY(till.reverse(1, tenEuros, {}, {}).charged == Charged::Yes);
        QCOMPARE(terminal.heard().back(), std::string("063006000000870001"));
        const ChargeResult other = till.reverse(1, {999, "EUR"}, {}, {});
        QVERIFY(other.charged == Charged::Unknown && other.reason == "amount-differs");
    }
    void moneyIsGivenBack() {
        ScriptedTerminal terminal(Story::Approve);
        ZvtTerminal till(settingsFor(terminal));
        QVERIFY(till.refund({350, "EUR"}, {}, {}).charged == Charged::Yes);
        QCOMPARE(terminal.heard().back(), std::string("06310d00000004000000000350490978"));
        terminal.setStory(Story::Decline);
        QVERIFY(till.refund({350, "EUR"}, {}, {}).charged == Charged::No);
    }
    void otherCurrenciesAreAskedByTheirNumber() {
        ScriptedTerminal terminal(Story::Approve);
        ZvtSettings settings = settingsFor(terminal);
        settings.currency = "CHF";
        const ChargeResult result = ZvtTerminal(settings).pay({1250, "CHF"}, {}, {});
        QVERIFY(result.charged == Charged::Yes && result.sale.amount == Money({1250, "CHF"}));
        QCOMPARE(terminal.heard().back(), std::string("06010a04000000001250490756"));
    }

    void adayIsClosedWithItsTotals() {
        ScriptedTerminal terminal(Story::Approve, {40, 7});
        ZvtTerminal till(settingsFor(terminal));
        QVERIFY(till.pay(tenEuros, {}, {}).charged == Charged::Yes);
        QVERIFY(till.pay({250, "EUR"}, {}, {}).charged == Charged::Yes);
        const auto day = till.endOfDay({});
        QVERIFY2(day.has_value(), day ? "" : day.error().detail.c_str());
        const DayTotals expected{.terminal = "52500038",
                                 .receiptFrom = 41,
                                 .receiptTo = 42,
                                 .count = 2,
                                 .amount = {1250, "EUR"},
                                 .cards = {{"VISA", 2, {1250, "EUR"}}}};
        QVERIFY(*day == expected);
        QCOMPARE(terminal.heard().back(), std::string("065003000000"));
        QCOMPARE(till.endOfDay({})->amount.minor, 0);
    }
};

QTEST_GUILESS_MAIN(ZvtTerminalTest)
#include "zvt_terminal_test.moc"
