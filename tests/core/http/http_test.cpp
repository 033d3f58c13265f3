// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Server and Client as friends: answers, streams, restarts, many at once, and a stop that does not wait.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <QProcess>
#include <fstream>
#include <random>

#include "tests/core/http/http_fixture.h"
#include "tests/core/http/peak_memory.h"

using namespace contone;
using namespace contone::http;

namespace {

std::string textOf(const Result<Response>& response) {
    return response ? response->body : "error " + response.error().reason + " " + response.error().detail;
}
std::string reasonOf(const Result<std::unique_ptr<Server>>& server) {
    return server ? "started" : server.error().reason;
}
/// `size` bytes of a file that may have fewer.
Upload upload(const FileDescriptor& file, std::uint64_t size) {
    return {[&file](std::span<std::byte> to) -> Result<std::size_t> {
                const ssize_t got = ::read(file.get(), to.data(), to.size());
                if (got <= 0) return fail(Code::Unavailable, "medium-removed", "");
                return static_cast<std::size_t>(got);
            },
            size};
}
Outgoing get(std::string target) {
    return {.method = "GET", .target = std::move(target)};
}
Outgoing post(std::string target, std::string body) {
    return {.method = "POST", .target = std::move(target), .body = std::move(body)};
}

}  // namespace

class HttpTest : public QObject {
    Q_OBJECT
  private slots:
    void aTargetIsSplitAndDecoded() {
        const Target expected{{"v1", "a/b c", ""}, {{"x", "1&2"}, {"y", ""}, {"z", "ü"}}};
        QVERIFY(parseTarget("/v1/a%2Fb%20c/?x=1%262&y&z=%C3%BC") == expected);
        QCOMPARE(*expected.value("x"), std::string("1&2"));
        QVERIFY(!expected.value("none"));
        for (const char* bad : {"", "v1", "/%", "/%1", "/%zz", "/a b", "/a\tb"})
            QCOMPARE(parseTarget(bad).error().reason, std::string("bad-target"));
    }
    void whatIsEscapedComesBack() {
        std::string all;
        for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
        const auto target = parseTarget("/" + escaped(all) + "?" + escaped(all) + "=" + escaped(all));
        QVERIFY(target);
        QVERIFY(*target == (Target{{all}, {{all, all}}}));
    }
    void oneConnectionServesManyRequests() {
        Place place;
        EchoHandler handler;
        auto server = Server::start(place.socket, handler, {});
        QVERIFY(server);
        Client client(place.socket);
        for (int i = 0; i < 50; ++i) QCOMPARE(textOf(client.send(post("/echo", std::to_string(i)))), std::to_string(i));
        QCOMPARE((*server)->connections(), 1);
        QCOMPARE(textOf(client.send(get("/who"))), std::to_string(::getuid()));
    }
    void theSocketIsForOwnerAndGroupOnly() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        QVERIFY(server);
        struct stat facts{};
        QCOMPARE(::stat(place.socket.c_str(), &facts), 0);
        QCOMPARE(static_cast<int>(facts.st_mode & 07777), 0660);
    }
    void aLargeUploadStreamsInBoundedMemory() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        QVERIFY(server);
        constexpr std::size_t size = 20'000'000;
        Sha256 expected;
        const Path path = Path(place.folder.path().toStdString()) / "photo";
        {
            std::string bytes(size, '\0');
            std::mt19937_64 random(7);
            for (std::size_t i = 0; i + 8 <= size; i += 8) {
                const std::uint64_t word = random();
                std::memcpy(bytes.data() + i, &word, 8);
            }
            expected = Sha256::of(bytes);
            std::ofstream(path, std::ios::binary) << bytes;
        }
        const auto file = openForReading(path);
        QVERIFY(file);
        Client client(place.socket);
        Outgoing request = post("/hash", "");
        request.upload = upload(*file, size);
        const PeakMemory memory;
        QCOMPARE(textOf(client.send(request)), expected.toString());
        const long grown = memory.grownKb();
        qInfo("20 MB upload: %ld kB more memory, both ends together", grown);
        QVERIFY2(grown < 5'000, "a quarter of the upload: it was kept in memory");
    }
    void anUploadThatIsRefusedEarlyGetsItsAnswer() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        QVERIFY(server);
        const FileDescriptor zeros(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
        const auto* file = &zeros;
        QVERIFY(zeros.isOpen());
        Client client(place.socket);
        Outgoing request = post("/refuse", "");
        request.upload = upload(*file, 500'000'000);
        QCOMPARE(textOf(client.send(request)), std::string("no"));
        request.upload->bytes = (std::uint64_t{1} << 30) + 1;
        QCOMPARE(textOf(client.send(request)), std::string("body-too-large"));
        QCOMPARE(textOf(client.send(post("/echo", "next"))), std::string("next"));
    }
    void anUploadThatCannotBeReadToItsEndFailsAsItsReader() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        const Path path = Path(place.folder.path().toStdString()) / "photo";
        std::ofstream(path) << "only this";
        const auto file = openForReading(path);
        Client client(place.socket);
        Outgoing request = post("/hash", "");
        request.upload = upload(*file, 1000);
        const auto answer = client.send(request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().reason, std::string("medium-removed"));
        QVERIFY(answer.error().code == Code::Unavailable);
    }
    void aClientFindsTheServerAgainAfterARestart() {
        Place place;
        EchoHandler handler;
        Client client(place.socket);
        QCOMPARE(client.send(get("/echo")).error().reason, std::string("server-unreachable"));
        for (int i = 0; i < 3; ++i) {
            const auto server = Server::start(place.socket, handler, {});
            QVERIFY(server);
            QCOMPARE(textOf(client.send(post("/echo", "back"))), std::string("back"));
        }
        QCOMPARE(client.send(get("/echo")).error().reason, std::string("server-unreachable"));
    }
    void aSecondServerIsRefusedWhileTheFirstServes() {
        Place place;
        EchoHandler handler;
        const auto first = Server::start(place.socket, handler, {});
        QVERIFY(first);
        const auto second = Server::start(place.socket, handler, {});
        QCOMPARE(reasonOf(second), std::string("socket-in-use"));
        QVERIFY(second.error().code == Code::Conflict);
        QCOMPARE(textOf(Client(place.socket).send(post("/echo", "still here"))), std::string("still here"));
    }
    void aFileThatIsNoSocketIsNotRemoved() {
        Place place;
        EchoHandler handler;
        std::ofstream(place.socket) << "precious";
        QCOMPARE(reasonOf(Server::start(place.socket, handler, {})), std::string("socket-path-taken"));
        QCOMPARE(*readTextFile(place.socket, 100), std::string("precious"));
    }
    void aPathThatIsTooLongIsRefusedByBothSides() {
        EchoHandler handler;
        const Path path = "/tmp/" + std::string(120, 'x');
        QCOMPARE(reasonOf(Server::start(path, handler, {})), std::string("socket-path-long"));
        QCOMPARE(Client(path).send(get("/echo")).error().reason, std::string("socket-path-long"));
    }
    void aServerKilledMidRequestIsUnavailableAndItsSocketIsReplaced() {
        Place place;
        QProcess child;  // this program again: see main()
        child.start(QCoreApplication::applicationFilePath(),
                    {"--serve", QString::fromStdString(place.socket.string())});
        QVERIFY(child.waitForStarted());
        QTRY_VERIFY(BareSocket(place.socket).isConnected());
        std::jthread killer([pid = child.processId()] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        });
        const auto answer = Client(place.socket).send(get("/wait"));
        killer.join();
        QVERIFY(child.waitForFinished());
        QVERIFY(!answer);
        QCOMPARE(answer.error().reason, std::string("connection-lost"));
        QVERIFY(answer.error().code == Code::Unavailable);
        QVERIFY(std::filesystem::exists(place.socket));
        EchoHandler handler;
        const auto next = Server::start(place.socket, handler, {});
        QCOMPARE(reasonOf(next), std::string("started"));
        QCOMPARE(textOf(Client(place.socket).send(post("/echo", "alive"))), std::string("alive"));
    }
    void anAnswerThatDoesNotComeEndsTheWait() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        Outgoing request = get("/later");
        request.answerWithin = std::chrono::milliseconds(50);
        Client client(place.socket);
        QCOMPARE(client.send(request).error().reason, std::string("server-slow"));
        // The late answer must not be taken for the next one's.
        QCOMPARE(textOf(client.send(post("/echo", "mine"))), std::string("mine"));
    }
    void thirtyClientsAtOnceEachGetTheirOwnAnswers() {
        Place place;
        EchoHandler handler;
        const auto server = Server::start(place.socket, handler, {});
        QVERIFY(server);
        std::atomic<int> right{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 30; ++t)
            threads.emplace_back([&, t] {
                Client client(place.socket);
                for (int i = 0; i < 100; ++i) {
                    const std::string text = std::to_string(t) + ":" + std::to_string(i) + std::string(i * 50, '.');
                    if (textOf(client.send(post("/echo", text))) == text) ++right;
                }
            });
        for (auto& thread : threads) thread.join();
        QCOMPARE(right.load(), 3000);
    }
    void stopAnswersWaitingRequestsAndEndsIdleConnections() {
        Place place;
        EchoHandler handler;
        auto server = Server::start(place.socket, handler, {});
        QVERIFY(server);
        std::vector<std::thread> threads;
        std::atomic<int> stopped{0};
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&] {
                if (textOf(Client(place.socket).send(get("/wait"))) == "stopped") ++stopped;
            });
        const BareSocket idle(place.socket), halfSaid(place.socket);
        QVERIFY(halfSaid.say("GET /ec"));
        QTRY_COMPARE(handler.waiting.load(), 8);
        (*server)->stop();  // would never end if it waited for the two that say nothing
        for (auto& thread : threads) thread.join();
        QCOMPARE(stopped.load(), 8);  // even the last words are heard
        QCOMPARE(idle.hearAll(), std::string());
        const std::string heard = halfSaid.hearAll();
        QVERIFY2(heard.rfind("HTTP/1.1 503", 0) == 0, heard.c_str());
        QVERIFY(heard.ends_with("server-stopping"));
        QVERIFY(!std::filesystem::exists(place.socket));
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--serve") {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        EchoHandler handler;
        const auto server = Server::start(argv[2], handler, {});
        ::pause();
        return 1;
    }
    QCoreApplication app(argc, argv);
    HttpTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "http_test.moc"
