// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The storm: agent, scheduler, backends and printers are killed at random moments, independently of each other, while
// two printers print. In the end every copy is on paper once, and everything that moved is in the ledger.
#include <signal.h>

#include <QTest>
#include <array>
#include <random>

#include "tests/app/agent/agent_bench.h"

using namespace contone;
using namespace std::chrono_literals;
using print::RouteKind;
using print::SheetState;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int printerCount = 2;

/// Kills and revives. What is down stays so for a while, and other things die meanwhile.
class Storm {
  public:
    Storm(AgentBench& bench, RouteKind route, unsigned seed) : m_bench(bench), m_route(route), m_random(seed) {}

    /// One kill of something that lives.
    void strike() {
        const bool hard = pick(0, 1) == 1;
        for (;;) {
            const int victim = pick(0, m_route == RouteKind::Queue ? 3 : 1);
            if (victim == 0   ? strikeAgent(hard)
                : victim == 1 ? strikePrinter(hard)
                : victim == 2 ? strikeScheduler(hard)
                              : strikeBackend(hard))
                return;
            std::this_thread::sleep_for(20ms);
            revive(Steady::now());
        }
    }
    /// Starts what has been down long enough.
    void revive(Steady::time_point now) {
        if (m_agentDown && *m_agentDown <= now) {
            m_bench.startAgent();
            m_agentDown.reset();
        }
        if (m_schedulerDown && *m_schedulerDown <= now) {
            sure(m_bench.scheduler().restart(), "scheduler");
            m_schedulerDown.reset();
        }
        for (int i = 0; i < printerCount; i++)
            if (m_printerDown[i] && *m_printerDown[i] <= now) {
                sure(m_bench.printer(i).restart(), "printer");
                m_printerDown[i].reset();
            }
    }
    void waitAWhile() {
        const auto until = Steady::now() + std::chrono::milliseconds(pick(20, 900));
        while (Steady::now() < until) {
            std::this_thread::sleep_for(20ms);
            revive(Steady::now());
        }
    }
    void calm() { revive(Steady::time_point::max()); }
    /// Nothing dies for some seconds and all is up: what only looks as if it went on stands still now, and what waits
    /// for a scheduler's or a printer's own time gets it.
    void pause() {
        calm();
        std::this_thread::sleep_for(std::chrono::milliseconds(pick(2000, 6000)));
    }
    std::string kills() const {
        std::string text;
        for (const auto& [name, count] : m_kills) text += std::to_string(count) + " " + name + " ";
        return text;
    }

  private:
    int pick(int from, int to) { return std::uniform_int_distribution(from, to)(m_random); }
    Steady::time_point later() { return Steady::now() + std::chrono::milliseconds(pick(0, 1200)); }
    void note(const char* who, bool hard) { m_kills[std::string(who) + (hard ? " SIGKILL" : " SIGTERM")]++; }

    bool strikeAgent(bool hard) {
        if (m_agentDown) return false;
        hard ? m_bench.agent().killHard() : m_bench.agent().stop();
        m_agentDown = later();
        note("agent", hard);
        return true;
    }
    bool strikePrinter(bool hard) {
        const int i = pick(0, printerCount - 1);
        if (m_printerDown[i]) return false;
        hard ? m_bench.printer(i).killHard() : m_bench.printer(i).stop();
        m_printerDown[i] = later();
        note("printer", hard);
        return true;
    }
    bool strikeScheduler(bool hard) {
        if (m_schedulerDown) return false;
        hard ? m_bench.scheduler().killHard() : m_bench.scheduler().stop();
        m_schedulerDown = later();
        note("scheduler", hard);
        return true;
    }
    bool strikeBackend(bool hard) {
        if (m_schedulerDown) return false;
        const auto running = m_bench.scheduler().backends();
        if (running.empty()) return false;
        ::kill(running[static_cast<std::size_t>(pick(0, static_cast<int>(running.size()) - 1))],
               hard ? SIGKILL : SIGTERM);
        note("backend", hard);
        return true;
    }

    AgentBench& m_bench;
    RouteKind m_route;
    std::mt19937 m_random;
    std::optional<Steady::time_point> m_agentDown, m_schedulerDown;
    std::array<std::optional<Steady::time_point>, printerCount> m_printerDown;
    std::map<std::string, int> m_kills;
};

/// For people who read the log of a long run; the judge decides.
std::string account(const AgentBench& bench) {
    int lost = 0, doubled = 0;
    testing::Paper paper = bench.captures();
    for (const print::Sheet& s : bench.sheets()) {
        const int pieces = std::exchange(paper[print::jobName(s.attempt)], 0);
        lost += s.state == SheetState::Out && pieces == 0;
        doubled += std::max(0, pieces - 1);
    }
    for (const auto& [name, pieces] : paper) doubled += pieces;
    return std::to_string(bench.count(SheetState::Out)) + " out, " + std::to_string(bench.count(SheetState::Unknown)) +
           " with staff, " + std::to_string(lost) + " lost, " + std::to_string(doubled) + " doubled";
}

/// Orders of both printers.
struct Orders {
    AgentBench& bench;
    std::vector<std::pair<OrderId, const char*>> all{};
    int copies = 0;  ///< of all together

    void place(int copiesEach) {
        for (const char* setup : {"bench", "bench-2"}) {
            all.emplace_back(bench.placeOrder(copiesEach), setup);
            copies += copiesEach;
            sure(bench.shop().ask(shop::PrintOrder{all.back().first, setup}), "print");
        }
    }
    void printWhatIsMissing() const {
        for (const auto& [order, setup] : all)
            if (const auto printed = bench.shop().ask(shop::PrintOrder{order, setup}); !printed)
                if (printed.error().reason != "order-done") qInfo("%s: %s", setup, printed.error().reason.c_str());
    }
};

constexpr int killsBetweenPauses = 10;

int numberFrom(const char* name, int otherwise) {
    const int value = qEnvironmentVariableIntValue(name);
    return value > 0 ? value : otherwise;
}

}  // namespace

class AgentStormTest : public QObject {
    Q_OBJECT
  private slots:
    void whateverDiesEveryCopyIsOnPaperOnce_data() {
        QTest::addColumn<int>("route");
        QTest::newRow("direct") << static_cast<int>(RouteKind::Direct);
        QTest::newRow("queue") << static_cast<int>(RouteKind::Queue);
    }
    void whateverDiesEveryCopyIsOnPaperOnce() {
        QFETCH(int, route);
        const int kills = numberFrom("CONTONE_KILLS", 6), copies = std::max(4, kills / 2);
        const auto seed = static_cast<unsigned>(numberFrom("CONTONE_SEED", 1));
        const OpenFolder folder;
        QElapsedTimer time;
        time.start();
        AgentBench bench(folder.path(), static_cast<RouteKind>(route), printerCount);
        bench.startAgent();
        bench.setUp();
        for (int i = 0; i < printerCount; i++)
            sure(bench.printer(i).setFaults({.delayMs = 100}), "a sheet takes its time");
        Orders orders{bench};
        orders.place(copies);

        Storm storm(bench, static_cast<RouteKind>(route), seed);
        int struck = 0;
        for (; struck < kills; struck++) {
            storm.waitAWhile();
            if (struck % killsBetweenPauses == killsBetweenPauses - 1) storm.pause();
            if (bench.allSettled()) {  // more to do; a printer that is away says nothing of the pages in question
                storm.calm();
                bench.lookInTheTrays();
                orders.printWhatIsMissing();
                if (bench.allSettled()) orders.place(4);
            }
            storm.strike();
            if (struck % 25 == 24) qInfo("%d of %d kills, %lld s", struck + 1, kills, time.elapsed() / 1000);
        }
        storm.calm();
        qInfo("seed %u, %d kills: %s", seed, struck, storm.kills().c_str());
        QVERIFY2(eventually([&] { return bench.allSettled(); }, 60 + kills), bench.states().c_str());
        std::this_thread::sleep_for(1s);  // a page that is still on its way would come now
        qInfo("after the storm: %s", account(bench).c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());

        // A person looks, and orders what is missing.
        bench.lookInTheTrays();
        orders.printWhatIsMissing();
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == orders.copies; }, 60 + kills),
                 bench.states().c_str());
        qInfo("in the end, after %lld s: %s", time.elapsed() / 1000, account(bench).c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QCOMPARE(static_cast<int>(bench.captures().size()), orders.copies);
    }
};

QTEST_GUILESS_MAIN(AgentStormTest)
#include "agent_storm_test.moc"
