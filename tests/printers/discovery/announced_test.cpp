// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone printers find hears the printers that announce themselves: a real Avahi on a bus of its own, on loopback.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include "printers/virtual/private_dnssd.h"
#include "tests/places.h"
#include "tests/printers/fixtures/servers.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

class AnnouncedTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<OpenFolder> m_folder;
    std::optional<PrivateDnsSd> m_dnsSd;

    VirtualPrinterOptions announced(const std::string& name) const {
        auto options = printerOptions();
        options.name = name;
        options.announceOn = m_dnsSd->address();
        return options;
    }
    /// What the program finds; only it and the printers know of the bus.
    QJsonObject find(const QStringList& more = {}) const {
        QProcess program;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("HOME", QString::fromStdString(m_folder->path().string()));
        for (const auto& [name, value] : m_dnsSd->environment())
            environment.insert(QString::fromStdString(name), QString::fromStdString(value));
        program.setProcessEnvironment(environment);
        program.start(contone::tests::programFolder + QString("/contone"),
                      QStringList{"printers", "find", "--json", "--scheduler", "ipp://localhost:1/"} + more);
        if (!program.waitForFinished(90000)) qFatal("contone did not end");
        return QJsonDocument::fromJson(program.readAllStandardOutput()).object();
    }
    /// Those with this name: others may announce themselves on this computer.
    static QList<QJsonObject> named(const QJsonObject& found, const QString& name) {
        QList<QJsonObject> printers;
        for (const auto& each : found["printers"].toArray())
            if (each.toObject()["name"].toString() == name) printers.append(each.toObject());
        return printers;
    }
    static QByteArray text(const QJsonObject& object) { return QJsonDocument(object).toJson(); }

  private slots:
    void init() {
        m_folder = std::make_unique<OpenFolder>();
        auto dnsSd = PrivateDnsSd::start(m_folder->path() / "dnssd", programsFolder());
        CONTRACT_VERIFY(dnsSd);
        m_dnsSd.emplace(std::move(*dnsSd));
    }
    void cleanup() { m_dnsSd.reset(); }

    void aPrinterThatAnnouncesItselfIsFoundAndNoLongerWhenItIsGone() {
        const std::string own = std::to_string(::getpid());
        const QString window = QString::fromStdString("Window, left (" + own + ")"),
                      counter = QString::fromStdString("Counter " + own);
        auto first = VirtualPrinter::start(m_folder->path() / "first", announced(window.toStdString()));
        auto second = VirtualPrinter::start(m_folder->path() / "second", announced(counter.toStdString()));
        CONTRACT_VERIFY(first);
        CONTRACT_VERIFY(second);
        QJsonObject found;
        QVERIFY2(eventually([&] {  // Avahi takes a second to make sure that a name is free
                     found = find({"--ask", QString::fromStdString(second->uri())});
                     return named(found, window).size() == 1;
                 }),
                 text(found).constData());
        const QJsonObject printer = named(found, window).front();
        QCOMPARE(printer["where"].toString(), QString("network"));
        QCOMPARE(printer["makeAndModel"].toString(), QString("Contone Virtual Photo Printer"));
        // Encrypted, as it is offered both ways.
        QCOMPARE(printer["uri"].toString(), QString("ipps://localhost:%1/ipp/print").arg(first->port()));
        QVERIFY2(printer["formats"].toArray().contains("image/pwg-raster"), text(printer).constData());
        const QJsonObject setup = printer["suggestion"].toObject();
        QCOMPARE(setup["route"].toString(), QString("direct"));
        QCOMPARE(setup["uri"], printer["uri"]);
        QCOMPARE(setup["model"].toString(), QString("generic-ipp-photo"));
        // Heard as well as asked for by its address, it is one printer.
        QVERIFY2(named(found, counter).isEmpty(), text(found).constData());
        QCOMPARE(named(found, QString::fromStdString(second->uri())).size(), 1);
        first->stop();       // says goodbye
        second->killHard();  // cannot
        // RFC 6762, 10.1: what said goodbye is remembered for another second.
        std::this_thread::sleep_for(std::chrono::milliseconds(1500));
        QVERIFY2(eventually([&] {
                     found = find();
                     return named(found, window).isEmpty() && named(found, counter).isEmpty();
                 }),
                 text(found).constData());
    }

    void withoutAvahiItIsSaidThatNobodyListens() {
        m_dnsSd->stopAvahi();
        const auto found = find();
        QVERIFY2(text(found).contains("avahi-daemon does not run here"), text(found).constData());
    }
};

QTEST_GUILESS_MAIN(AnnouncedTest)
#include "announced_test.moc"
