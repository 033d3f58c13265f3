// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A queue whose printer cannot be asked, as on a cable: it stops over a page, and goes on once a person has taken that
// page away, also when the agent was dead meanwhile.
#include <sys/stat.h>

#include <QTest>

#include "core/base/file.h"
#include "printers/guard/guard_uri.h"
#include "tests/app/agent/agent_bench.h"

using namespace contone;
using print::RouteKind;
using print::SheetState;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

class AgentMuteQueueTest : public QObject {
    Q_OBJECT
  private slots:
    void onceItsPageWasTakenAwayItGoesOnWithTheNext_data() {
        QTest::addColumn<bool>("agentDies");
        QTest::newRow("seen") << false;
        QTest::newRow("while the agent is dead") << true;
    }
    void onceItsPageWasTakenAwayItGoesOnWithTheNext() {
        QFETCH(bool, agentDies);
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue);
        const Path paper = folder.path() / "paper", backend = folder.path() / "cups/bin/backend/cable";
        sure(makeDirectories(paper), "paper");
        QCOMPARE(::chmod(paper.c_str(), 0777), 0);  // backends have a user of their own
        const auto printerDoes = [&](const std::string& work) {
            sure(writeFileDurably(backend, "#!/bin/sh\n[ $# -gt 0 ] || exit 0\n" + work + "\n"), "backend");
            QCOMPARE(::chmod(backend.c_str(), 0755), 0);
        };
        const std::string prints = "cat > '" + paper.string() + "'/\"$3-$$\"";  // $3: the job's name
        printerDoes(prints);
        const std::string server = "localhost:" + std::to_string(bench.scheduler().port());
        const auto cups = [&](const char* program, std::vector<std::string> words) {
            words.insert(words.begin(), {"-h", server});
            sure(printers::ChildProcess::run(program, words, folder.path() / "log"), program);
        };
        const printers::GuardUri guarded{bench.scheduler().guardState(), "cable://one",
                                         printers::GuardUri::Pages::Driven};
        cups("lpadmin", {"-p", "photo", "-v", guarded.text(), "-m", "gutenprint.5.3://dnp-ds620/expert"});
        bench.startAgent();
        shop::SaveSetup setup = bench.newSetup("bench", "4x6", 0);
        setup.route.kind = RouteKind::Gutenprint;
        setup.model = "dnp-ds620";
        sure(bench.shop().ask(setup), "save");
        const auto verified = sure(bench.shop().ask(shop::VerifySetup{"bench"}), "verify");
        QVERIFY2(verified.verification->passed,
                 verified.verification->problems.empty() ? "" : verified.verification->problems.front().c_str());

        printerDoes("echo 'ERROR: The ribbon tore!' >&2\nexit 4");  // CUPS_BACKEND_STOP
        const OrderId order = bench.placeOrder(2);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        VERIFY_VISIBLE(bench, "stopped after an error");
        QTest::qWait(4000);
        QVERIFY(bench.told().find("stopped after an error") != std::string::npos);  // nothing is tried by itself
        QCOMPARE(bench.count(SheetState::Planned), 1);

        printerDoes(prints);
        if (agentDies) bench.agent().killHard();
        cups("cancel", {"-a", "photo"});
        if (agentDies) bench.startAgent();
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 1; }),
                 (bench.states() + bench.told()).c_str());
        QCOMPARE(bench.count(SheetState::Unknown), 1);
        for (const print::Sheet& s : bench.sheets())
            if (s.state == SheetState::Unknown)
                sure(bench.shop().ask(shop::ReportOutcome{s.id, shop::SheetOutcome::NotPrinted, "looked"}), "settle");
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "the missing one");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 2; }), bench.states().c_str());
        testing::Paper pages;
        for (const auto& file : std::filesystem::directory_iterator(paper)) {
            const std::string name = file.path().filename().string();
            pages[name.substr(0, name.rfind('-'))]++;
        }
        QCOMPARE(QString::fromStdString(testing::judge(bench.sheets(), pages)), QString());
        QCOMPARE(pages.size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(AgentMuteQueueTest)
#include "agent_mute_queue_test.moc"
