// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Calls to printers that stand still end when nobody wants to wait any more.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "printers/ipp/ipp_printer.h"
#include "printers/ipp/printer_facts.h"
#include "tests/printers/fixtures/contract.h"
#include "tests/printers/fixtures/hostile_printer.h"
#include "tests/printers/fixtures/mute_printer.h"

using namespace contone;
using namespace contone::printers;
using namespace std::chrono_literals;

namespace {

/// Listens on loopback and never looks: the system takes connections and what is sent until its buffers are full.
class SilentPrinter {
  public:
    explicit SilentPrinter(int backlog) : m_listen(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        m_address.sin_family = AF_INET;
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof m_address;
        if (::bind(m_listen.get(), any(), size) != 0 || ::listen(m_listen.get(), backlog) != 0 ||
            ::getsockname(m_listen.get(), any(), &size) != 0)
            qFatal("no socket on loopback");
    }
    /// From now on who connects gets no answer at all.
    void fill() {
        for (int i = 0; i < 4; i++) {
            auto& one = m_taken.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            ::connect(one.get(), any(), sizeof m_address);
        }
    }
    std::string uri() const { return "ipp://127.0.0.1:" + std::to_string(ntohs(m_address.sin_port)) + "/ipp/print"; }

  private:
    sockaddr* any() { return reinterpret_cast<sockaddr*>(&m_address); }
    FileDescriptor m_listen;
    sockaddr_in m_address{};
    std::vector<FileDescriptor> m_taken;
};

/// How long `call` takes when it is cut after 300 ms.
template <class F>
qint64 cutDuring(const Interrupt& interrupt, F&& call) {
    QElapsedTimer timer;
    timer.start();
    const std::jthread cutter([&interrupt] {
        std::this_thread::sleep_for(300ms);
        interrupt.cut();
    });
    call();
    return timer.elapsed();
}

}  // namespace

class InterruptTest : public QObject {
    Q_OBJECT
  private slots:
    void aQuestionIsCut_data() {
        QTest::addColumn<bool>("connects");
        QTest::newRow("nobody answers") << true;
        QTest::newRow("nobody takes the connection") << false;
    }
    void aQuestionIsCut() {
        QFETCH(const bool, connects);
        SilentPrinter printer(connects ? 8 : 0);
        if (!connects) printer.fill();
        const Interrupt interrupt;
        const Wire wire(*IppAddress::parse(printer.uri()), 60s, interrupt);
        std::string reason;
        const qint64 took = cutDuring(interrupt, [&] { reason = readFacts(wire).error().reason; });
        QCOMPARE(reason, std::string("printer-unreachable"));
        QVERIFY2(took >= 250 && took < 5000, std::to_string(took).c_str());
    }
    void aPageOnItsWayIsCut() {
        const SilentPrinter printer(8);
        const QTemporaryDir folder;
        const Path page = folder.filePath("page").toStdString();
        QVERIFY(writeFileDurably(page, std::string(32 << 20, 'p')));
        const Interrupt interrupt;
        const Wire wire(*IppAddress::parse(printer.uri()), 10s, interrupt);  // a page may stand still for minutes
        bool isSent = true;
        const qint64 took =
            cutDuring(interrupt, [&] { isSent = wire.askWithFile(wire.request(IPP_OP_PRINT_JOB), page).has_value(); });
        QVERIFY(!isSent);
        QVERIFY2(took >= 250 && took < 8000, std::to_string(took).c_str());
    }
    // Bytes come all the time, so that libcups asks nobody whether to wait on.
    void anAnswerThatDripsIsCut_data() {
        QTest::addColumn<bool>("withPage");
        QTest::newRow("to a question") << false;
        QTest::newRow("to a page") << true;
    }
    void anAnswerThatDripsIsCut() {
        QFETCH(const bool, withPage);
        const testing::HostilePrinter printer([](const testing::HostilePrinter::Say& say) {
            for (const char c : testing::httpHead("200 OK", "X: " + std::string(5000, 'x') + "\r\n")) {
                if (!say(std::string(1, c))) return;
                std::this_thread::sleep_for(20ms);
            }
        });
        const QTemporaryDir folder;
        const Path page = folder.filePath("page").toStdString();
        QVERIFY(writeFileDurably(page, std::string(1000, 'p')));
        const Interrupt interrupt;
        const Wire wire(*IppAddress::parse(printer.uri()), 60s, interrupt);
        bool isAnswered = true;
        const qint64 took = cutDuring(interrupt, [&] {
            isAnswered = withPage ? wire.askWithFile(wire.request(IPP_OP_PRINT_JOB), page).has_value()
                                  : readFacts(wire).has_value();
        });
        QVERIFY(!isAnswered);
        QVERIFY2(took >= 250 && took < 8000, std::to_string(took).c_str());
    }
    void nothingIsAnnouncedOnceStoppingHasBegun() {
        const testing::MutePrinter printer;
        const Interrupt interrupt;
        const auto opened = IppPrinter::open({print::RouteKind::Direct, printer.uri()},
                                             {image::Channels::Rgb, image::Depth::U8}, {.interrupt = interrupt});
        const print::Ticket first{AttemptId::generate(SystemClock()), testing::smallMedium(), "glossy"},
            second{AttemptId::generate(SystemClock()), testing::smallMedium(), "glossy"};
        QVERIFY((*opened)->create(first));
        interrupt.announceNoMore();
        QCOMPARE((*opened)->create(second).error().reason, std::string("printer-unreachable"));
        QVERIFY(!(*opened)->find(second.attempt)->has_value());
        QVERIFY((*opened)->find(first.attempt)->has_value());  // what was announced can still be asked for
    }
    void laterCallsEndAtOnce() {
        const SilentPrinter printer(8);
        Interrupt interrupt;
        const auto route = print::Route{print::RouteKind::Direct, printer.uri()};
        const auto opened = IppPrinter::open(route, {image::Channels::Rgb, image::Depth::U8}, {.interrupt = interrupt});
        QVERIFY(opened);
        interrupt.cut();
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; i++) {
            QVERIFY(!(*opened)->state());
            QVERIFY(!(*opened)->create({AttemptId::generate(SystemClock()), {}, {}}));
        }
        QVERIFY2(timer.elapsed() < 1000, std::to_string(timer.elapsed()).c_str());
    }
    void whoIsNotCutIsWaitedForAsLongAsBefore() {
        const SilentPrinter printer(8);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!readFacts(Wire(*IppAddress::parse(printer.uri()), 1500ms)));
        QVERIFY2(timer.elapsed() >= 1400 && timer.elapsed() < 6000, std::to_string(timer.elapsed()).c_str());
    }
};

QTEST_GUILESS_MAIN(InterruptTest)
#include "interrupt_test.moc"
