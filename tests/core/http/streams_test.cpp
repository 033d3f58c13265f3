// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Bodies of a gigabyte both ways in little memory, and bodies that do not come to their end.
#include <fstream>

#include "tests/core/http/http_fixture.h"
#include "tests/core/http/peak_memory.h"

using namespace contone;
using namespace contone::http;

namespace {

/// An eighth of it where a sanitizer makes every byte slow.
constexpr std::uint64_t gigabyte = (std::uint64_t{1} << 30) / memoryFactor;
constexpr long mostKb = 8 * 1024 * memoryFactor;

std::byte byteAt(std::uint64_t position) {
    return static_cast<std::byte>((position / 4096) % 251);
}

/// `size` bytes, each known by its position, counted as they are read.
BodySource source(std::uint64_t size, std::atomic<std::uint64_t>& count, bool saysSize = true) {
    count = 0;
    const auto read = [size, &count](std::span<std::byte> to) -> Result<std::size_t> {
        const std::uint64_t at = count;
        const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(to.size(), size - at));
        for (std::size_t i = 0; i < want; i += 4096 - (at + i) % 4096)
            std::fill(to.begin() + static_cast<std::ptrdiff_t>(i),
                      to.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(want, i + 4096 - (at + i) % 4096)),
                      byteAt(at + i));
        count += want;
        return want;
    };
    return {read, saysSize ? std::optional(size) : std::nullopt};
}

/// Whether bytes are those of source(), one after the other.
struct Check {
    std::uint64_t seen = 0;
    bool isRight = true;
    void take(std::span<const std::byte> bytes) {
        for (std::size_t i = 0; i < bytes.size(); i += 512) isRight = isRight && bytes[i] == byteAt(seen + i);
        seen += bytes.size();
    }
};

/// /down?size=…: that many bytes; &blind=1 without saying how many; &fail=N fails after N. /up: checks a body.
/// /file: this program's own file.
class StreamHandler final : public Handler {
  public:
    Response handle(const Request& request, BodyReader& body, const CancelToken&) override {
        const std::string& route = request.target.segments.front();
        Response response{200, "application/octet-stream"};
        if (route == "up") return up(body);
        if (route == "file") {
            auto file = openForReading("/proc/self/exe");
            const auto size = std::filesystem::file_size("/proc/self/exe");
            response.source = fileSource(std::move(*file), 100, size - 100);
            return response;
        }
        const auto size = std::stoull(*request.target.value("size"));
        response.source = source(size, pulled, !request.target.value("blind"));
        if (const auto after = request.target.value("fail")) {
            const auto inner = response.source->read;
            response.source->read = [this, inner, most = std::stoull(*after)](std::span<std::byte> to) {
                if (pulled >= most)
                    return Result<std::size_t>(fail(Code::Unavailable, "disk-gone", "The disk is gone."));
                return inner(to);
            };
        }
        return response;
    }
    Response failure(const Error& error) override { return {400, "text/plain", error.reason}; }
    std::atomic<std::uint64_t> pulled{0};

  private:
    Response up(BodyReader& body) {
        Check check;
        std::vector<std::byte> piece(64 * 1024);
        for (;;) {
            const auto got = body.read(piece);
            if (!got) return failure(got.error());
            if (*got == 0) break;
            check.take({piece.data(), *got});
        }
        return {200, "text/plain", (check.isRight ? "right " : "wrong ") + std::to_string(check.seen)};
    }
};

/// Both kinds of endpoint.
struct Streams {
    Streams() {
        auto started = Server::start({UnixEndpoint{place.socket}, TcpEndpoint{}}, handler, {});
        if (started) server = std::move(*started);
    }
    Client client(bool byTcp) const {
        return byTcp ? Client(Address(TcpAddress{"localhost", server->port(1)})) : Client(place.socket);
    }
    Place place;
    StreamHandler handler;
    std::unique_ptr<Server> server;
};

std::string textOf(const Result<Response>& response) {
    return response ? response->body : "error " + response.error().reason + " " + response.error().detail;
}

void eachTransport() {
    QTest::addColumn<bool>("byTcp");
    QTest::addColumn<qulonglong>("size");
    QTest::newRow("Unix") << false << qulonglong{gigabyte / 4};
    QTest::newRow("TCP") << true << qulonglong{gigabyte};
}

}  // namespace

class StreamsTest : public QObject {
    Q_OBJECT
  private slots:
    void aGigabyteGoesUpInLittleMemory_data() { eachTransport(); }
    void aGigabyteGoesUpInLittleMemory() {
        QFETCH(bool, byTcp);
        QFETCH(qulonglong, size);
        const Streams streams;
        Client client = streams.client(byTcp);
        std::atomic<std::uint64_t> sent{0};
        const PeakMemory memory;
        const auto answer = client.send({.method = "POST", .target = "/up", .upload = source(size, sent)});
        const long grown = memory.grownKb();
        QCOMPARE(textOf(answer), "right " + std::to_string(size));
        qInfo("%llu MB up: %ld kB more memory, both ends together", size >> 20, grown);
        QVERIFY2(grown <= mostKb, qPrintable(QString::number(grown)));
    }
    void aGigabyteComesDownToASlowReaderInLittleMemory_data() { eachTransport(); }
    void aGigabyteComesDownToASlowReaderInLittleMemory() {
        QFETCH(bool, byTcp);
        QFETCH(qulonglong, size);
        Streams streams;
        Client client = streams.client(byTcp);
        Check check;
        std::uint64_t farthestAhead = 0;
        const PeakMemory memory;
        Outgoing request{.target = "/down?size=" + std::to_string(size)};
        request.download = [&](std::span<const std::byte> bytes) -> Result<void> {
            // A reader that stops again and again: the source must not run far ahead of it.
            if (check.seen % (size / 8) < bytes.size()) {
                QTest::qWait(100);
                farthestAhead = std::max(farthestAhead, streams.handler.pulled - check.seen);
            }
            check.take(bytes);
            return {};
        };
        const auto answer = client.send(request);
        const long grown = memory.grownKb();
        QCOMPARE(textOf(answer), std::string());
        QCOMPARE(check.seen, std::uint64_t{size});
        QVERIFY(check.isRight);
        qInfo("%llu MB down: %ld kB more memory, the source was %llu kB ahead at most", size >> 20, grown,
              static_cast<unsigned long long>(farthestAhead / 1024));
        QVERIFY2(grown <= mostKb, qPrintable(QString::number(grown)));
        QVERIFY2(farthestAhead < 16u << 20, "what the kernel keeps for one connection, and two pieces");
    }
    void aBodyOfUnknownLengthArrivesWhole_data() { eachTransport(); }
    void aBodyOfUnknownLengthArrivesWhole() {
        QFETCH(bool, byTcp);
        const Streams streams;
        Client client = streams.client(byTcp);
        for (const std::uint64_t size : {0, 1, 70'000, 3'000'000}) {
            std::atomic<std::uint64_t> sent{0};
            QCOMPARE(textOf(client.send({.method = "POST", .target = "/up", .upload = source(size, sent, false)})),
                     "right " + std::to_string(size));
            const auto answer = client.send({.target = "/down?blind=1&size=" + std::to_string(size)});
            QVERIFY(answer);
            QCOMPARE(answer->body.size(), size);
        }
        QCOMPARE(streams.server->connections(), 1);
    }
    void aClientOfTheOldProtocolGetsItToTheEndOfTheConnection() {
        const Streams streams;
        const BareSocket socket(streams.place.socket);
        socket.say("GET /down?blind=1&size=300000 HTTP/1.0\r\n\r\n");
        const std::string heard = socket.hearAll();
        QCOMPARE(heard.size() - heard.find("\r\n\r\n") - 4, std::size_t{300'000});
        QVERIFY(heard.find("chunked") == std::string::npos);
    }
    void aFileIsSentFromItsPlaceOn() {
        const Streams streams;
        const auto answer = streams.client(true).send({.target = "/file"});
        QVERIFY(answer);
        std::ifstream own("/proc/self/exe", std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(own), {}};
        QVERIFY(answer->body == bytes.substr(100));
    }
    void headSaysTheLengthAndSendsNothing() {
        const Streams streams;
        Client client = streams.client(false);
        const auto answer = client.send({.method = "HEAD", .target = "/down?size=12345"});
        QVERIFY(answer);
        QCOMPARE(answer->body, std::string());
        QCOMPARE(std::string(headerIn(answer->headers, "content-length")), std::string("12345"));
        QCOMPARE(client.send({.target = "/down?size=5"})->body.size(), std::size_t{5});
        QCOMPARE(streams.server->connections(), 1);
    }
    void aSourceThatFailsIsNotTakenForItsEnd() {
        const Streams streams;
        Client client = streams.client(true);
        const auto atOnce = client.send({.target = "/down?size=1000&fail=0"});
        QVERIFY(atOnce);
        QCOMPARE(atOnce->body, std::string("disk-gone"));
        for (const char* target : {"/down?size=1000000&fail=300000", "/down?size=1000000&fail=300000&blind=1"})
            QCOMPARE(client.send({.target = target}).error().reason, std::string("connection-lost"));
        QCOMPARE(client.send({.target = "/down?size=5"})->body.size(), std::size_t{5});
    }
    void aDownloadThatCannotBeKeptFailsAsItsTaker() {
        const Streams streams;
        Client client = streams.client(false);
        Outgoing request{.target = "/down?size=" + std::to_string(gigabyte)};
        request.download = [](std::span<const std::byte>) -> Result<void> {
            return fail(Code::Unavailable, "disk-full", "The disk is full.");
        };
        QCOMPARE(client.send(request).error().reason, std::string("disk-full"));
        QCOMPARE(client.send({.target = "/down?size=5"})->body.size(), std::size_t{5});
        QTRY_COMPARE(streams.server->connections(), 1);  // the server has noticed that the first one is gone
    }
    void anAnswerThatIsLargerThanAllowedIsRefused() {
        const Streams streams;
        for (const char* blind : {"", "&blind=1"}) {
            Outgoing request{.target = std::string("/down?size=100001") + blind};
            request.mostAnswer = 100'000;
            QCOMPARE(streams.client(true).send(request).error().reason, std::string("bad-answer"));
        }
    }
    void aTransferIsCancelled() {
        const Streams streams;
        Client client = streams.client(true);
        Outgoing request{.target = "/down?size=" + std::to_string(gigabyte)};
        request.cancel.emplace();
        std::uint64_t seen = 0;
        request.download = [&](std::span<const std::byte> bytes) -> Result<void> {
            seen += bytes.size();
            if (seen > 1'000'000) request.cancel->cancel();
            return {};
        };
        QCOMPARE(client.send(request).error().reason, std::string("cancelled"));
        QVERIFY(seen < gigabyte);
    }
};

QTEST_GUILESS_MAIN(StreamsTest)
#include "streams_test.moc"
