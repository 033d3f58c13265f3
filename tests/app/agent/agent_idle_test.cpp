// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A printer in trouble while nothing prints: staff read it within seconds, and that it is over.
#include <QTest>

#include "tests/app/agent/agent_bench.h"

using namespace contone;
using print::RouteKind;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

class AgentIdleTest : public QObject {
    Q_OBJECT
  private slots:
    void aFaultShowsWhenNothingPrints() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue);
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().loadTray("na_index-4x6_4x6in", 0), "empty");
        VERIFY_VISIBLE(bench, "out of paper");
        sure(bench.printer().loadTray("na_index-4x6_4x6in", 50), "refill");
        QVERIFY(eventually([&] { return bench.told().empty(); }));
        // What a person paused stays so until a person says otherwise, here or there.
        const std::string server = "localhost:" + std::to_string(bench.scheduler().port());
        sure(printers::ChildProcess::run("cupsdisable", {"-h", server, "photo"}, folder.path() / "log"), "pause");
        VERIFY_VISIBLE(bench, "Somebody paused");
        std::this_thread::sleep_for(std::chrono::seconds(4));  // stopped queues are started after 3 s
        QVERIFY(bench.told().find("Somebody paused") != std::string::npos);
        sure(bench.shop().ask(shop::ResumePrinter{"bench"}), "resume");
        QVERIFY(eventually([&] { return bench.told().empty(); }));
        bench.printer().killHard();
        VERIFY_VISIBLE(bench, "cannot be reached");
        bench.scheduler().killHard();
        sure(bench.printer().restart(), "printer");
        sure(bench.scheduler().restart(), "scheduler");
        QVERIFY(eventually([&] { return bench.told().empty(); }));
    }
};

QTEST_GUILESS_MAIN(AgentIdleTest)
#include "agent_idle_test.moc"
