// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RemoteShop before ShopServer gives what the shop behind it gives: every call, every error, and the bad days.
#include "core/shop/remote_shop.h"

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
#include "core/shop/shop_server.h"
#include "tests/core/http/peak_memory.h"
#include "tests/core/shop/recording_shop.h"

using namespace contone;
using namespace contone::shop;

namespace {

ShopServer::Settings settingsIn(const Path& root) {
    return {root / "s", {}};
}

/// A recording shop, served; and the remote one that talks to it.
struct Counter {
    QTemporaryDir folder;
    Path root = folder.path().toStdString();
    ShopServer::Settings settings = settingsIn(root);
    RecordingShop shop;
    std::unique_ptr<ShopServer> server;
    RemoteShop remote{settings.socket};

    explicit Counter(const Log& log = {}) {
        auto started = ShopServer::start(shop, shop, settings, log);
        if (!started) qFatal("%s", started.error().detail.c_str());
        server = std::move(*started);
    }
    Path file(const std::string& name, std::string_view bytes) const {
        std::ofstream(root / name, std::ios::binary) << bytes;
        return root / name;
    }
};

/// The same call on both; true when answer and what the shop was asked are equal.
template <class Call>
bool same(Counter& counter, Call call) {
    counter.shop.takeCalls();
    const auto here = call(static_cast<Shop&>(counter.shop));
    const auto askedHere = counter.shop.takeCalls();
    const auto there = call(static_cast<Shop&>(counter.remote));
    const auto askedThere = counter.shop.takeCalls();
    if (!there && here != there) qWarning("%s %s", there.error().reason.c_str(), there.error().detail.c_str());
    return here == there && askedHere == askedThere;
}

template <class T>
std::string reasonOf(const Result<T>& result) {
    return result ? "fine" : std::string(toString(result.error().code)) + " " + result.error().reason;
}

/// Status and reason of a bare request.
std::string refusal(const Counter& counter, const std::string& method, const std::string& target,
                    const std::string& body = {}) {
    const auto answer = http::Client(counter.settings.socket).send({.method = method, .target = target, .body = body});
    if (!answer) return answer.error().reason;
    const auto error = decoded<Error>(answer->body);
    return std::to_string(answer->status) + " " + (error ? error->reason : "not an error");
}

void compareEveryCall(Counter& c) {
    const Path photo = c.file("photo.jpg", "bytes of a photo");
    QVERIFY(same(c, [&](Shop& s) { return s.addOriginal(photo); }));
    QVERIFY(same(c, [](Shop& s) { return s.placeOrder(sample::newOrder()); }));
    QVERIFY(same(c, [](Shop& s) { return s.placeOrder({}); }));
    QVERIFY(same(c, [](Shop& s) { return s.order(sample::id<OrderId>(1)); }));
    QVERIFY(same(c, [](Shop& s) { return s.order({}); }));
    QVERIFY(same(c, [](Shop& s) { return s.orderByNumber(1001); }));
    QVERIFY(same(c, [](Shop& s) { return s.orderByNumber(-7); }));
    QVERIFY(same(c, [](Shop& s) { return s.orders(20); }));
    QVERIFY(same(c, [](Shop& s) { return s.print(sample::id<OrderId>(1), "front-desk", "staff"); }));
    QVERIFY(same(c, [](Shop& s) {
        return s.print(sample::id<OrderId>(1), PrintWish{"", "counter", print::Priority::Bulk, "staff"});
    }));
    QVERIFY(same(c, [](Shop& s) { return s.print(sample::id<OrderId>(1), sample::awkward, sample::awkward); }));
    QVERIFY(same(c, [](Shop& s) { return s.cancelPlanned(sample::id<OrderId>(1), sample::awkward, "staff"); }));
    QVERIFY(same(c, [](Shop& s) { return s.cancelOrder(sample::id<OrderId>(1), "", sample::awkward); }));
    QVERIFY(same(c, [](Shop& s) { return s.eraseCustomer(sample::id<OrderId>(1), sample::awkward); }));
    QVERIFY(same(c, [](Shop& s) { return s.sheets({}); }));
    QVERIFY(same(c, [](Shop& s) { return s.sheets({sample::id<OrderId>(2), sample::id<JobId>(3), true, 7}); }));
    QVERIFY(same(c, [](Shop& s) { return s.sheets({.limit = 3, .sorting = print::SheetOrder::NewestFirst}); }));
    QVERIFY(same(c, [](Shop& s) { return s.sheets({.after = sample::id<SheetId>(5)}); }));
    QVERIFY(same(c, [](Shop& s) { return s.sheetRecord(sample::id<SheetId>(4)); }));
    QVERIFY(same(c, [](Shop& s) { return s.compareSheet(sample::id<SheetId>(4)); }));
    for (const Verdict verdict : {Verdict::InTray, Verdict::Spoiled, Verdict::NotPrinted, Verdict::CannotTell})
        QVERIFY(same(c, [&](Shop& s) { return s.settle(sample::id<SheetId>(4), verdict, "seen", "staff"); }));
    QVERIFY(same(c, [](Shop& s) {
        return s.settle(sample::id<SheetId>(4), Settlement{Verdict::Spoiled, "jam", AndThen::Reprint,
                                                           print::CostOwner::Supplier, sample::awkward});
    }));
    for (const print::ReprintReason reason : print::reprintReasons)
        QVERIFY(same(c, [&](Shop& s) {
            return s.reprint(sample::id<SheetId>(4), print::ReprintCase{reason, print::CostOwner::Customer}, "staff");
        }));
    QVERIFY(same(c, [](Shop& s) { return s.reprint(sample::id<SheetId>(4), sample::awkward, "staff"); }));
    QVERIFY(same(c, [](Shop& s) { return s.sheets({.from = {1}, .to = {2}}); }));
    QVERIFY(same(c, [](Shop& s) { return s.spoilage({5}, {}); }));
    for (const bool open : {true, false}) QVERIFY(same(c, [&](Shop& s) { return s.jobs(open, 9); }));
    const JobId job = sample::id<JobId>(12);
    QVERIFY(same(c, [&](Shop& s) { return s.holdJob(job, sample::awkward, "staff"); }));
    QVERIFY(same(c, [&](Shop& s) { return s.releaseJob(job, sample::awkward); }));
    QVERIFY(same(c, [&](Shop& s) { return s.setPriority(job, print::Priority::Pickup, "staff"); }));
    QVERIFY(same(c, [&](Shop& s) { return s.moveJob(job, sample::awkward, "staff"); }));
    QVERIFY(same(c, [&](Shop& s) { return s.cancelJob(job, "not-wanted", sample::awkward); }));
    QVERIFY(same(c, [](Shop& s) { return s.enoughFor(sample::enoughQuery()); }));
    QVERIFY(same(c, [](Shop& s) { return s.saveSetup(sample::newSetup()); }));
    QVERIFY(same(c, [](Shop& s) { return s.setups(); }));
    for (const std::string& name : {std::string("front-desk"), std::string(), std::string("a/b"), std::string("../x"),
                                    std::string("*"), std::string("status"), sample::awkward}) {
        QVERIFY(same(c, [&](Shop& s) { return s.setup(name); }));
        QVERIFY(same(c, [&](Shop& s) { return s.verifySetup(name, "staff"); }));
        QVERIFY(same(c, [&](Shop& s) { return s.setupStatus(name); }));
        QVERIFY(same(c, [&](Shop& s) { return s.pausePrinter(name, "staff"); }));
        QVERIFY(same(c, [&](Shop& s) { return s.resumePrinter(name, sample::awkward); }));
        QVERIFY(same(c, [&](Shop& s) { return s.printCalibration(name, sample::awkward); }));
        QVERIFY(same(c, [&](Shop& s) { return s.calibrate(name, sample::readings(), sample::awkward); }));
        QVERIFY(same(c, [&](Shop& s) { return s.setupProfile(name); }));
    }
    QVERIFY(same(c, [](Shop& s) { return s.changesAfter(0, 0); }));
    QVERIFY(same(c, [](Shop& s) { return s.changesAfter(1, 0); }));
    QVERIFY(same(c, [](Shop& s) { return s.changesAfter(latestChange, 0); }));
}

}  // namespace

class RemoteShopTest : public QObject {
    Q_OBJECT
  private slots:
    void everyCallGivesWhatTheShopGives() {
        Counter counter;
        counter.shop.feed = sample::changes();
        compareEveryCall(counter);
    }
    void everyErrorArrivesAsItWas() {
        Counter counter;
        for (const Code code : sample::codes) {
            counter.shop.error = Error{code, "reason-of-" + std::string(toString(code)), sample::awkward, "detail"};
            compareEveryCall(counter);
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
            counter.shop.error = Error{code, "x", "", ""};
            QCOMPARE(refusal(counter, "GET", "/v1/setups"), std::to_string(status) + " x");
        }
    }
    void requestsThatMakeNoSenseAreBadRequests() {
        Counter counter;
        QCOMPARE(refusal(counter, "GET", "/v1/orders/12"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "GET", "/v1/orders/number/twelve"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "GET", "/v1/orders/number/99999999999"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "GET", "/v1/orders?limit=many"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "GET", "/v1/sheets?order=x"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "GET", "/v1/sheets?open=maybe"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "GET", "/v1/changes?after=1.5"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/orders"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "POST", "/v1/orders", "{\"lines\":[]}"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "PUT", "/v1/setups", "[]"), std::string("400 bad-request"));
        QCOMPARE(refusal(counter, "GET", "/v2/orders"), std::string("404 route-unknown"));
        QCOMPARE(refusal(counter, "GET", "/"), std::string("404 route-unknown"));
        QCOMPARE(refusal(counter, "DELETE", "/v1/orders"), std::string("405 method-unknown"));
        QCOMPARE(refusal(counter, "POST", "/v1/orders", std::string((1 << 20) + 1, ' ')),
                 std::string("413 body-too-large"));
        QVERIFY(counter.shop.takeCalls().empty());
    }
    void aProfileOf16MegabytesTravelsBothWays() {
        Counter counter;
        counter.shop.profile.assign(16u << 20, std::byte{0xa5});
        QVERIFY(same(counter, [](Shop& s) { return s.setupProfile("front-desk"); }));
        NewSetup setup = sample::newSetup();
        setup.profileBytes = counter.shop.profile;
        QVERIFY(same(counter, [&](Shop& s) { return s.saveSetup(setup); }));
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
        const auto hash = counter.remote.addOriginal(photo);
        const long grown = memory.grownKb();
        QVERIFY(hash);
        QVERIFY(*hash == *counter.shop.addOriginal(photo));
        qInfo("20 MB original: %ld kB more memory, both ends together", grown);
        QVERIFY2(grown < 5'000, "a quarter of the original: it was kept in memory");
    }
    void filesThatAreNoPhotosAreRefusedWithoutTheAgent() {
        Counter counter;
        QCOMPARE(reasonOf(counter.remote.addOriginal(counter.root / "none")), std::string("not-found file-missing"));
        QCOMPARE(reasonOf(counter.remote.addOriginal(counter.root)), std::string("invalid file-is-folder"));
        QCOMPARE(::mkfifo((counter.root / "pipe").c_str(), 0600), 0);
        QCOMPARE(reasonOf(counter.remote.addOriginal(counter.root / "pipe")), std::string("invalid not-a-file"));
        const Path giant = counter.file("giant", "");
        std::filesystem::resize_file(giant, (std::uint64_t{1} << 30) + 1);  // a hole: takes no space
        QCOMPARE(reasonOf(counter.remote.addOriginal(giant)), std::string("invalid file-too-large"));
        QVERIFY(counter.shop.takeCalls().empty());
        const Path empty = counter.file("empty", "");
        QVERIFY(same(counter, [&](Shop& s) { return s.addOriginal(empty); }));
    }
    void anOriginalThatIsCutWhileItIsSentIsNotTaken() {
        Counter counter;
        const Path photo = counter.file("photo", "");
        std::filesystem::resize_file(photo, 900'000'000);  // a hole: takes no space
        std::jthread cutter([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            std::filesystem::resize_file(photo, 1'000'000);
        });
        QCOMPARE(reasonOf(counter.remote.addOriginal(photo)), std::string("conflict photo-changed-while-copying"));
        cutter.join();
        QVERIFY(counter.shop.takeCalls().empty());  // the body never came to its end
        QCOMPARE(reasonOf(counter.remote.orders(1)), std::string("fine"));
    }
    void withoutAnAgentTheSentenceSaysHowToStartIt() {
        QTemporaryDir folder;
        const RemoteShop remote(folder.filePath("s").toStdString());
        const auto orders = remote.orders(1);
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
        QTRY_COMPARE(reasonOf(remote.orders(1)), std::string("fine"));
        std::jthread killer([pid = child.processId()] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        });
        // What may have been done is never sent twice, and the person is told to look.
        QCOMPARE(reasonOf(remote.print({}, "front-desk", "staff")), std::string("unavailable agent-lost"));
        killer.join();
        QVERIFY(child.waitForFinished());
        QCOMPARE(reasonOf(remote.orders(1)), std::string("unavailable agent-unreachable"));
        // The next agent takes the place of the dead one, and the same RemoteShop goes on with it.
        RecordingShop shop;
        const auto next = ShopServer::start(shop, shop, settings, {});
        QCOMPARE(reasonOf(next), std::string("fine"));
        QCOMPARE(reasonOf(remote.orders(1)), std::string("fine"));
    }
    void anAgentThatTalksNonsenseIsToldApart() {
        struct Nonsense final : http::Handler {
            http::Response handle(const http::Request& request, http::BodyReader&, const CancelToken&) override {
                return {request.target.segments.back() == "setups" ? 500 : 200, "text/html", "<h1>Welcome</h1>"};
            }
            http::Response failure(const Error&) override { return {}; }
        } handler;
        QTemporaryDir folder;
        const Path socket = folder.filePath("s").toStdString();
        const auto server = http::Server::start(socket, handler, {});
        QVERIFY(server);
        QCOMPARE(reasonOf(RemoteShop(socket).orders(1)), std::string("internal agent-answer"));
        QCOMPARE(reasonOf(RemoteShop(socket).setups()), std::string("internal agent-answer"));
    }
    void aSecondAgentOnTheSameSocketIsRefused() {
        Counter counter;
        QCOMPARE(reasonOf(ShopServer::start(counter.shop, counter.shop, counter.settings, {})),
                 std::string("conflict socket-in-use"));
        QCOMPARE(reasonOf(counter.remote.setups()), std::string("fine"));
    }
    void aLongPollEndsWithTheChangeOrWithItsTime() {
        Counter counter;
        QElapsedTimer timer;
        timer.start();
        QVERIFY(counter.remote.changesAfter(0, 400)->empty());
        QVERIFY(timer.elapsed() >= 400);
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            counter.shop.announce(sample::changes().front());
        });
        timer.restart();
        const auto changes = counter.remote.changesAfter(0, 30'000);
        later.join();
        QCOMPARE(changes->size(), std::size_t{1});
        QVERIFY(changes->front() == sample::changes().front());
        QVERIFY2(timer.elapsed() < 1'500, "the change was there after 300 ms");
    }
    void stopEndsLongPollsWithinASecond() {
        Counter counter;
        std::atomic<int> empty{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 10; ++i)
            threads.emplace_back([&] {
                const auto changes = counter.remote.changesAfter(0, 30'000);
                if (changes && changes->empty()) ++empty;
            });
        QTRY_VERIFY(counter.shop.polls >= 10);
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
                    NewOrder order;
                    order.lines.push_back({sample::hash("a"), "a.jpg", "10x15", t * 100 + i, {}});
                    const auto placed = counter.remote.placeOrder(order);
                    if (placed && placed->number == t * 100 + i) ++right;
                }
            });
        for (auto& thread : threads) thread.join();
        QCOMPARE(right.load(), 600);
        QCOMPARE(counter.shop.takeCalls().size(), std::size_t{600});
    }
    void theLogSaysWhichUserAskedWhatAndNothingPersonal() {
        QTemporaryDir folder;
        const Path path = folder.filePath("log").toStdString();
        {
            const auto log = Log::toFile(path);
            QVERIFY(log);
            Counter counter(*log);
            NewOrder order = sample::newOrder();
            order.customerName = "Ada Lovelace";
            QVERIFY(counter.remote.placeOrder(order));
        }
        const auto text = readTextFile(path, 100'000);
        QVERIFY(text);
        QVERIFY2(text->find("\"uid\":\"" + std::to_string(::getuid()) + "\"") != std::string::npos ||
                     text->find("\"uid\":" + std::to_string(::getuid())) != std::string::npos,
                 text->c_str());
        QVERIFY2(text->find("/v1/orders") != std::string::npos, text->c_str());
        QVERIFY(text->find("Lovelace") == std::string::npos);
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--serve") {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        RecordingShop shop;
        shop.printTakes = std::chrono::seconds(30);
        const auto server = ShopServer::start(shop, shop, settingsIn(argv[2]), {});
        ::pause();
        return 1;
    }
    QCoreApplication app(argc, argv);
    RemoteShopTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "remote_shop_test.moc"
