// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// kill -9 of the process that holds the store, on the real disk: what it acknowledged through a pipe is there.
// CONTONE_KILLS=N kills N times instead of 20: a soak.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <thread>

#include "tests/core/store/shop_day.h"

using namespace contone;
using namespace contone::storetest;
using store::SqliteStore;

namespace {

const SystemClock systemClock{};

// The child: opens the store and works; every fact goes into the pipe only after the call returned.
[[noreturn]] void work(const Path& folder, unsigned seed, int pipe) {
    auto store = SqliteStore::open(folder, systemClock);
    if (!store) ::_exit(3);
    ShopDay day(**store, seed, [&](const std::string& fact) {
        const std::string text = fact + "\n";
        if (::write(pipe, text.data(), text.size()) != static_cast<ssize_t>(text.size())) ::_exit(4);
    });
    while (day.doSomething()) {
    }
    ::_exit(5);
}

std::string readToEnd(int fd) {
    std::string all;
    char buffer[4096];
    for (ssize_t n = 0; (n = ::read(fd, buffer, sizeof buffer)) > 0;) all.append(buffer, static_cast<std::size_t>(n));
    return all;
}

}  // namespace

class KillTest : public QObject {
    Q_OBJECT
  private slots:
    void killingTheAgentLosesNothingThatWasAcknowledged() {
        QTemporaryDir dir;
        const Path folder = Path(dir.path().toStdString()) / "store";
        std::mt19937 random(7);
        Memory memory;
        const int kills = std::max(qEnvironmentVariableIntValue("CONTONE_KILLS"), 20);
        for (int kill = 0; kill < kills; kill++) {
            int ends[2];
            QCOMPARE(::pipe(ends), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(ends[0]);
                work(folder, static_cast<unsigned>(random()), ends[1]);
            }
            ::close(ends[1]);
            std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 250));
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFSIGNALED(status));  // it was at work, it had not given up
            std::string said = readToEnd(ends[0]);
            ::close(ends[0]);
            for (std::size_t end = 0; (end = said.find('\n')) != std::string::npos; said.erase(0, end + 1))
                memory.note(said.substr(0, end));

            auto store = SqliteStore::open(folder, systemClock);  // the lock went with the process
            QVERIFY2(store.has_value(), store ? "" : store.error().detail.c_str());
            QCOMPARE(memory.missingFrom(**store), std::string());
            memory.accept(**store);
            store->reset();
            const std::string found = wholeness(folder);
            QVERIFY2(found == "ok" || found.starts_with("order without customer"), found.c_str());
        }
        qInfo("%d kills, %d facts acknowledged, none lost", kills, memory.facts());
        QVERIFY(memory.facts() > 100);
    }
};

QTEST_GUILESS_MAIN(KillTest)
#include "kill_test.moc"
