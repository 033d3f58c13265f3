// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TCP and TLS: who is at the other end, on both sides, and who is not let in.
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>

#include "tests/core/http/certificates.h"
#include "tests/core/http/http_fixture.h"
#include "tests/core/http/peak_memory.h"

using namespace contone;
using namespace contone::http;

namespace {

/// Says who asks. /echo: the body.
class WhoHandler final : public Handler {
  public:
    Response handle(const Request& request, BodyReader& body, const CancelToken&) override {
        ++requests;
        const Peer& peer = request.peer;
        if (request.target.segments.front() == "echo") {
            auto text = body.text(100u << 20);
            return text ? Response{200, "text/plain", std::move(*text)} : failure(text.error());
        }
        const char* transports[] = {"unix", "tcp", "tls"};
        return {200, "text/plain",
                std::string(transports[static_cast<int>(peer.transport)]) + " " + peer.address + " " +
                    (peer.certificate ? peer.certificate->toString() : "none")};
    }
    Response failure(const Error& error) override { return {400, "text/plain", error.reason}; }
    std::atomic<int> requests{0};
};

/// An authority, a server's certificate, and servers with it.
struct Shop {
    QTemporaryDir temporary;
    Path folder = temporary.path().toStdString();
    Certificate authority{folder, "authority", "", nullptr};
    Certificate own{folder, "server", "DNS:localhost,IP:127.0.0.1,IP:::1", &authority};
    Certificate device{folder, "device", "", &authority};
    WhoHandler handler;
    std::unique_ptr<Server> server;

    std::string start(ServerTls tls, const std::string& address = "127.0.0.1") {
        auto started = Server::start({TcpEndpoint{address, 0, std::move(tls)}}, handler, {});
        if (!started) return started.error().reason;
        server = std::move(*started);
        return "started";
    }
    ServerTls settings(ClientCertificates clients = ClientCertificates::NotAsked) const {
        return {own.file, own.key, clients, authority.file};
    }
    std::string ask(const ClientTls& tls, const std::string& host = "localhost") const {
        return textOf(Client(Address(TcpAddress{host, server->port(0), tls})).send({.target = "/who"}));
    }
    static std::string textOf(const Result<Response>& answer) { return answer ? answer->body : answer.error().reason; }
};

}  // namespace

class TlsTest : public QObject {
    Q_OBJECT
  private slots:
    void aPeerOverTcpIsKnownByItsAddress_data() {
        QTest::addColumn<QByteArray>("listen");
        QTest::addColumn<QByteArray>("connect");
        QTest::addColumn<QByteArray>("seen");
        QTest::newRow("IPv4") << QByteArray("127.0.0.1") << QByteArray("127.0.0.1") << QByteArray("tcp 127.0.0.1 none");
        QTest::newRow("IPv6") << QByteArray("::1") << QByteArray("::1") << QByteArray("tcp ::1 none");
        QTest::newRow("IPv4 at both") << QByteArray("::") << QByteArray("127.0.0.1")
                                      << QByteArray("tcp 127.0.0.1 none");
        QTest::newRow("a name") << QByteArray("127.0.0.1") << QByteArray("localhost")
                                << QByteArray("tcp 127.0.0.1 none");
    }
    void aPeerOverTcpIsKnownByItsAddress() {
        QFETCH(QByteArray, listen);
        QFETCH(QByteArray, connect);
        QFETCH(QByteArray, seen);
        WhoHandler handler;
        const auto server = Server::start({TcpEndpoint{listen.toStdString()}}, handler, {});
        QVERIFY(server);
        QVERIFY((*server)->port(0) != 0);
        Client client(Address(TcpAddress{connect.toStdString(), (*server)->port(0)}));
        for (int i = 0; i < 3; ++i) QCOMPARE(Shop::textOf(client.send({.target = "/who"})), seen.toStdString());
        QCOMPARE((*server)->connections(), 1);
    }
    void aPortThatIsTakenAndAnAddressThatIsNoneAreToldApart() {
        WhoHandler handler;
        const auto first = Server::start({TcpEndpoint{}}, handler, {});
        QVERIFY(first);
        const auto reason = [&](const TcpEndpoint& endpoint) {
            const auto server = Server::start({endpoint}, handler, {});
            return server ? "started" : server.error().reason;
        };
        QCOMPARE(reason({"127.0.0.1", (*first)->port(0)}), std::string("port-in-use"));
        QCOMPARE(reason({"localhost", 0}), std::string("bad-address"));
        QCOMPARE(reason({"192.0.2.1", 0}), std::string("bad-address"));
        const std::uint16_t port = (*first)->port(0);
        (*first)->stop();
        QCOMPARE(Shop::textOf(Client(Address(TcpAddress{"127.0.0.1", port})).send({})),
                 std::string("server-unreachable"));
        QCOMPARE(reason({"127.0.0.1", port}), std::string("started"));
    }
    void aNameThatDoesNotExistIsUnreachable() {
        const TcpAddress nowhere{"no-such-host.invalid", 80};
        QCOMPARE(Shop::textOf(Client(Address(nowhere)).send({})), std::string("server-unreachable"));
    }
    void aServerIsKnownByItsAuthorityAndName() {
        Shop shop;
        QCOMPARE(shop.start(shop.settings()), std::string("started"));
        const ClientTls trusting{.authority = shop.authority.file};
        QCOMPARE(shop.ask(trusting), std::string("tls 127.0.0.1 none"));
        QCOMPARE(shop.ask(trusting, "127.0.0.1"), std::string("tls 127.0.0.1 none"));
        QCOMPARE(shop.ask({.authority = shop.authority.file, .name = "hub.example"}), std::string("server-untrusted"));
        QCOMPARE(shop.ask({.authority = shop.authority.file, .name = "127.0.0.2"}), std::string("server-untrusted"));
        const Certificate stranger(shop.folder, "stranger", "", nullptr);
        QCOMPARE(shop.ask({.authority = stranger.file}), std::string("server-untrusted"));
        QCOMPARE(shop.ask({}), std::string("server-untrusted"));  // the system trusts no authority of a test
    }
    void aServerIsKnownByItsFingerprint() {
        Shop shop;
        QCOMPARE(shop.start(shop.settings()), std::string("started"));
        QCOMPARE(shop.ask({.pinned = shop.own.fingerprint, .name = "any"}), std::string("tls 127.0.0.1 none"));
        const int before = shop.handler.requests;
        QCOMPARE(shop.ask({.pinned = shop.device.fingerprint}), std::string("server-untrusted"));
        QCOMPARE(shop.ask({.authority = shop.authority.file, .pinned = shop.device.fingerprint}),
                 std::string("server-untrusted"));
        QCOMPARE(shop.handler.requests.load(), before);  // it heard nothing of a client that does not trust it
    }
    void anExpiredServerIsNotTrusted() {
        Shop shop;
        const Certificate old(shop.folder, "old", "DNS:localhost", &shop.authority, -1);
        QCOMPARE(shop.start({old.file, old.key}), std::string("started"));
        QCOMPARE(shop.ask({.authority = shop.authority.file}), std::string("server-untrusted"));
        QCOMPARE(shop.ask({.pinned = old.fingerprint}), std::string("tls 127.0.0.1 none"));
    }
    void aClientIsReportedByItsFingerprint() {
        Shop shop;
        QCOMPARE(shop.start(shop.settings(ClientCertificates::Reported)), std::string("started"));
        const Certificate own(shop.folder, "self-made", "", nullptr);
        const Path& ca = shop.authority.file;
        QCOMPARE(shop.ask({.authority = ca, .certificate = own.file, .key = own.key}),
                 "tls 127.0.0.1 " + own.fingerprint.toString());
        QCOMPARE(shop.ask({.authority = ca}), std::string("tls 127.0.0.1 none"));
        // The certificate of another without its key proves nothing.
        QCOMPARE(shop.ask({.authority = ca, .certificate = shop.device.file, .key = own.key}),
                 std::string("bad-certificate"));
    }
    void aClientMustBeSignedByTheAuthorityWhereThatIsAsked() {
        Shop shop;
        QCOMPARE(shop.start(shop.settings(ClientCertificates::SignedByCa)), std::string("started"));
        const Certificate own(shop.folder, "self-made", "", nullptr);
        const Certificate old(shop.folder, "old-device", "", &shop.authority, -1);
        const Path& ca = shop.authority.file;
        QCOMPARE(shop.ask({.authority = ca, .certificate = shop.device.file, .key = shop.device.key}),
                 "tls 127.0.0.1 " + shop.device.fingerprint.toString());
        QCOMPARE(shop.ask({.authority = ca}), std::string("tls 127.0.0.1 none"));
        const int before = shop.handler.requests;
        QCOMPARE(shop.ask({.authority = ca, .certificate = own.file, .key = own.key}), std::string("server-denied"));
        QCOMPARE(shop.ask({.authority = ca, .certificate = old.file, .key = old.key}), std::string("server-denied"));
        QCOMPARE(shop.handler.requests.load(), before);
    }
    void filesThatCannotBeUsedAreNamed() {
        Shop shop;
        std::ofstream(shop.folder / "rubbish.pem") << "rubbish";
        QCOMPARE(shop.start({shop.own.file, shop.device.key}), std::string("bad-certificate"));
        QCOMPARE(shop.start({shop.folder / "none.pem", shop.own.key}), std::string("bad-certificate"));
        QCOMPARE(shop.start({shop.folder / "rubbish.pem", shop.own.key}), std::string("bad-certificate"));
        QCOMPARE(shop.start({shop.own.file, shop.own.key, ClientCertificates::SignedByCa, shop.folder / "none.pem"}),
                 std::string("bad-certificate"));
    }
    void versionsBefore12AreRefused_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("1.1") << TLS1_1_VERSION << false;
        QTest::newRow("1.2") << TLS1_2_VERSION << true;
        QTest::newRow("1.3") << TLS1_3_VERSION << true;
    }
    void versionsBefore12AreRefused() {
        QFETCH(int, version);
        QFETCH(bool, isTaken);
        Shop shop;
        QCOMPARE(shop.start(shop.settings()), std::string("started"));
        const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
        SSL_CTX_set_min_proto_version(context.get(), version);
        SSL_CTX_set_max_proto_version(context.get(), version);
        SSL_CTX_set_security_level(context.get(), 0);  // or OpenSSL itself would not offer 1.1
        const std::shared_ptr<SSL> ssl(SSL_new(context.get()), SSL_free);
        const BareSocket socket(shop.server->port(0));
        SSL_set_fd(ssl.get(), socket.fd());
        QCOMPARE(SSL_connect(ssl.get()) == 1, isTaken);
        if (isTaken) QCOMPARE(SSL_version(ssl.get()), version);
    }
    void whoSpeaksNoTlsIsCutOffAndTheOthersGoOn() {
        Shop shop;
        QCOMPARE(shop.start(shop.settings()), std::string("started"));
        const BareSocket plain(shop.server->port(0));
        plain.say("GET /who HTTP/1.1\r\n\r\n");
        QVERIFY(plain.hearAll().find("HTTP") == std::string::npos);
        QCOMPARE(shop.ask({.authority = shop.authority.file}), std::string("tls 127.0.0.1 none"));
        // And a client of TLS that meets a server without.
        WhoHandler handler;
        const auto bare = Server::start({TcpEndpoint{}}, handler, {});
        const TcpAddress address{"localhost", (*bare)->port(0), ClientTls{.authority = shop.authority.file}};
        QCOMPARE(Shop::textOf(Client(Address(address)).send({})), std::string("server-unreachable"));
    }
    void aClientThatNeverShakesHandsIsClosed() {
        Shop shop;
        ServerLimits limits = quickLimits();
        const auto server = Server::start({TcpEndpoint{"127.0.0.1", 0, shop.settings()}}, shop.handler, {}, limits);
        const BareSocket silent((*server)->port(0));
        QTRY_COMPARE((*server)->connections(), 1);
        QCOMPARE(silent.hearAll(), std::string());
        QTRY_COMPARE((*server)->connections(), 0);
    }
    void clientsThatWaitWithTlsCostLittle() {
        constexpr int crowd = 200;
        Shop shop;
        QCOMPARE(shop.start(shop.settings()), std::string("started"));
        const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
        SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
        std::vector<BareSocket> sockets;
        std::vector<std::shared_ptr<SSL>> sessions;
        const PeakMemory memory;
        for (int i = 0; i < crowd; ++i) {
            const BareSocket& socket = sockets.emplace_back(shop.server->port(0));
            const auto& ssl = sessions.emplace_back(SSL_new(context.get()), SSL_free);
            SSL_set_fd(ssl.get(), socket.fd());
            QCOMPARE(SSL_connect(ssl.get()), 1);
            const std::string_view request = "GET /who HTTP/1.1\r\n\r\n";
            QCOMPARE(SSL_write(ssl.get(), request.data(), static_cast<int>(request.size())),
                     static_cast<int>(request.size()));
            char heard[1000];
            QVERIFY(SSL_read(ssl.get(), heard, sizeof heard) > 0);
        }
        QCOMPARE(shop.server->connections(), crowd);
        const long each = memory.grownKb() / crowd;
        qInfo("%ld kB a connection, both ends together", each);
        QVERIFY(each < 100 * memoryFactor);
    }
    void largeBodiesPassBothWays() {
        Shop shop;
        QCOMPARE(shop.start(shop.settings()), std::string("started"));
        std::string body(20'000'000, '\0');
        for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 2654435761u >> 13);
        Client client(
            Address(TcpAddress{"localhost", shop.server->port(0), ClientTls{.authority = shop.authority.file}}));
        for (int i = 0; i < 2; ++i) {
            const auto answer = client.send({.method = "POST", .target = "/echo", .body = body});
            QVERIFY2(answer, answer ? "" : answer.error().detail.c_str());
            QVERIFY(answer->body == body);
        }
        QCOMPARE(shop.server->connections(), 1);
    }
    void oneServerListensAtAllKindsOfEndpoint() {
        Shop shop;
        const Path socket = shop.folder / "s";
        const auto server = Server::start(
            {UnixEndpoint{socket}, TcpEndpoint{}, TcpEndpoint{"127.0.0.1", 0, shop.settings()}}, shop.handler, {});
        QVERIFY(server);
        QCOMPARE((*server)->port(0), std::uint16_t{0});
        const ClientTls tls{.authority = shop.authority.file};
        QCOMPARE(Shop::textOf(Client(socket).send({})), std::string("unix  none"));
        QCOMPARE(Shop::textOf(Client(Address(TcpAddress{"127.0.0.1", (*server)->port(1)})).send({})),
                 std::string("tcp 127.0.0.1 none"));
        QCOMPARE(Shop::textOf(Client(Address(TcpAddress{"127.0.0.1", (*server)->port(2), tls})).send({})),
                 std::string("tls 127.0.0.1 none"));
    }
};

QTEST_GUILESS_MAIN(TlsTest)
#include "tls_test.moc"
