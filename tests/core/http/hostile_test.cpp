// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The HTTP server among enemies: garbage, giants, drips, silence and crowds; and the client before a bad server.
#include <random>

#include "core/http/budget_p.h"
#include "core/http/parser.h"
#include "tests/core/http/http_fixture.h"

using namespace contone;
using namespace contone::http;

namespace {

/// Listens, reads one piece, says `answer`, closes.
class FakeServer {
  public:
    FakeServer(const Path& path, std::string answer) : m_fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        ::bind(m_fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(m_fd.get(), 5);
        m_thread = std::thread([this, text = std::move(answer)] {
            FileDescriptor peer(::accept(m_fd.get(), nullptr, nullptr));
            char piece[4096];
            if (::recv(peer.get(), piece, sizeof piece, 0) > 0)
                ::send(peer.get(), text.data(), text.size(), MSG_NOSIGNAL);
        });
    }
    ~FakeServer() { m_thread.join(); }

  private:
    FileDescriptor m_fd;
    std::thread m_thread;
};

}  // namespace

class HostileTest : public QObject {
    Q_OBJECT
  private slots:
    void aMessageThatNeverBeganIsNoMessage() {
        http::RequestParser asked({});
        QVERIFY(!asked.close());
        http::ResponseParser answered({}, http::AnswerTo::Other);
        QVERIFY(!answered.close());
    }
    void garbageIsRefusedAndTheServerLivesOn() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {}, quickLimits());
        QVERIFY(server);
        std::mt19937 random(11);
        for (int i = 0; i < 200; ++i) {
            std::string bytes(1 + random() % 2000, '\0');
            for (char& c : bytes) c = static_cast<char>(random());
            bytes += "\r\n\r\n";
            const BareSocket socket(place.socket);
            socket.say(bytes);
            const std::string heard = socket.hearAll();
            QVERIFY2(heard.rfind("HTTP/1.1 400", 0) == 0 || heard.rfind("HTTP/1.1 408", 0) == 0, heard.c_str());
        }
        QCOMPARE(handler.requests.load(), 0);
        QCOMPARE(Client(place.socket).send({.target = "/echo"})->status, 200);
    }
    void headsThatAreNotHttpAreRefused_data() {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("no version") << QByteArray("GET /echo\r\n\r\n");
        QTest::newRow("no slash") << QByteArray("GET echo HTTP/1.1\r\n\r\n");
        QTest::newRow("broken escape") << QByteArray("GET /%4 HTTP/1.1\r\n\r\n");
        QTest::newRow("two lengths") << QByteArray(
            "POST /echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        QTest::newRow("negative length") << QByteArray("POST /echo HTTP/1.1\r\nContent-Length: -1\r\n\r\n");
        QTest::newRow("length and chunks")
            << QByteArray("POST /echo HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        QTest::newRow("bad chunk") << QByteArray(
            "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n");
    }
    void headsThatAreNotHttpAreRefused() {
        QFETCH(QByteArray, head);
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {}, quickLimits());
        const BareSocket socket(place.socket);
        QVERIFY(socket.say(head.toStdString()));
        const std::string heard = socket.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 400", 0) == 0, heard.c_str());
    }
    void aHeadAbove16KilobytesIsRefused() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {}, quickLimits());
        const BareSocket socket(place.socket);
        QVERIFY(socket.say("GET /echo HTTP/1.1\r\nX-Big: " + std::string(20'000, 'x') + "\r\n\r\n"));
        const std::string heard = socket.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 431", 0) == 0, heard.c_str());
        // Just below passes: the limit is where it says.
        const BareSocket fine(place.socket);
        QVERIFY(fine.say("GET /echo HTTP/1.1\r\nConnection: close\r\nX-Big: " + std::string(15'000, 'x') + "\r\n\r\n"));
        QVERIFY(fine.hearAll().rfind("HTTP/1.1 200", 0) == 0);
    }
    void aBodyAboveTheLimitIsRefusedWhetherDeclaredOrChunked() {
        Place place;
        EchoHandler handler;
        ServerLimits limits = quickLimits();
        limits.bodyBytes = 1000;
        const auto server = Server::start(place.socket, handler, {}, limits);
        const BareSocket declared(place.socket);
        QVERIFY(declared.say("POST /echo HTTP/1.1\r\nContent-Length: 1001\r\n\r\n"));
        QVERIFY(declared.hearAll().rfind("HTTP/1.1 413", 0) == 0);
        const BareSocket chunked(place.socket);
        std::string text = "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 11; ++i) text += "64\r\n" + std::string(100, 'x') + "\r\n";
        QVERIFY(chunked.say(text + "0\r\n\r\n"));
        QVERIFY(chunked.hearAll().rfind("HTTP/1.1 413", 0) == 0);
    }
    void aTextAboveItsOwnLimitIsRefused() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        const auto answer =
            Client(place.socket).send({.method = "POST", .target = "/echo", .body = std::string((1 << 20) + 1, 'x')});
        QVERIFY(answer);
        QCOMPARE(answer->status, 413);
    }
    void aHeadThatDripsIsClosedAtTheDeadline() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {}, quickLimits());
        const BareSocket socket(place.socket);
        socket.say("GET /echo HTTP/1.1\r\n");
        // 400 ms are allowed; a head of 64 lines, which would end it too, takes more than three times as long.
        int lines = 0;
        while (lines < 60 && socket.say("X: y\r\n") && !socket.hasNews()) {
            QTest::qWait(50);
            ++lines;
        }
        QVERIFY(lines < 60);
        QVERIFY(socket.hearAll().rfind("HTTP/1.1 408", 0) == 0);
        QCOMPARE(handler.requests.load(), 0);
    }
    void aBodyThatDripsIsClosedAtTheDeadline() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {}, quickLimits());
        const BareSocket socket(place.socket);
        socket.say("POST /hash HTTP/1.1\r\nContent-Length: 100000\r\n\r\n");
        int bytes = 0;
        while (bytes < 1000 && socket.say("x") && !socket.hasNews()) {
            QTest::qWait(20);
            ++bytes;
        }
        QVERIFY2(bytes < 1000, "400 ms are allowed, these are 20 s");
        QVERIFY(socket.hearAll().rfind("HTTP/1.1 408", 0) == 0);
    }
    void aBodyThatKeepsTheRateMayTakeLongerThanTheGrace() {
        Place place;
        EchoHandler handler;
        ServerLimits limits;
        limits.transfer = std::chrono::milliseconds(2'000);
        limits.bytesPerSecond = 1000;
        const auto server = Server::start(place.socket, handler, {}, limits);
        const BareSocket socket(place.socket);
        QVERIFY(socket.say("POST /echo HTTP/1.1\r\nConnection: close\r\nContent-Length: 9000\r\n\r\n"));
        for (int i = 0; i < 10; ++i) {
            QTest::qWait(250);  // 3600 bytes a second for 2.5 s
            QVERIFY(socket.say(std::string(900, 'x')));
        }
        QVERIFY(socket.hearAll().rfind("HTTP/1.1 200", 0) == 0);
    }
    void bytesGiveTimeBackButNoneCanBeSavedUp() {
        using std::chrono::milliseconds;
        const auto start = Budget::Clock::now();
        Budget budget(milliseconds(400), 1000);
        const auto left = [&](int ms) {
            return std::chrono::floor<milliseconds>(budget.left(start + milliseconds(ms)));
        };
        budget.run(start);
        QCOMPARE(left(300), milliseconds(100));
        budget.earn(200, start + milliseconds(300));
        QCOMPARE(left(300), milliseconds(300));
        budget.earn(1'000'000, start + milliseconds(310));
        QCOMPARE(left(310), milliseconds(400));
        budget.pause(start + milliseconds(350));
        QVERIFY(budget.end() == Budget::Clock::time_point::max());
        QCOMPARE(left(9'000), milliseconds(360));  // our own work costs nothing
        budget.run(start + milliseconds(9'000));
        QVERIFY(budget.end() == start + milliseconds(9'360));
        // A drip of 10 bytes each 20 ms earns 10 ms of them: it ends after 800 ms.
        Budget dripped(milliseconds(400), 1000);
        int ms = 0;
        dripped.run(start);
        while (dripped.left(start + milliseconds(ms)) > milliseconds(0))
            dripped.earn(10, start + milliseconds(ms += 20));
        QCOMPARE(ms, 800);
        Budget renewed(milliseconds(400), 0);
        renewed.run(start);
        renewed.earn(1, start + milliseconds(399));
        QVERIFY(renewed.end() == start + milliseconds(799));
    }
    void silentAndHalfOpenConnectionsAreClosed() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {}, quickLimits());
        const BareSocket silent(place.socket);
        QTRY_COMPARE((*server)->connections(), 1);
        QCOMPARE(silent.hearAll(), std::string());
        BareSocket gone(place.socket);
        QVERIFY(gone.say("POST /hash HTTP/1.1\r\nContent-Length: 100\r\n\r\nab"));
        QTRY_COMPARE((*server)->connections(), 1);
        gone.close();
        QTRY_COMPARE((*server)->connections(), 0);
        QCOMPARE(handler.requests.load(), 0);  // a small body is awaited before a handler's thread is taken
    }
    void aPeerThatNeverReadsItsAnswerIsClosed() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {}, quickLimits());
        const BareSocket socket(place.socket);
        const std::string body(200'000, 'x');
        const std::string request = "POST /echo HTTP/1.1\r\nContent-Length: 200000\r\n\r\n" + body;
        for (int i = 0; i < 20 && socket.say(request); ++i) {
        }
        QTRY_COMPARE_WITH_TIMEOUT((*server)->connections(), 0, 30'000);
        QVERIFY2(handler.requests.load() < 20, "answers nobody reads must stop the work");
    }
    void oneConnectionTooManyIsTurnedAwayAndRoomIsMadeAgain() {
        Place place;
        EchoHandler handler;
        ServerLimits limits;
        limits.connections = 3;
        const auto server = Server::start(place.socket, handler, {}, limits);
        std::vector<BareSocket> crowd;
        for (int i = 0; i < 3; ++i) crowd.emplace_back(place.socket);
        QTRY_COMPARE((*server)->connections(), 3);
        const auto answer = Client(place.socket).send({.target = "/echo"});
        QVERIFY(answer);
        QCOMPARE(answer->status, 503);
        QCOMPARE(answer->body, std::string("server-busy"));
        crowd.clear();
        QTRY_COMPARE((*server)->connections(), 0);
        QCOMPARE(Client(place.socket).send({.target = "/echo"})->status, 200);
    }
    void aPeerThatAsksFirstIsToldToContinue() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        const BareSocket socket(place.socket);
        QVERIFY(socket.say(
            "POST /echo HTTP/1.1\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
        QTest::qWait(50);
        QVERIFY(socket.say("abc"));
        const std::string heard = socket.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200", 0) == 0, heard.c_str());
        QVERIFY(heard.ends_with("abc"));
    }
    void theClientRefusesWhatIsNoAnswer_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("connection-lost");
        QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-") << QByteArray("connection-lost");
        QTest::newRow("half a body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
                                     << QByteArray("connection-lost");
        QTest::newRow("no http") << QByteArray("220 mail.example ESMTP\r\n\r\n") << QByteArray("bad-answer");
        QTest::newRow("too large") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
                                   << QByteArray("bad-answer");
    }
    void theClientRefusesWhatIsNoAnswer() {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, reason);
        Place place;
        const FakeServer server(place.socket, answer.toStdString());
        const auto response = Client(place.socket).send({.method = "POST", .target = "/", .body = "x"});
        QVERIFY(!response);
        QCOMPARE(response.error().reason, reason.toStdString());
    }
};

QTEST_GUILESS_MAIN(HostileTest)
#include "hostile_test.moc"
