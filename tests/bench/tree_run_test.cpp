// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a command costs includes all that it started; the page keeps what people wrote.
#include "tests/bench/tree_run.h"

#include <QTemporaryDir>
#include <QTest>

#include "tests/bench/performance_page.h"

using namespace contone;
using namespace contone::bench;

namespace {

/// Counts, without other processes: some tenths of a second of processor time.
const std::string counting = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";

double secondsOf(const std::string& script, const Path& log) {
    const auto usage = runTree({{"sh", "-c", script}, {}}, Memory::Ignore, log);
    return usage ? usage->processorSeconds : -1;
}

}  // namespace

class TreeRunTest : public QObject {
    Q_OBJECT
  private slots:
    void processorTimeOfChildrenAndOrphansCounts();
    void memoryOfAllProcessesIsAddedUp();
    void exitCodesAndMissingProgramsAreTold();
    void aSectionIsReplacedAndTheWordsAroundItStay();
    void ratiosAreOfTheSameRound();

  private:
    QTemporaryDir m_folder;
    Path log() const { return m_folder.filePath("log").toStdString(); }
};

void TreeRunTest::processorTimeOfChildrenAndOrphansCounts() {
    const double alone = secondsOf(counting, log());
    QVERIFY(alone > 0.01);
    // Waited for by its parent; left behind by a parent that has ended before; grandchildren of either.
    const double child = secondsOf("sh -c '" + counting + "'; true", log());
    const double orphan = secondsOf("sh -c '" + counting + "' & exit 0", log());
    const double three = secondsOf("for n in 1 2 3; do (sh -c '" + counting + "' &) ; done", log());
    // A busy machine makes the same work up to twice as dear; what is not counted at all is zero.
    QVERIFY2(child > alone / 2, qPrintable(QString::number(child)));
    QVERIFY2(orphan > alone / 2, qPrintable(QString::number(orphan)));
    QVERIFY2(three > alone * 1.5, qPrintable(QString::number(three)));
}

void TreeRunTest::memoryOfAllProcessesIsAddedUp() {
    // 48 MB each in two processes that are alive together, held for half a second.
    const std::string hold = "python3 -c 'import time; x = b\"x\" * 48000000; time.sleep(0.5)'";
    const auto usage = runTree({{"sh", "-c", hold + " & " + hold + "; wait"}, {}}, Memory::Sample, log());
    QVERIFY(usage.has_value());
    QVERIFY(usage->sawAllMemory);
    QVERIFY2(usage->peakMegabytes > 96 && usage->peakMegabytes < 160,
             qPrintable(QString::number(usage->peakMegabytes)));
}

void TreeRunTest::exitCodesAndMissingProgramsAreTold() {
    QCOMPARE(runTree({{"sh", "-c", "exit 7"}, {}}, Memory::Ignore, log())->exitCode, 7);
    QCOMPARE(runTree({{"sh", "-c", "kill -9 $$"}, {}}, Memory::Ignore, log())->exitCode, 128 + 9);
    QCOMPARE(runTree({{"no-such-program-here"}, {}}, Memory::Ignore, log()).error().reason, "file-missing");
    QCOMPARE(runTree({{"sh", "-c", "test \"$HELLO\" = you"}, {"HELLO=you"}}, Memory::Ignore, log())->exitCode, 0);
    QVERIFY(findProgram("no-such-program-here").empty());
    QVERIFY(!findProgram("sh").empty());
}

void TreeRunTest::aSectionIsReplacedAndTheWordsAroundItStay() {
    const std::string first = withSection("# Title\n\nby hand\n", "a", "one\n");
    const std::string both = withSection(first + "\nmore by hand\n", "b", "two\n");
    const std::string again = withSection(both, "a", "three\n");
    QVERIFY(!again.contains("one"));
    QVERIFY(again.find("by hand") < again.find("three"));
    QVERIFY(again.find("three") < again.find("more by hand"));
    QVERIFY(again.find("more by hand") < again.find("two"));
    QCOMPARE(withSection(again, "a", "three\n"), again);
}

void TreeRunTest::ratiosAreOfTheSameRound() {
    Standing us, it;
    for (const double seconds : {1.0, 2.0, 4.0}) us.rounds.push_back({.processorSeconds = seconds});
    for (const double seconds : {3.0, 8.0}) it.rounds.push_back({.processorSeconds = seconds});  // fewer rounds
    const auto times = ratio(Quantity::Processor, it, us);
    QVERIFY(times.has_value());
    QCOMPARE(times->low, 3.0);
    QCOMPARE(times->high, 4.0);
    QCOMPARE(times->median, 3.5);
    QCOMPARE(isMet({Quantity::Processor, Sense::NeedsAtLeast, 3.5}, it, us), std::optional(true));
    QCOMPARE(isMet({Quantity::Processor, Sense::NeedsAtLeast, 3.6}, it, us), std::optional(false));
    QCOMPARE(isMet({Quantity::Processor, Sense::WeNeedAtMost, 0.28}, it, us), std::optional(false));
    QCOMPARE(isMet({Quantity::Memory, Sense::StaysBelow, 40}, it, us), std::optional<bool>());
}

QTEST_GUILESS_MAIN(TreeRunTest)
#include "tree_run_test.moc"
