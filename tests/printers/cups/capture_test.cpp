// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The port that takes test pages: on this computer alone, bounded, and not to be fooled by who else finds it.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <fstream>

#include "printers/cups/capture_socket.h"
#include "printers/cups/test_page.h"
#include "printers/ipp/printer_facts.h"
#include "printers/raster/pwg_writer.h"
#include "tests/printers/fixtures/queue_bench.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

namespace {

int portOf(const std::string& deviceUri) {
    return std::stoi(deviceUri.substr(deviceUri.rfind(':') + 1));
}

/// A connection of some other program.
FileDescriptor connectTo(int port) {
    FileDescriptor stranger(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::connect(stranger.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
    return stranger;
}

bool say(int port, const std::string& words) {
    const FileDescriptor stranger = connectTo(port);
    return stranger.isOpen() && writeAll(stranger.get(), std::as_bytes(std::span(words)), "a stranger").has_value();
}

}  // namespace

class CaptureTest : public QObject {
    Q_OBJECT

  private slots:
    void itListensOnThisComputerAlone() {
        const auto capture = CaptureSocket::start();
        CONTRACT_VERIFY(capture);
        const int port = portOf(capture->deviceUri().substr(0, capture->deviceUri().find("/?")));
        // proc(5): the local address and port in hexadecimal, the state 0A for listening.
        char ours[64];
        std::snprintf(ours, sizeof ours, "0100007F:%04X 00000000:0000 0A", static_cast<unsigned>(port));
        std::ifstream tcp("/proc/net/tcp");
        const std::string all{std::istreambuf_iterator<char>(tcp), {}};
        QVERIFY2(all.find(ours) != std::string::npos, ours);
        char anywhere[64];
        std::snprintf(anywhere, sizeof anywhere, "00000000:%04X", static_cast<unsigned>(port));
        QVERIFY(all.find(anywhere) == std::string::npos);
    }

    void whatComesIsKeptInOrderAndNothingIsNoJob() {
        const auto capture = CaptureSocket::start();
        const int port = portOf(capture->deviceUri().substr(0, capture->deviceUri().find("/?")));
        QVERIFY(say(port, "first"));
        QVERIFY(say(port, ""));
        QVERIFY(say(port, "second"));
        QVERIFY(capture->waitFor(2, std::chrono::seconds(5)));
        const auto jobs = capture->jobs();
        QCOMPARE(jobs.size(), std::size_t{2});
        QCOMPARE(jobs[0].size(), std::size_t{5});
        QCOMPARE(jobs[1].size(), std::size_t{6});
    }

    void twoPatternsAreNeverTheSame() {
        QVERIFY(!(testPattern({64, 64}, deviceRgb) == testPattern({64, 64}, deviceRgb)));
    }

    void aStrangersBytesNeitherPassNorFailATestPage() {
        QueueBench at;
        CONTRACT_VERIFY(at.start());
        const auto queueAt = IppAddress::parse(at.scheduler->uri("photo"));
        const Wire queue(*queueAt, std::chrono::seconds(10));
        const auto ppd = queue.get(queueAt->resource + ".ppd");
        QVERIFY(ppd && *ppd);
        const print::Ticket ticket{AttemptId::generate(SystemClock()), smallMedium(), "glossy"};
        const auto page = testPattern(smallMedium().raster, deviceRgb);
        const TestRoute route{
            [&](const Path& file) {
                return pwgFileSink(file, {RasterType::Rgb8, smallMedium().ippMedia, "photographic-glossy"});
            },
            [&](const std::string& uri) -> Result<std::unique_ptr<print::Printer>> {
                CONTONE_TRY(const PrinterFacts facts,
                            readFacts(Wire(*IppAddress::parse(uri), std::chrono::seconds(10))));
                QTest::qVerify(say(portOf(facts.deviceUri.substr(0, facts.deviceUri.find("/?"))), "RaS2 of my own"),
                               "said", "", __FILE__, __LINE__);
                return QueuePrinter::open({print::RouteKind::Queue, uri}, deviceRgb);
            }};
        const auto captured = captureTestPage(queue, **ppd, ticket, page, route, std::chrono::seconds(30));
        CONTRACT_VERIFY(captured);
        QCOMPARE(captured->atTheDevice.size(), std::size_t{2});
        QVERIFY(captured->atTheDevice[0] != captured->document);
        QVERIFY(captured->atTheDevice[1] == captured->document);
    }
};

QTEST_GUILESS_MAIN(CaptureTest)
#include "capture_test.moc"
