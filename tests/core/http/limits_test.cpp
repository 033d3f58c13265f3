// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What clients may cost, and that a request can be understood in one way only.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "core/http/parser.h"
#include "tests/core/http/http_fixture.h"

using namespace contone;
using namespace contone::http;

namespace {

std::string ask(const Path& socket) {
    const auto answer = Client(socket).send({.target = "/echo"});
    return answer ? std::to_string(answer->status) + " " + answer->body : answer.error().reason;
}

int answersIn(const std::string& heard) {
    int count = 0;
    for (std::size_t at = 0; (at = heard.find("HTTP/1.1 ", at)) != std::string::npos; ++at) ++count;
    return count;
}

}  // namespace

class LimitsTest : public QObject {
    Q_OBJECT
  private slots:
    void onePeerCannotTakeAllConnections() {
        Place place;
        EchoHandler handler;
        ServerLimits limits;
        limits.connections = 10;
        limits.connectionsPerPeer = 3;
        const auto server = Server::start({UnixEndpoint{place.socket}, TcpEndpoint{}}, handler, {}, limits);
        QVERIFY(server);
        std::vector<BareSocket> crowd;
        for (int i = 0; i < 3; ++i) crowd.emplace_back(place.socket);
        QTRY_COMPARE((*server)->connections(), 3);
        QCOMPARE(ask(place.socket), std::string("503 server-busy"));
        // Another peer, which is an address this time, is not concerned.
        Client other(Address(TcpAddress{"127.0.0.1", (*server)->port(1)}));
        QCOMPARE(other.send({.target = "/echo"})->status, 200);
        crowd.clear();
        QTRY_COMPARE((*server)->connections(), 1);
        QCOMPARE(ask(place.socket), std::string("200 "));
    }
    void oneProcessCannotTakeAllConnectionsOfItsUser() {
        Place place;
        EchoHandler handler;
        ServerLimits limits;
        limits.connectionsPerProcess = 3;
        const auto server = Server::start(place.socket, handler, {}, limits);
        QVERIFY(server);
        std::vector<BareSocket> crowd;
        for (int i = 0; i < 3; ++i) crowd.emplace_back(place.socket);
        QTRY_COMPARE((*server)->connections(), 3);
        QCOMPARE(ask(place.socket), std::string("503 server-busy"));
        const pid_t child = ::fork();
        if (child == 0) {  // the same user
            const BareSocket own(place.socket);
            own.say("GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n");
            ::_exit(own.hearAll().rfind("HTTP/1.1 200", 0) == 0 ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        crowd.pop_back();
        QTRY_COMPARE((*server)->connections(), 2);
        QCOMPARE(ask(place.socket), std::string("200 "));
    }
    void staffAreCountedToo() {
        Place place;
        EchoHandler handler;
        ServerLimits limits;
        limits.connections = 10;
        limits.keptForStaff = 5;
        limits.connectionsPerPeer = 2;
        limits.isStaff = [](const Peer&) { return true; };
        const auto server = Server::start(place.socket, handler, {}, limits);
        const BareSocket first(place.socket), second(place.socket);
        QTRY_COMPARE((*server)->connections(), 2);
        QCOMPARE(ask(place.socket), std::string("503 server-busy"));
    }
    // What a server does for its clients needs descriptors as well.
    void clientsDoNotGetTheLastDescriptors() {
        Place place;
        EchoHandler handler;
        ServerLimits limits;
        limits.keptDescriptors = 40;
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        const rlimit few{200, before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &few);
        {
            const auto server = Server::start(place.socket, handler, {}, limits);
            QVERIFY(server);
            std::vector<FileDescriptor> work;
            for (int number = 0; number < 130;) {
                work.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
                number = work.back().get();
            }
            // Client and server are one process here: each connection takes two.
            std::vector<BareSocket> crowd;
            while (crowd.size() < 30 && (crowd.empty() || !crowd.back().hasNews())) {
                crowd.emplace_back(place.socket);
                const int now = static_cast<int>(crowd.size());
                QTRY_VERIFY((*server)->connections() == now || crowd.back().hasNews());
            }
            QVERIFY(crowd.back().hearAll().rfind("HTTP/1.1 503", 0) == 0);
            QVERIFY2((*server)->connections() >= 10 && (*server)->connections() <= 15,
                     qPrintable(QString::number((*server)->connections())));
            QCOMPARE(ask(place.socket), std::string("503 server-busy"));
            for (int i = 0; i < 30; ++i) QVERIFY(work.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC)).isOpen());
            work.clear();
            crowd.clear();
            QTRY_COMPARE((*server)->connections(), 0);
            QCOMPARE(ask(place.socket), std::string("200 "));
        }
        ::setrlimit(RLIMIT_NOFILE, &before);
    }
    void someConnectionsAreKeptForStaff() {
        Place place;
        EchoHandler handler;
        ServerLimits limits;
        limits.connections = 4;
        limits.keptForStaff = 2;
        limits.connectionsPerPeer = 2;
        limits.isStaff = [](const Peer& peer) { return peer.transport == Transport::Unix && peer.uid == ::getuid(); };
        const auto server = Server::start({UnixEndpoint{place.socket}, TcpEndpoint{}}, handler, {}, limits);
        QVERIFY(server);
        std::vector<BareSocket> crowd;
        for (int i = 0; i < 2; ++i) crowd.emplace_back((*server)->port(1));
        QTRY_COMPARE((*server)->connections(), 2);
        const BareSocket turnedAway((*server)->port(1));
        const std::string heard = turnedAway.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 503", 0) == 0 && heard.ends_with("server-busy"), heard.c_str());
        QCOMPARE(ask(place.socket), std::string("200 "));
    }
    void withoutDescriptorsAClientIsToldSo() {
        Place place;
        EchoHandler handler;
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        const rlimit few{200, before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &few);
        auto server = Server::start({UnixEndpoint{place.socket}, TcpEndpoint{}}, handler, {});
        QVERIFY(server);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons((*server)->port(1));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (const bool isFull : {true, false}) {
            const FileDescriptor client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
            std::vector<FileDescriptor> all;
            while (isFull) {
                FileDescriptor one(::open("/dev/null", O_RDONLY | O_CLOEXEC));
                if (!one.isOpen()) break;
                all.push_back(std::move(one));
            }
            QCOMPARE(::connect(client.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
            const std::string_view request = "GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n";
            ::send(client.get(), request.data(), request.size(), MSG_NOSIGNAL);
            char heard[200] = {};
            QVERIFY(::recv(client.get(), heard, sizeof heard - 1, 0) > 0);
            QVERIFY2(std::string(heard).rfind(isFull ? "HTTP/1.1 503" : "HTTP/1.1 200", 0) == 0, heard);
        }
        (*server)->stop();
        ::setrlimit(RLIMIT_NOFILE, &before);
    }
    void aHeadOfTooManyLinesIsRefused() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        for (const int lines : {63, 65}) {
            const BareSocket socket(place.socket);
            std::string head = "GET /echo HTTP/1.1\r\nConnection: close\r\n";
            for (int i = 1; i < lines; ++i) head += "X-" + std::to_string(i) + ": y\r\n";
            socket.say(head + "\r\n");
            QVERIFY(socket.hearAll().rfind(lines < 64 ? "HTTP/1.1 200" : "HTTP/1.1 431", 0) == 0);
        }
    }
    void whatCanBeUnderstoodInTwoWaysIsRefused_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("length, then chunks") << QByteArray("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n");
        QTest::newRow("chunks, then length") << QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n");
        QTest::newRow("unknown coding") << QByteArray("Transfer-Encoding: gzip\r\n");
        QTest::newRow("coding after chunked") << QByteArray("Transfer-Encoding: chunked, gzip\r\n");
        QTest::newRow("coding before chunked") << QByteArray("Transfer-Encoding: gzip, chunked\r\n");
        QTest::newRow("chunked twice") << QByteArray("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
        QTest::newRow("nearly chunked") << QByteArray("Transfer-Encoding: xchunked\r\n");
        QTest::newRow("folded coding") << QByteArray("Transfer-Encoding:\r\n chunked\r\n");
        QTest::newRow("folded line") << QByteArray("X-A: b\r\n c: d\r\n");
        QTest::newRow("space before the colon") << QByteArray("Content-Length : 4\r\n");
        QTest::newRow("signed length") << QByteArray("Content-Length: +4\r\n");
        QTest::newRow("length in hexadecimal") << QByteArray("Content-Length: 0x4\r\n");
        QTest::newRow("list of lengths") << QByteArray("Content-Length: 4, 4\r\n");
        QTest::newRow("the same length twice") << QByteArray("Content-Length: 4\r\nContent-Length: 4\r\n");
        QTest::newRow("length beyond 64 bits") << QByteArray("Content-Length: 99999999999999999999999\r\n");
        QTest::newRow("two hosts") << QByteArray("Host: a\r\nHost: b\r\n");
        QTest::newRow("line feed alone") << QByteArray("X-A: b\nContent-Length: 4\r\n");
        QTest::newRow("carriage return alone") << QByteArray("X-A: b\rContent-Length: 4\r\n");
        QTest::newRow("zero byte") << QByteArray("X-A: b\0c\r\n", 10);
    }
    void whatCanBeUnderstoodInTwoWaysIsRefused() {
        QFETCH(QByteArray, lines);
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        const BareSocket socket(place.socket);
        socket.say("POST /echo HTTP/1.1\r\n" + lines.toStdString() + "\r\n0\r\n\r\nGET /who HTTP/1.1\r\n\r\n");
        const std::string heard = socket.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 4", 0) == 0, heard.c_str());
        QCOMPARE(answersIn(heard), 1);  // nothing behind it was taken for a request
        QCOMPARE(handler.requests.load(), 0);
    }
    void chunksThatAreNoneAreRefused_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no number") << QByteArray("x\r\n");
        QTest::newRow("negative") << QByteArray("-1\r\n");
        QTest::newRow("beyond 64 bits") << QByteArray("fffffffffffffffff\r\n");
        QTest::newRow("no line end after the bytes") << QByteArray("3\r\nabcd\r\n0\r\n\r\n");
        QTest::newRow("an extension without end") << QByteArray("3;" + QByteArray(20'000, 'x'));
        QTest::newRow("last lines without end") << QByteArray("0\r\nX: " + QByteArray(20'000, 'x'));
    }
    void chunksThatAreNoneAreRefused() {
        QFETCH(QByteArray, body);
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        const BareSocket socket(place.socket);
        socket.say("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + body.toStdString());
        const std::string heard = socket.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 4", 0) == 0, heard.c_str());
        QCOMPARE(answersIn(heard), 1);
    }
    void chunksThatAreCutEndWithoutABody() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        const BareSocket socket(place.socket);
        socket.say("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        socket.sayNoMore();
        const std::string heard = socket.hearAll();
        QVERIFY2(heard.ends_with("request-cut"), heard.c_str());
    }
    void requestsThatComeAtOnceAreAnsweredInTheirOrder() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        const BareSocket socket(place.socket);
        std::string all;
        for (int i = 100; i < 300; ++i)
            all += "POST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\n" + std::to_string(i) +
                   "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n" + std::to_string(i) +
                   "\r\n0\r\n\r\n";
        std::thread speaker([&] { socket.say(all + "GET /who HTTP/1.1\r\nConnection: close\r\n\r\n"); });
        const std::string heard = socket.hearAll();
        speaker.join();
        std::size_t at = 0;
        for (int i = 200; i < 600; ++i) {
            const std::size_t next = heard.find("\r\n\r\n" + std::to_string(i / 2) + "HTTP/1.1", at);
            QVERIFY2(next != std::string::npos, qPrintable(QString::number(i)));
            at = next + 4;
        }
        QCOMPARE(answersIn(heard), 401);
    }
    void aHeadInSinglePiecesIsUnderstoodAsInOne() {
        const std::string head = "POST /a%20b?c=d HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nX-Y:  z \r\n\r\n";
        RequestParser parser({});
        std::string in;
        for (const char c : head) {
            QVERIFY(!parser.hasHead());
            in += c;
            const auto parsed = parser.takeHead(in);
            QVERIFY(parsed);
            in.erase(0, parsed->taken);
        }
        QVERIFY(parser.hasHead());
        const auto request = parser.request();
        QVERIFY(request);
        QCOMPARE(request->target.segments.front(), std::string("a b"));
        QCOMPARE(std::string(headerIn(request->headers, "x-y")), std::string("z"));
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "limits_test.moc"
