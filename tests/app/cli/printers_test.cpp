// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone printers find and install against a real scheduler: what they say, what they change, and how they refuse.
#include <unistd.h>

#include <QJsonArray>

#include "tests/app/cli/cli_bench.h"
#include "tests/printers/fixtures/servers.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;
using contone::testing::CliBench;
using contone::testing::Outcome;
using Administration = SchedulerOptions::Administration;

class CliPrintersTest : public QObject {
    Q_OBJECT
    std::unique_ptr<OpenFolder> m_folder;
    std::unique_ptr<CliBench> m_cli;
    std::optional<PrivateScheduler> m_scheduler;
    std::optional<VirtualPrinter> m_printer;

    /// Starts it, or again with other settings: its queues stay.
    Result<void> schedule(Administration administration = Administration::Open) {
        auto options = schedulerOptions();
        options.administration = administration;
        m_scheduler.reset();
        CONTONE_TRY(m_scheduler, PrivateScheduler::start(m_folder->path() / "cups", options));
        return {};
    }
    Result<void> startPrinter(const VirtualPrinterOptions& options = printerOptions()) {
        CONTONE_TRY(m_printer, VirtualPrinter::start(m_folder->path() / "printer", options));
        return {};
    }
    QStringList atScheduler() const {
        return {"--scheduler", QString("ipp://localhost:%1/").arg(m_scheduler->port()), "--json"};
    }
    Outcome find(const QStringList& more = {}) const {
        return m_cli->run(QStringList{"printers", "find", "--listen", "0"} + more + atScheduler());
    }
    Outcome install(const QString& device, const QStringList& more = {}, const QString& name = "photo") const {
        return m_cli->run(QStringList{"printers", "install", "--device", device, "--guard-folder",
                                      QString::fromStdString(m_scheduler->guardState().string())} +
                          more + atScheduler() + QStringList{"--", name});
    }
    QString device() const { return QString::fromStdString(m_printer->uri()); }
    static QByteArray text(const QJsonValue& value) {
        return QJsonDocument(QJsonObject{{"value", value}}).toJson(QJsonDocument::Compact);
    }

  private slots:
    void init() {
        m_folder = std::make_unique<OpenFolder>();
        m_cli = std::make_unique<CliBench>();
    }
    void cleanup() {
        m_scheduler.reset();
        m_printer.reset();
    }

    void aQueueIsMadeOnceThenFoundSetUpAndVerified() {
        CONTRACT_VERIFY(startPrinter());
        CONTRACT_VERIFY(schedule());
        const Outcome made = install(device());
        QVERIFY2(made.code == 0, made.err.constData());
        const QJsonObject queue = made.json()["queue"].toObject();
        QVERIFY(!queue["done"].toArray().isEmpty());
        QVERIFY2(queue["todo"].toArray().isEmpty(), text(queue["todo"]).constData());
        const Outcome again = install(device());
        QVERIFY2(again.json()["queue"].toObject()["done"].toArray().isEmpty(), again.out.constData());
        QVERIFY2(again.err.contains("Nothing had to be changed."), again.err.constData());
        // What somebody broke is put right, and that alone.
        const std::string server = "localhost:" + std::to_string(m_scheduler->port());
        CONTRACT_VERIFY(ChildProcess::run("lpadmin",
                                          {"-h", server, "-p", "photo", "-o", "printer-error-policy=stop-printer"},
                                          m_folder->path() / "l"));
        QCOMPARE(install(device()).json()["queue"].toObject()["done"].toArray().size(), 1);
        const Outcome found = find();
        QCOMPARE(found.code, 0);
        const QJsonArray printers = found.json()["printers"].toArray();
        QVERIFY2(printers.size() == 1, found.out.constData());
        const QJsonObject setup = printers[0].toObject()["suggestion"].toObject();
        // The line that is shown is the one to type.
        const QByteArray line = "contone setup add NAME --route queue --uri " + setup["uri"].toString().toUtf8() +
                                " --model generic-ipp-photo --medium 4x6 --finish glossy";
        QVERIFY2(found.err.contains(line), found.err.constData());
        QStringList typed = QString::fromUtf8(line).split(' ').mid(1);
        typed[2] = "counter";
        QCOMPARE(m_cli->run(typed).code, 0);
        const Outcome verified = m_cli->run({"setup", "verify", "counter", "--json"});
        QVERIFY2(verified.code == 0, verified.err.constData());
        const QJsonObject proof = verified.json()["setup"].toObject()["verification"].toObject();
        QVERIFY(proof["passed"].toBool() && !proof["atLeastOnce"].toBool());
    }

    void withoutTheGuardTheQueueIsLabelledAtLeastOnce() {
        CONTRACT_VERIFY(startPrinter());
        CONTRACT_VERIFY(schedule());
        std::filesystem::remove(m_folder->path() / "cups/bin/backend/contone-guard");
        const Outcome made = install(device());
        QCOMPARE(made.code, 0);
        QVERIFY2(text(made.json()["queue"].toObject()["todo"]).contains("/usr/lib/cups/backend/contone-guard"),
                 made.out.constData());
        const QString uri = QString::fromStdString(m_scheduler->uri("photo"));
        QCOMPARE(m_cli
                     ->run({"setup", "add", "counter", "--route", "queue", "--uri", uri, "--model", "generic-ipp-photo",
                            "--medium", "4x6"})
                     .code,
                 0);
        const Outcome verified = m_cli->run({"setup", "verify", "counter"});
        QCOMPARE(verified.code, 0);
        QVERIFY2(verified.out.contains("verified, but at-least-once"), verified.out.constData());
        const QJsonObject setup = m_cli->run({"setup", "list", "--json"}).json()["setups"].toArray()[0].toObject();
        QVERIFY(setup["verification"].toObject()["atLeastOnce"].toBool());
    }

    void aSchedulerThatLetsUsChangeNoQueuesIsToldFromAPrinterThatRefuses() {
        CONTRACT_VERIFY(startPrinter());
        CONTRACT_VERIFY(schedule());
        QCOMPARE(install(device()).code, 0);
        CONTRACT_VERIFY(schedule(Administration::Asked));
        const Outcome refused = install(device(), {}, "another");
        QCOMPARE(refused.reason(), QString("admin-denied"));
        QCOMPARE(refused.code, 219);
        QVERIFY2(refused.err.contains("group lpadmin"), refused.err.constData());
        // The queue verifies, but for the test page.
        const QString uri = QString::fromStdString(m_scheduler->uri("photo"));
        QCOMPARE(m_cli
                     ->run({"setup", "add", "counter", "--route", "queue", "--uri", uri, "--model", "generic-ipp-photo",
                            "--medium", "4x6"})
                     .code,
                 0);
        const Outcome verified = m_cli->run({"setup", "verify", "counter"});
        QVERIFY2(verified.code == 0, verified.err.constData());
        QVERIFY2(verified.out.contains("No test page was compared: the print system does not let Contone make a queue"),
                 verified.out.constData());
    }

    // CUPS as it comes: it asks, and leaves a certificate for root and administrators on the same computer.
    void administratorsAreKnownByTheCertificateThatCupsLeavesThem() {
        auto options = printerOptions();
        options.formats = VirtualPrinterOptions::Formats::PwgAndUrf;  // its driver is sent back with a line more
        CONTRACT_VERIFY(startPrinter(options));
        CONTRACT_VERIFY(schedule(Administration::Asked));
        QCOMPARE(install(device()).code, 219);
        // What needs no right is shown all the same.
        const QJsonObject found = find({"--ask", device()}).json();
        QCOMPARE(found["printers"].toArray().size(), 1);
        QVERIFY2(text(found["troubles"]).contains("cables"), text(found["troubles"]).constData());
        qputenv("CUPS_STATEDIR", m_scheduler->stateFolder().c_str());
        const Outcome made = install(device());
        if (::geteuid() != 0) {  // only a scheduler that runs as root leaves a certificate
            QVERIFY(!std::filesystem::exists(m_scheduler->stateFolder() / "certs" / "0"));
            QCOMPARE(made.code, 219);
            qunsetenv("CUPS_STATEDIR");
            return;
        }
        QVERIFY2(made.code == 0, made.err.constData());
        QVERIFY(made.json()["queue"].toObject()["done"].toArray().size() >= 2);
        QVERIFY2(find().json()["troubles"].toArray().isEmpty(), find().out.constData());
        qunsetenv("CUPS_STATEDIR");
    }

    void failuresHaveTheirNumbers_data() {
        QTest::addColumn<QString>("device");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("name");
        const QStringList none;
        const QString printer = "ipp://localhost:1/ipp/print", usb = "gutenprint53+usb://dnp-ds620/1";
        QTest::newRow("nobody there") << printer << none << 80 << "photo";
        QTest::newRow("unknown driver") << usb << QStringList{"--driver", "dnp-ds9999"} << 109 << "photo";
        QTest::newRow("no IPP, no driver") << usb << none << 49 << "photo";
        QTest::newRow("no address") << "printer" << none << 49 << "photo";
        QTest::newRow("blank") << "ipp://localhost:1/ipp print" << none << 49 << "photo";
        QTest::newRow("quote") << "ipp://localhost:1/'ipp" << none << 49 << "photo";
        QTest::newRow("escape") << "ipp://localhost:1/%zz" << none << 49 << "photo";
        // A line of printers.conf of their own, if CUPS let it through.
        QTest::newRow("line") << usb + "\nErrorPolicy stop-printer" << QStringList{"--driver", "dnp-ds620"} << 49
                              << "photo";
        QTest::newRow("name with a blank") << printer << none << 17 << "two words";
        QTest::newRow("name like an option") << printer << none << 17 << "-p";
        QTest::newRow("name like a command") << printer << none << 17 << "a;reboot";
        QTest::newRow("no whole path") << printer << QStringList{"--guard-folder", "marks"} << 220 << "photo";
        QTest::newRow("no scheduler") << printer << QStringList{"--scheduler", "ipp://localhost:1/"} << 80 << "photo";
    }
    void failuresHaveTheirNumbers() {
        QFETCH(QString, device);
        QFETCH(QStringList, more);
        QFETCH(int, code);
        QFETCH(QString, name);
        CONTRACT_VERIFY(schedule());
        QStringList arguments{"printers", "install", "--json", "--device", device};
        if (!more.contains("--guard-folder"))
            arguments += {"--guard-folder", QString::fromStdString(m_scheduler->guardState().string())};
        if (!more.contains("--scheduler"))
            arguments += {"--scheduler", QString("ipp://localhost:%1/").arg(m_scheduler->port())};
        const Outcome done = m_cli->run(arguments + more + QStringList{"--", name});
        QVERIFY2(done.code == code, done.err.constData());
        QVERIFY(!done.reason().isEmpty());
        const std::string kept =
            readTextFile(m_folder->path() / "cups/etc/printers.conf", 1 << 20).value_or(std::string());
        QVERIFY2(kept.find("DeviceURI") == std::string::npos, kept.c_str());  // nothing half-made
    }
};

QTEST_GUILESS_MAIN(CliPrintersTest)
#include "printers_test.moc"
