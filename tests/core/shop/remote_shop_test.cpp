// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RemoteShop before ShopServer gives what the service behind it gives: every operation, every error, and the bad days.
#include "core/shop/wire/remote_shop.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <random>
#include <thread>

#include "core/http/client.h"
#include "core/shop/wire/shop_server.h"
#include "tests/core/http/http_fixture.h"
#include "tests/core/http/peak_memory.h"
#include "tests/core/shop/recording_service.h"

using namespace contone;
using namespace contone::shop;
using contone::http::BareSocket;

namespace {

ShopServer::Settings settingsIn(const Path& root) {
    ShopServer::Settings settings{.socket = root / "s"};
    settings.limits.connectionsPerProcess = 200;  // all clients of a test are this one process
    return settings;
}

/// A recording service, served; and the remote shop that talks to it.
struct Counter {
    QTemporaryDir folder;
    Path root = folder.path().toStdString();
    ShopServer::Settings settings = settingsIn(root);
    RecordingService service;
    ShopFor local{service, thisProgram()};
    std::unique_ptr<ShopServer> server;
    RemoteShop remote{settings.socket};

    explicit Counter(const Log& log = {}) {
        auto started = ShopServer::start(service, settings, log);
        if (!started) qFatal("%s", started.error().detail.c_str());
        server = std::move(*started);
    }
    Path file(const std::string& name, std::string_view bytes) const {
        std::ofstream(root / name, std::ios::binary) << bytes;
        return root / name;
    }
};

/// The same operation on both; true when the answer and what the service was asked are equal.
template <class Asked>
bool same(Counter& counter, const Asked& operation) {
    const auto textOf = [](const Result<typename Asked::Answer>& answer) {
        return answer ? json::write(*answer) : json::write(answer.error());
    };
    const auto asked = [&] {
        std::string all;
        for (const auto& one : counter.service.takeAsked()) all += one.what + "\n";
        return all;
    };
    (void)asked();
    const std::string here = textOf(counter.local.ask(operation)), askedHere = asked();
    const std::string there = textOf(counter.remote.ask(operation)), askedThere = asked();
    if (here != there) qWarning("%s\n%s", here.c_str(), there.c_str());
    return here == there && askedHere == askedThere && !askedHere.empty();
}

template <class T>
std::string reasonOf(const Result<T>& result) {
    return result ? "fine" : std::string(toString(result.error().code)) + " " + result.error().reason;
}

QElapsedTimer started() {
    QElapsedTimer timer;
    timer.start();
    return timer;
}

/// Status and reason of a bare request.
std::string refusal(const Counter& counter, const std::string& method, const std::string& target,
                    const std::string& body = {}) {
    const auto answer = http::Client(counter.settings.socket).send({.method = method, .target = target, .body = body});
    if (!answer) return answer.error().reason;
    const auto error = json::read<Error>(answer->body);
    return std::to_string(answer->status) + " " + (error ? error->reason : "not an error");
}

void compareEveryOperation(Counter& c) {
    const Path photo = c.file("photo.jpg", "bytes of a photo");
    eachOperation([&]<class Tag>(Tag) {
        using Asked = typename Tag::Type;
        if constexpr (std::same_as<Asked, AddOriginal>) {
            QVERIFY2(same(c, AddOriginal{.file = photo, .read = {}}), Asked::terms.name.data());
        } else if constexpr (std::same_as<Asked, FollowChanges>) {
            for (const char* token : {"", "0", "1"}) QVERIFY2(same(c, FollowChanges{token}), Asked::terms.name.data());
        } else {
            QVERIFY2(same(c, filled<Asked>()), Asked::terms.name.data());
            QVERIFY2(same(c, Asked{}), Asked::terms.name.data());
        }
    });
}

}  // namespace

class RemoteShopTest : public QObject {
    Q_OBJECT
  private slots:
    void everyOperationGivesWhatTheServiceGives() {
        Counter counter;
        counter.service.announce(filled<Change>());
        counter.service.announce({"order-placed", "order/x", "{}"});
        compareEveryOperation(counter);
    }
    void everyErrorArrivesAsItWas() {
        Counter counter;
        for (const auto& [code, word] : wordTable<Code>.words) {
            counter.service.error = Error{code, std::string("reason-of-") + word, awkward, "detail"};
            compareEveryOperation(counter);
            if (QTest::currentTestFailed()) return;
        }
    }
    void theStatusSaysWhatKindOfErrorItIs() {
        Counter counter;
        const std::pair<Code, int> expected[] = {
            {Code::Invalid, 400},   {Code::NotFound, 404},    {Code::Conflict, 409},
            {Code::Denied, 403},    {Code::Unsupported, 415}, {Code::Corrupt, 422},
            {Code::Cancelled, 409}, {Code::Unavailable, 503}, {Code::Internal, 500}};
        for (const auto& [code, status] : expected) {
            counter.service.error = Error{code, "x", "", ""};
            QCOMPARE(refusal(counter, "POST", "/v1/list-setups", "{}"), std::to_string(status) + " x");
        }
    }
    void requestsThatMakeNoSenseAreBadRequests() {
        Counter counter;
        QCOMPARE(refusal(counter, "POST", "/v1/show-order", R"({"order":"12"})"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/find-order", R"({"number":"twelve"})"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/find-order", R"({"number":99999999999})"),
                 std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/show-order", "{}"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/list-sheets", R"({"openOnly":1})"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/place-order"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/save-setup", "[]"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/sell-shop", "{}"), std::string("404 operation-unknown"));
        QCOMPARE(refusal(counter, "POST", "/v2/list-orders", "{}"), std::string("404 operation-unknown"));
        QCOMPARE(refusal(counter, "GET", "/"), std::string("404 operation-unknown"));
        QCOMPARE(refusal(counter, "GET", "/v1/list-orders"), std::string("405 method-unknown"));
        QCOMPARE(refusal(counter, "POST", "/v1/quote-order", std::string((1 << 20) + 1, ' ')),
                 std::string("413 body-too-large"));
        QCOMPARE(refusal(counter, "POST", "/v1/place-order", std::string((4 << 20) + 1, ' ')),
                 std::string("413 body-too-large"));
        QVERIFY(counter.service.takeAsked().empty());
    }
    void aProfileOf16MegabytesTravelsBothWays() {
        Counter counter;
        counter.service.profile = Bytes(16u << 20, std::byte{0xa5});
        QVERIFY(same(counter, ShowSetupProfile{"front-desk"}));
        SaveSetup setup = filled<SaveSetup>();
        setup.profileBytes = *counter.service.profile;
        QVERIFY(same(counter, setup));
    }
    // Each may cost a hundred megabytes with what is read from it.
    void longBodiesComeInTwoAtATime() {
        Counter counter;
        const auto begin = [&] {
            BareSocket socket(counter.settings.socket);
            socket.say("POST /v1/save-setup HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n");
            return socket;
        };
        /// How many bytes go out, at most `most`, until nobody takes any for a while.
        const auto push = [](const BareSocket& socket, std::size_t most) {
            const std::string piece(64 * 1024, ' ');
            std::size_t taken = 0;
            for (QElapsedTimer idle = started(); taken < most && idle.elapsed() < 700;) {
                const ssize_t n = ::send(socket.fd(), piece.data(), std::min(piece.size(), most - taken),
                                         MSG_DONTWAIT | MSG_NOSIGNAL);
                if (n > 0) {
                    taken += static_cast<std::size_t>(n);
                    idle.restart();
                } else {
                    std::this_thread::sleep_for(std::chrono::milliseconds(2));
                }
            }
            return taken;
        };
        constexpr std::size_t much = 6'000'000;
        BareSocket first = begin();
        const BareSocket second = begin(), third = begin();
        QCOMPARE(push(first, much), much);
        QCOMPARE(push(second, much), much);
        const std::size_t waiting = push(third, much);
        QVERIFY2(waiting < 3'000'000, qPrintable(QString::number(waiting)));  // a megabyte, and the socket's buffers
        QCOMPARE(reasonOf(counter.remote.ask(ListOrders{})), std::string("fine"));  // the others do not wait
        QVERIFY(same(counter, filled<SaveSetup>()));
        first.close();
        QCOMPARE(push(third, much), much);
    }
    void aLongBodyThatNeverGetsItsTurnIsTurnedAway() {
        Counter counter;
        const std::string head = "POST /v1/save-setup HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n",
                          part(4'000'000, ' ');
        const BareSocket first(counter.settings.socket), second(counter.settings.socket),
            third(counter.settings.socket);
        first.say(head + part);
        second.say(head + part);
        std::thread speaker([&] { third.say(head + part); });
        const std::string heard = third.hearAll();
        speaker.join();
        QVERIFY2(heard.rfind("HTTP/1.1 503", 0) == 0 && heard.contains("server-busy"), heard.c_str());
    }
    void anOriginalOf20MegabytesArrivesWholeInBoundedMemory() {
        Counter counter;
        Path photo;
        {
            std::string bytes(20'000'000, '\0');
            std::mt19937 random(3);
            for (char& c : bytes) c = static_cast<char>(random());
            photo = counter.file("photo", bytes);
        }
        const PeakMemory memory;
        const auto hash = addOriginal(counter.remote, photo);
        const long grown = memory.grownKb();
        QVERIFY(hash);
        QVERIFY(*hash == *addOriginal(counter.local, photo));
        qInfo("20 MB original: %ld kB more memory, both ends together", grown);
        QVERIFY2(grown < 5'000, "a quarter of the original: it was kept in memory");
    }
    void filesThatAreNoPhotosAreRefusedWithoutTheAgent() {
        Counter counter;
        QCOMPARE(reasonOf(addOriginal(counter.remote, counter.root / "none")), std::string("not-found file-missing"));
        QCOMPARE(reasonOf(addOriginal(counter.remote, counter.root)), std::string("invalid file-is-folder"));
        QCOMPARE(::mkfifo((counter.root / "pipe").c_str(), 0600), 0);
        QCOMPARE(reasonOf(addOriginal(counter.remote, counter.root / "pipe")), std::string("invalid not-a-file"));
        const Path giant = counter.file("giant", "");
        std::filesystem::resize_file(giant, (std::uint64_t{1} << 30) + 1);  // a hole: takes no space
        QCOMPARE(reasonOf(addOriginal(counter.remote, giant)), std::string("invalid file-too-large"));
        QVERIFY(counter.service.takeAsked().empty());
        const Path empty = counter.file("empty", "");
        QVERIFY(same(counter, AddOriginal{.file = empty, .read = {}}));
    }
    void anOriginalThatIsCutWhileItIsSentIsNotTaken() {
        Counter counter;
        const Path photo = counter.file("photo", "");
        std::filesystem::resize_file(photo, 900'000'000);  // a hole: takes no space
        std::jthread cutter([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            std::filesystem::resize_file(photo, 1'000'000);
        });
        QCOMPARE(reasonOf(addOriginal(counter.remote, photo)), std::string("conflict photo-changed-while-copying"));
        cutter.join();
        QVERIFY(counter.service.takeAsked().empty());  // the body never came to its end
        QCOMPARE(reasonOf(counter.remote.ask(ListOrders{})), std::string("fine"));
    }
    void withoutAnAgentTheSentenceSaysHowToStartIt() {
        QTemporaryDir folder;
        RemoteShop remote(folder.filePath("s").toStdString());
        const auto orders = remote.ask(ListOrders{});
        QCOMPARE(reasonOf(orders), std::string("unavailable agent-unreachable"));
        QCOMPARE(orders.error().message, std::string("The Contone agent is not running. Start it with: contone-agent"));
    }
    void anAgentKilledMidRequestIsUnavailable() {
        QTemporaryDir folder;
        const ShopServer::Settings settings = settingsIn(folder.path().toStdString());
        QProcess child;  // this program again: see main()
        child.start(QCoreApplication::applicationFilePath(), {"--serve", folder.path()});
        QVERIFY(child.waitForStarted());
        RemoteShop remote(settings.socket);
        QTRY_COMPARE(reasonOf(remote.ask(ListOrders{})), std::string("fine"));
        std::jthread killer([pid = child.processId()] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        });
        // What may have been done is never sent twice, and the person is told to look.
        QCOMPARE(reasonOf(remote.ask(PrintOrder{})), std::string("unavailable agent-lost"));
        killer.join();
        QVERIFY(child.waitForFinished());
        QCOMPARE(reasonOf(remote.ask(ListOrders{})), std::string("unavailable agent-unreachable"));
        // The next agent takes the place of the dead one, and the same RemoteShop goes on with it.
        RecordingService service;
        const auto next = ShopServer::start(service, settings, {});
        QCOMPARE(reasonOf(next), std::string("fine"));
        QCOMPARE(reasonOf(remote.ask(ListOrders{})), std::string("fine"));
    }
    void anAgentThatTalksNonsenseIsToldApart() {
        struct Nonsense final : http::Handler {
            http::Response handle(const http::Request& request, http::BodyReader&, const CancelToken&) override {
                return {request.target.segments.back() == "list-setups" ? 500 : 200, "text/html", "<h1>Welcome</h1>"};
            }
            http::Response failure(const Error&) override { return {}; }
        } handler;
        QTemporaryDir folder;
        const Path socket = folder.filePath("s").toStdString();
        const auto server = http::Server::start(socket, handler, {});
        QVERIFY(server);
        QCOMPARE(reasonOf(RemoteShop(socket).ask(ListOrders{})), std::string("internal agent-answer"));
        QCOMPARE(reasonOf(RemoteShop(socket).ask(ListSetups{})), std::string("internal agent-answer"));
    }
    void aSecondAgentOnTheSameSocketIsRefused() {
        Counter counter;
        QCOMPARE(reasonOf(ShopServer::start(counter.service, counter.settings, {})),
                 std::string("conflict socket-in-use"));
        QCOMPARE(reasonOf(counter.remote.ask(ListSetups{})), std::string("fine"));
    }
    void aLongPollEndsWithTheChangeOrWithItsTime() {
        Counter counter;
        QElapsedTimer timer;
        timer.start();
        QVERIFY(counter.remote.ask(FollowChanges{"0", 400})->items.empty());
        QVERIFY(timer.elapsed() >= 400);
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            counter.service.announce({"order-placed", "order/x", "{}"});
        });
        timer.restart();
        const auto changes = counter.remote.ask(FollowChanges{"0", 30'000});
        later.join();
        QCOMPARE(changes->items.size(), std::size_t{1});
        QCOMPARE(changes->items.front().type, std::string("order-placed"));
        QCOMPARE(changes->token, std::string("1"));
        QVERIFY2(timer.elapsed() < 1'500, "the change was there after 300 ms");
    }
    void aChangeBetweenTheLookAndTheWaitIsTold() {
        Counter counter;
        counter.service.afterLook = [&](int look) {
            if (look == 1) counter.service.announce({"order-placed", "order/x", "{}"});
        };
        const auto changes = counter.remote.ask(FollowChanges{"0", 30'000});
        QCOMPARE(changes->token, std::string("1"));
        QCOMPARE(counter.service.looks.load(), 2);
    }
    void manyThatFollowCostNoThreadAndOneLookATokenForEachChange() {
        constexpr int crowd = 120;
        Counter counter;
        std::vector<BareSocket> clients;
        const FollowChanges asked{"0", 30'000};
        const std::string body = json::write(asked);
        for (int i = 0; i < crowd; ++i) {
            clients.emplace_back(counter.settings.socket);
            QVERIFY(clients.back().say("POST /v1/follow-changes HTTP/1.1\r\nConnection: close\r\nContent-Length: " +
                                       std::to_string(body.size()) + "\r\n\r\n" + body));
        }
        QTRY_COMPARE_WITH_TIMEOUT(counter.service.looks.load(), crowd, 60'000);
        const int threads = http::threadsNow();
        QVERIFY2(threads < 24, qPrintable(QString::number(threads)));
        counter.service.announce({"order-placed", "order/x", "{}"});
        for (const BareSocket& client : clients) {
            const std::string answer = client.hearAll();
            QVERIFY2(answer.rfind("HTTP/1.1 200", 0) == 0 && answer.contains("order-placed"), answer.c_str());
        }
        // One for each that was about to wait when the change came, and one for all who waited.
        QVERIFY2(counter.service.looks <= crowd + 13, qPrintable(QString::number(counter.service.looks.load())));
    }
    void stopEndsLongPollsWithinASecond() {
        Counter counter;
        std::atomic<int> empty{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 10; ++i)
            threads.emplace_back([&] {
                const auto changes = counter.remote.ask(FollowChanges{"0", 30'000});
                if (changes && changes->items.empty()) ++empty;
            });
        QTRY_VERIFY(counter.service.looks >= 10);
        QElapsedTimer timer;
        timer.start();
        counter.server->stop();
        const qint64 ms = timer.elapsed();
        for (auto& thread : threads) thread.join();
        qInfo("stop with ten long polls waiting: %lld ms", static_cast<long long>(ms));
        QVERIFY2(ms < 1'000, qPrintable(QString("%1 ms").arg(ms)));
        QCOMPARE(empty.load(), 10);
    }
    void thirtyScreensAtOnceEachGetTheirOwnAnswer() {
        Counter counter;
        std::atomic<int> right{0};
        std::vector<std::thread> threads;
        for (int t = 1; t <= 30; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 20; ++i) {
                    PlaceOrder order;
                    order.lines.push_back({Sha256::of("a"), "a.jpg", "10x15", t * 20 + i, {}});
                    const auto placed = counter.remote.ask(order);
                    if (placed && placed->number == t * 20 + i) ++right;
                }
            });
        for (auto& thread : threads) thread.join();
        QCOMPARE(right.load(), 600);
        QCOMPARE(counter.service.takeAsked().size(), std::size_t{600});
    }
    void theLogSaysWhichUserAskedWhatAndNothingPersonal() {
        QTemporaryDir folder;
        const Path path = folder.filePath("log").toStdString();
        {
            const auto log = Log::toFile(path);
            QVERIFY(log);
            Counter counter(*log);
            PlaceOrder order = filled<PlaceOrder>();
            order.customerName = "Ada Lovelace";
            QVERIFY(counter.remote.ask(order));
        }
        const auto text = readTextFile(path, 100'000);
        QVERIFY(text);
        QVERIFY2(text->find("\"uid\":\"" + std::to_string(::getuid()) + "\"") != std::string::npos ||
                     text->find("\"uid\":" + std::to_string(::getuid())) != std::string::npos,
                 text->c_str());
        QVERIFY2(text->find("/v1/place-order") != std::string::npos, text->c_str());
        QVERIFY(text->find("Lovelace") == std::string::npos);
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--serve") {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        RecordingService service;
        service.printTakes = std::chrono::seconds(30);
        const auto server = ShopServer::start(service, settingsIn(argv[2]), {});
        ::pause();
        return 1;
    }
    QCoreApplication app(argc, argv);
    RemoteShopTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "remote_shop_test.moc"
