// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone-guard as CUPS runs it, in front of a backend that only writes down how it was called.
#include <sys/stat.h>
#include <utime.h>

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"
#include "printers/guard/guard_uri.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::printers;

namespace {
constexpr const char* page = "contone-01a20062-5874-76fe-b95e-1290d1545c39";
constexpr const char* attempt = "01a20062-5874-76fe-b95e-1290d1545c39";
constexpr int backendHold = 3, backendStop = 4;  // cups/backend.h
}  // namespace

class GuardTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QTemporaryDir> m_dir;

    Path dir() const { return m_dir->path().toStdString(); }
    Path mark() const { return dir() / "state/started" / attempt; }
    GuardUri uri() const { return {(dir() / "state").string(), "note://printer/a b?x=1&y=2"}; }

    struct Outcome {
        int code = -1;
        QByteArray said, passed;  ///< standard error; what the backend behind noted
    };
    Outcome run(const QStringList& arguments, const std::string& device, const char* type = "image/pwg-raster") const {
        QProcess guard;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("CUPS_SERVERBIN", m_dir->path() + "/bin");
        environment.insert("NOTES", m_dir->path() + "/notes");
        environment.insert("CONTENT_TYPE", type);
        if (!device.empty()) environment.insert("DEVICE_URI", QString::fromStdString(device));
        guard.setProcessEnvironment(environment);
        QFile::remove(m_dir->path() + "/notes");
        guard.start(contone::tests::programFolder + QString("/contone-guard"), arguments);
        guard.closeWriteChannel();
        if (!guard.waitForFinished(10000)) return {};
        QFile notes(m_dir->path() + "/notes");
        return {guard.exitCode(), guard.readAllStandardError() + guard.readAllStandardOutput(),
                notes.open(QIODevice::ReadOnly) ? notes.readAll() : QByteArray()};
    }
    Outcome print(const QString& title = page, const QString& copies = "1") const {
        return run({"17", "anna", title, copies, "media=4x6", "page.pwg"}, uri().text());
    }

  private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QDir(m_dir->path()).mkpath("bin/backend");
        const Path backend = dir() / "bin/backend/note";
        const std::string script = "#!/bin/sh\necho \"$DEVICE_URI|$1|$2|$3|$4|$5|$6\" > \"$NOTES\"\ntest -e '" +
                                   mark().string() + "' && echo marked >> \"$NOTES\"\nexit 7\n";
        QVERIFY(writeFileDurably(backend, script));
        QVERIFY(::chmod(backend.c_str(), 0755) == 0);
    }

    void withoutArgumentsItListsItselfAsBackendsDo() {
        const auto outcome = run({}, "");
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.said, QByteArray("direct contone-guard \"Unknown\" \"Contone print guard\"\n"));
    }

    void aPageIsMarkedFirstThenPassedOnUnchanged() {
        const auto outcome = print();
        QCOMPARE(outcome.code, 7);  // the backend's own
        QCOMPARE(outcome.passed,
                 QByteArray("note://printer/a b?x=1&y=2|17|anna|") + page + "|1|media=4x6|page.pwg\nmarked\n");
    }

    void theBackendForIppNeedNotWaitForTheSheetOfOursAndWaitsForOthers() {
        std::filesystem::copy_file(dir() / "bin/backend/note", dir() / "bin/backend/ipp");
        const auto deviceOf = [&](const char* device, const QString& title) {
            std::filesystem::remove(mark());
            const auto outcome =
                run({"17", "anna", title, "1", "", "page.pwg"}, GuardUri{(dir() / "state").string(), device}.text());
            return outcome.passed.left(outcome.passed.indexOf('|'));
        };
        QCOMPARE(deviceOf("ipp://printer/ipp/print", page), QByteArray("ipp://printer/ipp/print?waitjob=false"));
        QCOMPARE(deviceOf("ipp://printer/ipp/print?x=1", page),
                 QByteArray("ipp://printer/ipp/print?x=1&waitjob=false"));
        QCOMPARE(deviceOf("ipp://printer/?waitjob=true", page), QByteArray("ipp://printer/?waitjob=true"));
        QCOMPARE(deviceOf("ipp://printer/ipp/print", "a letter"), QByteArray("ipp://printer/ipp/print"));
    }

    void aPageThatWasStartedIsHeldAndNothingIsPassedOn() {
        QCOMPARE(print().code, 7);
        const auto outcome = print();
        QCOMPARE(outcome.code, backendHold);
        QVERIFY(outcome.said.contains(QByteArray("ERROR: ") + std::string(guard_message::alreadyStarted).c_str()));
        QVERIFY(outcome.passed.isEmpty());
    }

    void aPageThatWentThroughAFilterIsHeldUnmarked() {
        const auto outcome = run({"17", "anna", page, "1", ""}, uri().text());  // no file: a filter's output on stdin
        QCOMPARE(outcome.code, backendHold);
        QVERIFY(outcome.said.contains("filter"));
        QVERIFY(outcome.passed.isEmpty());
        QVERIFY(!std::filesystem::exists(mark()));
    }

    void beforeADriverOnlyCupsRasterPasses() {
        GuardUri driven = uri();
        driven.pages = GuardUri::Pages::Driven;
        const QStringList filtered{"17", "anna", page, "1", ""};
        QCOMPARE(run(filtered, driven.text(), "application/pdf").code, backendHold);
        QCOMPARE(run(filtered + QStringList{"page.pwg"}, driven.text(), "application/vnd.cups-raster").code,
                 backendHold);  // a file: the driver did not run
        QVERIFY(!std::filesystem::exists(mark()));
        const auto outcome = run(filtered, driven.text(), "application/vnd.cups-raster");
        QCOMPARE(outcome.code, 7);
        QVERIFY(outcome.passed.endsWith("marked\n"));
        QCOMPARE(run(filtered, driven.text(), "application/vnd.cups-raster").code, backendHold);  // once
    }

    void moreThanOneCopyIsHeldUnmarked() {
        QCOMPARE(print(page, "2").code, backendHold);
        QVERIFY(!std::filesystem::exists(mark()));
    }

    void withoutAPlaceForItsMarkThePageIsHeld() {
        QVERIFY(writeFileDurably(dir() / "state", std::string_view("a file, not a folder")));
        const auto outcome = print();
        QCOMPARE(outcome.code, backendHold);
        QVERIFY(outcome.said.contains("disk"));
        QVERIFY(outcome.passed.isEmpty());
    }

    void marksBehindALinkAreNoMarks() {
        QDir(m_dir->path()).mkpath("state");
        QDir(m_dir->path()).mkpath("elsewhere");
        QVERIFY(QFile::link(m_dir->path() + "/elsewhere", m_dir->path() + "/state/started"));
        const auto outcome = print();
        QCOMPARE(outcome.code, backendHold);
        QVERIFY(outcome.passed.isEmpty());
        QVERIFY(QDir(m_dir->path() + "/elsewhere").isEmpty());
    }

    void aLinkInThePlaceOfAMarkIsAMark() {
        QDir(m_dir->path()).mkpath("state/started");
        QVERIFY(QFile::link(m_dir->path() + "/victim", QString::fromStdString(mark().string())));
        QCOMPARE(print().code, backendHold);
        QVERIFY(!QFile::exists(m_dir->path() + "/victim"));  // nothing was written through it
    }

    // CUPS runs usb and lpd as root, the guard as lp: then even exec fails, of a file that nobody may run also for
    // root.
    void aBackendThatOnlyRootMayRunIsSaidToNeedIt() {
        QVERIFY(::chmod((dir() / "bin/backend/note").c_str(), 0644) == 0);
        const auto outcome = print();
        QCOMPARE(outcome.code, backendStop);
        QVERIFY2(outcome.said.contains("needs root. Run: chmod 0700"), outcome.said.constData());
    }

    void jobsOfOthersPassUnguarded() {
        for (const char* title :
             {"holiday.pdf", "contone-", "contone-01a20062-5874-76fe-b95e-1290d1545c3",
              "contone-../../../../etc/passwd-and-more-x", "contone-01A20062-5874-76FE-B95E-1290D1545C39"})
            for (int i = 0; i < 2; ++i) QCOMPARE(print(title, "2").code, 7);
        QVERIFY(!std::filesystem::exists(dir() / "state/started"));
    }

    void aBadDeviceUriStopsTheQueue() {
        for (const std::string bad : {"contone-guard:", "contone-guard://host/x?to=ipp%3A%2F%2Fp",
                                      "contone-guard:/s?to=", "ipp://p/", "contone-guard:/s?to=nothing"})
            QCOMPARE(run({"17", "anna", page, "1", "", "page.pwg"}, bad).code, backendStop);
        const GuardUri nobody{(dir() / "state").string(), "missing-backend://p/"};
        QCOMPARE(run({"17", "anna", "theirs", "1", "", "page.pwg"}, nobody.text()).code, backendStop);
    }

    void oldMarksAreRemovedAndYoungOnesKept() {
        QCOMPARE(print().code, 7);
        const Path old = dir() / "state/started/01900000-0000-7000-8000-000000000000";
        QVERIFY(writeFileDurably(old, std::string_view("job 1\n")));
        const auto age = [](const Path& path, int days) {
            const std::time_t then = std::time(nullptr) - days * 86400L;
            const utimbuf times{then, then};
            return ::utime(path.c_str(), &times) == 0;
        };
        QVERIFY(age(old, 91));
        QVERIFY(age(mark(), 89));
        QVERIFY(age(dir() / "state/pruned", 2));  // looked two days ago
        QCOMPARE(print("contone-01a20062-0000-7000-8000-000000000001").code, 7);
        QVERIFY(!std::filesystem::exists(old));
        QVERIFY(std::filesystem::exists(mark()));
    }

    void urisReadBackAsTheyWereWritten() {
        for (const GuardUri& guard :
             {GuardUri{"/var/lib/contone-guard", "ipp://printer.local:631/ipp/print"},
              GuardUri{"/var/lib/contone-guard", "gutenprint53+usb://dnp-ds620/DS6C12345&pages=driver",
                       GuardUri::Pages::Driven},
              GuardUri{"/a b/ü?x", "ipps://[fe80::1]/ipp/print?waitjob=false&x=%20"},
              GuardUri{"/s", "gutenprint53+usb://dnp-ds620/DS6X51234567"}}) {
            const auto read = GuardUri::parse(guard.text());
            QVERIFY2(read.has_value(), guard.text().c_str());
            QVERIFY(*read == guard);
            QCOMPARE(guard.text().find('@'), std::string::npos);
        }
    }

    void urisThatHideSomethingAreRefused() {
        for (const char* bad :
             {"contone-guard:/s?to=ipp%3A%2F%2Fuser%3Apass%40printer%2F", "contone-guard:/s?to=contone-guard%3A%2Fx",
              "contone-guard:/s%00x?to=ipp%3A%2F%2Fp", "contone-guard:/s?to=..%2Fevil%3Ax", "contone-guard:/s?to=%4",
              "contone-guard:/?to=ipp%3A%2F%2Fp", "contone-guard:relative?to=ipp%3A%2F%2Fp"})
            QVERIFY2(!GuardUri::parse(bad), bad);
    }
};

QTEST_GUILESS_MAIN(GuardTest)
#include "guard_test.moc"
