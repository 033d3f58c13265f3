// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Answers that come later: thousands of clients that wait, what ends the waiting, and that nobody is forgotten.
#include <sys/resource.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <set>

#include "tests/core/http/http_fixture.h"
#include "tests/core/http/peak_memory.h"

using namespace contone;
using namespace contone::http;

namespace {

/// Keeps every request of /keep and answers it when the test says so. /events: an event stream. /throw, /throw-number:
/// as they say. /silent: lets the responder go.
class Keeper final : public Handler {
  public:
    void serve(const Request& request, BodyReader& body, const Responder& responder) override {
        const std::string& route = request.target.segments.front();
        if (route == "throw") throw std::bad_alloc();
        if (route == "throw-number") throw 7;
        if (route == "silent") return;
        if (route == "swallow") {
            auto text = body.text(1 << 24);
            responder.answer(text ? Response{200, "text/plain", std::to_string(text->size())} : failure(text.error()));
            return;
        }
        if (route == "events") {
            responder.answer({.contentType = "text/event-stream", .events = stream});
            return;
        }
        if (route == "now") {
            responder.answer({200, "text/plain", "now"});
            return;
        }
        if (const auto within = request.target.value("by"))
            responder.answerBy(std::chrono::milliseconds(std::stoi(*within)), {200, "text/plain", "nothing new"});
        if (request.target.value("tell"))
            responder.onEnd([this, responder = std::weak_ptr<Responder>(keep(responder))](End why) {
                ends[static_cast<int>(why)]++;
                if (const auto mine = responder.lock(); mine && answersAtTheEnd)
                    mine->answer({200, "text/plain", "last"});
            });
        else
            keep(responder);
    }
    Response failure(const Error& error) override {
        if (failureThrows) throw std::bad_alloc();
        return {400, "text/plain", error.reason};
    }
    std::size_t kept() {
        const std::lock_guard guard(m_mutex);
        return m_kept.size();
    }
    std::vector<std::shared_ptr<Responder>> takeAll() {
        const std::lock_guard guard(m_mutex);
        return std::exchange(m_kept, {});
    }

    EventStream stream{1000};
    std::atomic<int> ends[3] = {};
    std::atomic<bool> answersAtTheEnd{false}, failureThrows{false};

  private:
    std::shared_ptr<Responder> keep(const Responder& responder) {
        const std::lock_guard guard(m_mutex);
        return m_kept.emplace_back(std::make_shared<Responder>(responder));
    }
    std::mutex m_mutex;
    std::vector<std::shared_ptr<Responder>> m_kept;
};

/// A server at both kinds of endpoint.
struct Both {
    explicit Both(const ServerLimits& limits = {}) {
        auto started = Server::start({UnixEndpoint{place.socket}, TcpEndpoint{}}, keeper, {}, limits);
        if (started) server = std::move(*started);
    }
    BareSocket connect(bool byTcp) const { return byTcp ? BareSocket(server->port(1)) : BareSocket(place.socket); }
    Place place;
    Keeper keeper;
    std::unique_ptr<Server> server;
};

std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nConnection: close\r\n\r\n";
}

long residentKb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS:", 0) == 0) return std::stol(line.substr(6));
    return 0;
}

void eachTransport() {
    QTest::addColumn<bool>("byTcp");
    QTest::newRow("Unix") << false;
    QTest::newRow("TCP") << true;
}

}  // namespace

class WaitingTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
        QVERIFY2(files.rlim_max >= 4200, "this test needs 4200 descriptors: see ulimit -Hn");
    }
    void twoThousandClientsThatWaitCostNoThread_data() { eachTransport(); }
    void twoThousandClientsThatWaitCostNoThread() {
        QFETCH(bool, byTcp);
        constexpr std::size_t crowd = 2000;
        ServerLimits limits;
        limits.connections = limits.connectionsPerPeer = 2100;
        Both both(limits);
        std::vector<BareSocket> clients;
        const long before = residentKb();
        for (std::size_t i = 0; i < crowd; ++i) QVERIFY(clients.emplace_back(both.connect(byTcp)).say(get("/keep")));
        QTRY_COMPARE_WITH_TIMEOUT(both.keeper.kept(), crowd, 60'000);
        const int threads = threadsNow();
        const long grown = residentKb() - before;
        qInfo("2000 waiting: %d threads, %ld kB more memory: %ld bytes a client", threads, grown, grown * 1024 / 2000);
        QVERIFY2(threads < 20, qPrintable(QString::number(threads)));
        QVERIFY2(grown < 2000 * 12 * memoryFactor, "12 kB a client, both ends in this process");
        std::thread([&] {
            int i = 0;
            for (const auto& responder : both.keeper.takeAll())
                responder->answer({200, "text/plain", std::to_string(i++)});
        }).join();
        std::set<std::string> heard;
        for (const BareSocket& client : clients) {
            const std::string answer = client.hearAll();
            QVERIFY2(answer.rfind("HTTP/1.1 200", 0) == 0, answer.c_str());
            heard.insert(answer.substr(answer.find("\r\n\r\n")));
        }
        QCOMPARE(heard.size(), crowd);
    }
    void onlyTheFirstAnswerCounts() {
        Both both;
        const BareSocket client = both.connect(true);
        client.say(get("/keep"));
        QTRY_COMPARE(both.keeper.kept(), std::size_t{1});
        const auto responder = both.keeper.takeAll().front();
        QVERIFY(responder->isOpen());
        std::atomic<int> taken{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { taken += responder->answer({200, "text/plain", "mine"}) ? 1 : 0; });
        for (auto& thread : threads) thread.join();
        QCOMPARE(taken.load(), 1);
        QVERIFY(!responder->isOpen());
        QVERIFY(client.hearAll().ends_with("\r\n\r\nmine"));
    }
    void aWaitEndsWithItsTime() {
        Both both;
        const BareSocket client = both.connect(false);
        client.say(get("/keep?by=50&tell=1"));
        const std::string heard = client.hearAll();
        QVERIFY2(heard.ends_with("nothing new"), heard.c_str());
        QCOMPARE(both.keeper.ends[static_cast<int>(End::TimedOut)].load(), 1);
        QVERIFY(!both.keeper.takeAll().front()->answer({}));
    }
    void aClientThatLeavesIsNoticed_data() { eachTransport(); }
    void aClientThatLeavesIsNoticed() {
        QFETCH(bool, byTcp);
        Both both;
        BareSocket client = both.connect(byTcp);
        client.say(get("/keep?tell=1"));
        QTRY_COMPARE(both.keeper.kept(), std::size_t{1});
        client.close();
        QTRY_COMPARE(both.keeper.ends[static_cast<int>(End::ClientLeft)].load(), 1);
        const auto responder = both.keeper.takeAll().front();
        QVERIFY(!responder->isOpen());
        QVERIFY(responder->cancelled().isCancelled());
        QVERIFY(!responder->answer({}));
        QTRY_COMPARE(both.server->connections(), 0);
    }
    void aClientThatOnlySaysNoMoreStillGetsItsAnswer() {
        Both both;
        const BareSocket client = both.connect(false);
        client.say("GET /keep?tell=1 HTTP/1.1\r\n\r\n");
        client.sayNoMore();
        QTRY_COMPARE(both.keeper.kept(), std::size_t{1});
        QTest::qWait(50);
        both.keeper.takeAll().front()->answer({200, "text/plain", "heard"});
        QVERIFY(client.hearAll().ends_with("heard"));
    }
    void aRequestThatNobodyCanAnswerAnyMoreIsAnswered() {
        Both both;
        const BareSocket first = both.connect(true), second = both.connect(true);
        first.say(get("/silent"));
        const std::string heard = first.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 500", 0) == 0 && heard.ends_with("handler-silent"), heard.c_str());
        second.say(get("/keep"));
        QTRY_COMPARE(both.keeper.kept(), std::size_t{1});
        both.keeper.takeAll();
        QVERIFY(second.hearAll().rfind("HTTP/1.1 500", 0) == 0);
    }
    void anExceptionEndsItsRequestAlone_data() {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("failureThrows");
        QTest::newRow("no memory") << QByteArray("/throw") << false;
        QTest::newRow("a number") << QByteArray("/throw-number") << false;
        QTest::newRow("its sentence throws too") << QByteArray("/throw") << true;
    }
    void anExceptionEndsItsRequestAlone() {
        QFETCH(QByteArray, target);
        QFETCH(bool, failureThrows);
        Both both;
        const BareSocket waiting = both.connect(false), other = both.connect(false);
        waiting.say(get("/keep"));
        QTRY_COMPARE(both.keeper.kept(), std::size_t{1});
        both.keeper.failureThrows = failureThrows;
        other.say(get(target.toStdString()));
        const std::string heard = other.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 500", 0) == 0, heard.c_str());
        both.keeper.takeAll().front()->answer({200, "text/plain", "here"});
        QVERIFY(waiting.hearAll().ends_with("here"));
    }
    void stopAnswersEveryoneWhoWaits() {
        Both both;
        std::vector<BareSocket> plain, timed;
        for (int i = 0; i < 50; ++i) {
            plain.push_back(both.connect(i % 2 == 0));
            plain.back().say("GET /keep HTTP/1.1\r\n\r\n");
            timed.push_back(both.connect(i % 2 == 0));
            timed.back().say("GET /keep?by=600000 HTTP/1.1\r\n\r\n");
        }
        QTRY_COMPARE(both.keeper.kept(), std::size_t{100});
        both.server->stop();
        for (const BareSocket& client : plain) {
            const std::string heard = client.hearAll();
            QVERIFY2(heard.rfind("HTTP/1.1 503", 0) == 0 && heard.ends_with("server-stopping"), heard.c_str());
        }
        for (const BareSocket& client : timed) QVERIFY(client.hearAll().ends_with("nothing new"));
    }
    void whoIsToldOfTheStopMayStillAnswer() {
        Both both;
        both.keeper.answersAtTheEnd = true;
        const BareSocket client = both.connect(true);
        client.say("GET /keep?by=600000&tell=1 HTTP/1.1\r\n\r\n");
        QTRY_COMPARE(both.keeper.kept(), std::size_t{1});
        both.server->stop();
        QVERIFY(client.hearAll().ends_with("last"));
        QCOMPARE(both.keeper.ends[static_cast<int>(End::Stopping)].load(), 1);
    }
    void aRequestThatStopFindsUnacceptedOrUnreadIsAnswered() {
        Place place;
        Keeper keeper;
        std::mutex mutex;
        std::condition_variable changed;
        bool isInside = false, mayGoOn = false;
        ServerLimits limits;
        // It is asked on the thread that serves all connections: until it answers, that thread does nothing else.
        limits.isStaff = [&](const Peer&) {
            std::unique_lock lock(mutex);
            isInside = true;
            changed.notify_all();
            changed.wait(lock, [&] { return mayGoOn; });
            return true;
        };
        auto started = Server::start(place.socket, keeper, {}, limits);
        QVERIFY(started);
        std::vector<BareSocket> clients;
        for (int i = 0; i < 10; ++i) {
            clients.emplace_back(place.socket);
            clients.back().say("GET /now HTTP/1.1\r\n\r\n");
        }
        std::thread stopper([&] { (*started)->stop(); });
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return isInside; });
        }
        QTest::qWait(50);  // for stop() to be under way; if it is late, the test asks for less
        {
            const std::lock_guard guard(mutex);
            mayGoOn = true;
        }
        changed.notify_all();
        for (const BareSocket& client : clients) {
            const std::string heard = client.hearAll();
            QVERIFY2(heard.ends_with("server-stopping") || heard.ends_with("now"), heard.c_str());
        }
        stopper.join();
    }
    void aResponderMayOutliveItsServer() {
        std::vector<std::shared_ptr<Responder>> left;
        {
            Both both;
            const BareSocket client = both.connect(false);
            client.say("GET /keep HTTP/1.1\r\n\r\n");
            QTRY_COMPARE(both.keeper.kept(), std::size_t{1});
            both.server->stop();
            left = both.keeper.takeAll();
        }
        QVERIFY(!left.front()->isOpen());
        QVERIFY(!left.front()->answer({200, "text/plain", "late"}));
        left.front()->answerBy(std::chrono::milliseconds(1), {});
    }
    void eventsArriveWhileTheyHappen() {
        Both both;
        const BareSocket client = both.connect(true);
        client.say("GET /events HTTP/1.1\r\n\r\n");
        QVERIFY(client.hearUntil("\r\n\r\n").find("Transfer-Encoding: chunked") != std::string::npos);
        QCOMPARE(both.keeper.stream.send("data: 1\n\n"), EventStream::Sent::Taken);
        QCOMPARE(client.hearUntil("\n\n\r\n"), std::string("9\r\ndata: 1\n\n\r\n"));
        QCOMPARE(both.keeper.stream.send("data: 2\n\n"), EventStream::Sent::Taken);
        QCOMPARE(client.hearUntil("\n\n\r\n"), std::string("9\r\ndata: 2\n\n\r\n"));
        both.keeper.stream.end();
        QCOMPARE(client.hearUntil("0\r\n\r\n"), std::string("0\r\n\r\n"));
        client.say(get("/now"));
        QVERIFY(client.hearAll().ends_with("now"));
        QCOMPARE(both.keeper.stream.send("x"), EventStream::Sent::Ended);
    }
    void aClientThatDoesNotReadItsEventsCostsNoMoreThanAgreed() {
        Both both;
        const BareSocket client = both.connect(false);
        client.say("GET /events HTTP/1.1\r\n\r\n");
        client.hearUntil("\r\n\r\n");
        const std::string event(900, 'e');
        std::size_t taken = 0;
        auto sent = EventStream::Sent::Taken;
        // What the kernel keeps for a Unix socket is a few hundred kB.
        while (taken < 100'000'000 && (sent = both.keeper.stream.send(event)) != EventStream::Sent::Full) {
            taken += event.size();
            if (taken % 90'000 == 0) QTest::qWait(1);
        }
        QCOMPARE(sent, EventStream::Sent::Full);
        QVERIFY(taken < 2'000'000);
    }
    void anEventStreamSeesItsClientLeave_data() { eachTransport(); }
    void anEventStreamSeesItsClientLeave() {
        QFETCH(bool, byTcp);
        Both both;
        std::atomic<int> told{0};
        both.keeper.stream.onEnd([&] { ++told; });
        BareSocket client = both.connect(byTcp);
        client.say("GET /events HTTP/1.1\r\n\r\n");
        client.hearUntil("\r\n\r\n");
        client.close();
        QTRY_COMPARE(told.load(), 1);
        QTRY_COMPARE(both.server->connections(), 0);
    }
    void stopEndsEventsRegularly() {
        Both both;
        const BareSocket client = both.connect(true);
        client.say("GET /events HTTP/1.1\r\n\r\n");
        client.hearUntil("\r\n\r\n");
        both.keeper.stream.send("data: 1\n\n");
        both.server->stop();
        QVERIFY(client.hearAll().ends_with("data: 1\n\n\r\n0\r\n\r\n"));
    }
    void uploadsThatDripDoNotHoldTheOthersUp() {
        ServerLimits limits;
        limits.handlers = 2;
        Both both(limits);
        std::vector<BareSocket> slow;
        for (int i = 0; i < 5; ++i) {
            slow.push_back(both.connect(true));
            slow.back().say("POST /swallow HTTP/1.1\r\nContent-Length: 200000\r\n\r\n" + std::string(100'000, 'x'));
        }
        for (int i = 0; i < 5; ++i) {
            const BareSocket quick = both.connect(false);
            quick.say(get("/now"));
            QVERIFY(quick.hearAll().ends_with("now"));
        }
        for (const BareSocket& client : slow) {
            QVERIFY(client.say(std::string(100'000, 'x')));
            const std::string heard = client.hearUntil("\r\n\r\n200000");
            QVERIFY2(heard.ends_with("200000"), heard.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(WaitingTest)
#include "waiting_test.moc"
