// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// AgentBench: a real agent, a virtual printer and, for queues, a private scheduler, with an order of a generated photo.
#pragma once

#include <sys/stat.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <ranges>
#include <thread>

#include "core/image/file_sinks.h"
#include "core/shop/wire/remote_shop.h"
#include "printers/virtual/child_process.h"
#include "printers/virtual/private_scheduler.h"
#include "printers/virtual/virtual_printer.h"
#include "tests/places.h"

namespace contone::testing {

using printers::ChildProcess;
using printers::PrivateScheduler;
using printers::VirtualPrinter;

/// A temporary folder that the scheduler's own user may enter (QTemporaryDir makes 0700).
class OpenFolder {
  public:
    OpenFolder() { ::chmod(m_dir.path().toStdString().c_str(), 0755); }
    Path path() const { return m_dir.path().toStdString(); }

  private:
    QTemporaryDir m_dir;
};

template <class Condition>
bool eventually(Condition good, int seconds = 40) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (!good()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    return true;
}

/// Dies loudly: a bench that does not stand proves nothing.
template <class T>
T sure(Result<T> result, const char* what) {
    if (!result) {
        std::fprintf(stderr, "%s: %s: %s (%s)\n", what, result.error().reason.c_str(), result.error().message.c_str(),
                     result.error().detail.c_str());
        std::abort();
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// 300 x 200 pixels, colourful.
inline Path writePhoto(const Path& file) {
    image::Picture photo = image::Picture::ofSize({1200, 800}, {image::Channels::Rgb, image::Depth::U8});
    for (int y = 0; y < 800; y++)
        for (int x = 0; x < 1200; x++)
            for (int c = 0; c < 3; c++)
                photo.bytes[static_cast<std::size_t>((y * 1200 + x) * 3 + c)] =
                    static_cast<std::byte>((x * (c + 1) + y * (3 - c)) % 256);
    const auto sink = image::jpegFileSink(file, 92);
    sure(sink->begin({photo.size, photo.format}), "photo");
    sure(sink->write(photo.strip()), "photo");
    sure(sink->finish(), "photo");
    return file;
}

/// Physical captures by the name of their job.
using Paper = std::map<std::string, int>;

/// The judge of every test of bad conditions. Empty when every sheet is accounted for: each capture belongs to a
/// sheet's present attempt, no attempt has two, Out has exactly one, Planned and Cancelled have none.
inline std::string judge(const std::vector<print::Sheet>& sheets, Paper paper) {
    std::string verdict;
    for (const print::Sheet& s : sheets) {
        const std::string name = print::jobName(s.attempt);
        const int pieces = paper.contains(name) ? paper[name] : 0;
        paper.erase(name);
        const bool good = s.state == print::SheetState::Out ? pieces == 1
                          : s.state == print::SheetState::Planned || s.state == print::SheetState::Cancelled
                              ? pieces == 0
                              : pieces <= 1;
        if (!good)
            verdict += "sheet " + std::to_string(s.number) + " is " + print::toString(s.state) + " with " +
                       std::to_string(pieces) + " captures; ";
    }
    for (const auto& [name, pieces] : paper)
        verdict += std::to_string(pieces) + " captures of nobody's attempt " + name + "; ";
    return verdict;
}

class AgentBench {
  public:
    /// `folder` must let the scheduler's own user pass. Of several printers each has its own setup, and its own queue
    /// on the one scheduler.
    AgentBench(const Path& folder, print::RouteKind route, int printers = 1) : m_folder(folder), m_route(route) {
        for (int i = 0; i < printers; i++)
            m_printers.push_back(
                sure(VirtualPrinter::start(folder / numbered("printer", i), printerOptions()), "printer"));
        if (route == print::RouteKind::Queue) {
            m_scheduler = std::make_unique<PrivateScheduler>(sure(
                PrivateScheduler::start(folder / "cups", {.programs = contone::tests::programFolder}), "scheduler"));
            for (int i = 0; i < printers; i++)
                sure(m_scheduler->addQueue(numbered("photo", i), printers::QueueKind::Guarded, printer(i).uri()),
                     "queue");
        }
        m_shop = std::make_unique<shop::RemoteShop>(home() / "agent.sock");
    }

    static printers::VirtualPrinterOptions printerOptions() {
        printers::VirtualPrinterOptions options;
        options.programs = contone::tests::programFolder;
        return options;
    }

    /// Starts the agent and waits until it answers. `dieAt`: "sending:1"; it may be dead before it answers.
    void startAgent(const std::string& dieAt = {}, const std::vector<std::string>& options = {}) {
        std::vector<std::string> arguments{"--home", home().string()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        if (!dieAt.empty()) arguments.insert(arguments.end(), {"--die-at", dieAt});
        m_agent = sure(ChildProcess::start((Path(contone::tests::programFolder) / "contone-agent").string(), arguments,
                                           m_agentEnvironment, m_folder / "agent.out"),
                       "agent");
        eventually([&] { return shop::askAll(*m_shop, shop::ListSetups{}) || !m_agent.isRunning(); });
    }
    /// For the agents that are started from now on.
    void setAgentEnvironment(std::map<std::string, std::string> environment) {
        m_agentEnvironment = std::move(environment);
    }
    /// A verified setup for each printer: "bench", "bench-2" …
    void setUp() {
        for (int i = 0; i < static_cast<int>(m_printers.size()); i++) addSetup(numbered("bench", i), "4x6", i);
    }
    shop::SaveSetup newSetup(const std::string& name, const std::string& medium, int printerIndex) {
        shop::SaveSetup setup;
        setup.name = name;
        setup.route = {m_route,
                       m_scheduler ? m_scheduler->uri(numbered("photo", printerIndex)) : printer(printerIndex).uri()};
        setup.model = "generic-ipp-photo";
        setup.medium = medium;
        return setup;
    }
    void addSetup(const std::string& name, const std::string& medium, int printerIndex = 0) {
        sure(m_shop->ask(newSetup(name, medium, printerIndex)), "save setup");
        const auto verified = sure(m_shop->ask(shop::VerifySetup{name}), "verify");
        if (!verified.verification->passed) {
            for (const std::string& problem : verified.verification->problems)
                std::fprintf(stderr, "setup: %s\n", problem.c_str());
            std::abort();
        }
    }
    OrderId placeOrder(int copies, const std::string& product = "10x15") {
        const Sha256 original = sure(shop::addOriginal(*m_shop, writePhoto(m_folder / "photo.jpg")), "original");
        shop::PlaceOrder order;
        order.lines.push_back({original, "photo.jpg", product, copies, {}});
        return sure(m_shop->ask(order), "order").id;
    }

    std::vector<print::Sheet> sheets() const {
        return shop::askAll(*m_shop, shop::ListSheets{}).value_or(std::vector<print::Sheet>{});
    }
    bool allSettled() const {
        const auto all = sheets();
        return !all.empty() && std::ranges::all_of(all, [](const print::Sheet& s) {
            return print::isFinal(s.state) || s.state == print::SheetState::Unknown;
        });
    }
    Paper captures() const {
        Paper count;
        for (const VirtualPrinter& printer : m_printers)
            for (const auto& capture : sure(printer.captures(), "captures"))
                count[capture.attributes.at("IPP_JOB_NAME")]++;
        return count;
    }
    std::string judge() const { return testing::judge(sheets(), captures()); }
    /// A person looks in the trays and says what became of the sheets in question; once more when a printer is still
    /// busy with one, for it may come out, and when it came out after the look.
    void lookInTheTrays() {
        for (const print::Sheet& s : sheets()) {
            if (s.state != print::SheetState::Unknown) continue;
            Result<shop::OutcomeResult> settled = fail(Code::Unavailable, "not-asked", "");
            eventually([&] {
                const auto verdict = captures().contains(print::jobName(s.attempt)) ? shop::SheetOutcome::InTray
                                                                                    : shop::SheetOutcome::NotPrinted;
                settled = m_shop->ask(shop::ReportOutcome{s.id, verdict, "looked"});
                return settled ||
                       (settled.error().code != Code::Unavailable && settled.error().reason != "sheet-came-out");
            });
            sure(std::move(settled), "settle");
        }
    }
    int count(print::SheetState state) const {
        return static_cast<int>(std::ranges::count(sheets(), state, &print::Sheet::state));
    }
    /// What staff are told stands in the way of a setup's printer.
    std::string told(const std::string& setup = "bench") const {
        std::string text;
        if (const auto status = m_shop->ask(shop::ShowSetupStatus{setup}))
            for (const std::string& sentence : print::sentencesOf(*status)) text += sentence + "\n";
        return text;
    }
    std::string states() const {
        std::string text;
        for (const print::Sheet& s : sheets())
            text += std::string(print::toString(s.state)) + (s.reason.empty() ? "" : "(" + s.reason + ")") + " ";
        return text;
    }

    Path home() const { return m_folder / "shop"; }
    shop::Shop& shop() { return *m_shop; }
    ChildProcess& agent() { return m_agent; }
    VirtualPrinter& printer(int i = 0) { return m_printers[static_cast<std::size_t>(i)]; }
    PrivateScheduler& scheduler() { return *m_scheduler; }

  private:
    /// "printer", "printer-2" …
    static std::string numbered(const std::string& name, int i) {
        return i == 0 ? name : name + "-" + std::to_string(i + 1);
    }

    Path m_folder;
    print::RouteKind m_route;
    std::vector<VirtualPrinter> m_printers;
    std::map<std::string, std::string> m_agentEnvironment;
    std::unique_ptr<PrivateScheduler> m_scheduler;
    ChildProcess m_agent;
    std::unique_ptr<shop::Shop> m_shop;
};

/// How long until staff read this, in ms; -1: 40 s were not enough. The printer reports as soon as a page meets the
/// trouble, and pages are there: the start is at most a sheet too early.
inline qint64 readAfter(AgentBench& bench, const std::string& words, const std::string& setup = "bench") {
    QElapsedTimer timer;
    timer.start();
    return eventually([&] { return bench.told(setup).find(words) != std::string::npos; }) ? timer.elapsed() : -1;
}

#define VERIFY_VISIBLE(bench, words)                                                         \
    do {                                                                                     \
        const qint64 ms = contone::testing::readAfter(bench, words);                         \
        qInfo("\"%s\" was read %lld ms after the printer met it", words, ms);                \
        QVERIFY2(ms >= 0 && ms <= 5000, qPrintable(QString::fromStdString((bench).told()))); \
    } while (false)

/// So many sheets are out in the end, of all orders.
#define VERIFY_OUT(bench, sheetsOut)                                                                                 \
    QVERIFY2(                                                                                                        \
        contone::testing::eventually([&] { return (bench).count(contone::print::SheetState::Out) == (sheetsOut); }), \
        (bench).states().c_str())
#define VERIFY_SETTLED(bench) \
    QVERIFY2(contone::testing::eventually([&] { return (bench).allSettled(); }), (bench).states().c_str())
/// Ledger and paper agree, and so many sheets of paper were used.
#define VERIFY_PAPER(bench, captured)                                 \
    do {                                                              \
        QCOMPARE(QString::fromStdString((bench).judge()), QString()); \
        QCOMPARE((bench).captures().size(), std::size_t{captured});   \
    } while (false)

}  // namespace contone::testing
