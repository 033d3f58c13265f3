// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Exit codes: distinct, documented, and every one of them can happen.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <map>
#include <set>

#include "app/host/exit_codes.h"
#include "tests/places.h"

using namespace contone::app;

namespace {

QString textOf(const QString& path) {
    QFile file(path);
    if (!file.open(QFile::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

/// All that can fail, in one text.
QString sources() {
    QString text;
    for (const char* folder : {"core", "icc", "printers", "app"}) {
        QDirIterator it((contone::tests::sourceFolder + QString("/")) + folder, {"*.cpp", "*.h"}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            if (const QString path = it.next();
                !path.endsWith("exit_codes.cpp") && !path.endsWith("enum_words.h"))  // tables of words, no failures
                text += textOf(path);
    }
    return text;
}

}  // namespace

class ExitCodesTest : public QObject {
    Q_OBJECT
  private slots:
    /// A number may stand for several reasons that ask the same of a person; none of them for success or a crash.
    void reasonsAreDistinctAndNumbersMeanAFailure() {
        const std::set<int> taken{exitOk, exitInternal, exitUsage, exitSeveral};
        std::set<std::string_view> reasons;
        for (const ExitCode& e : exitCodes()) {
            QVERIFY2(!taken.contains(e.number), qPrintable(QString::number(e.number)));
            QVERIFY(reasons.insert(e.reason).second);
            QVERIFY(e.number < 126 || (e.number > 192 && e.number < 255));  // between are the shell's own
        }
    }
    void theManualSaysTheSame() {
        std::set<std::pair<int, QString>> documented, built;
        const QString manual = textOf(contone::tests::sourceFolder + QString("/docs/cli.md"));
        static const QRegularExpression row("^\\| (\\d+) \\| ([a-z0-9-]+) \\|", QRegularExpression::MultilineOption);
        for (auto it = row.globalMatch(manual); it.hasNext();) {
            const auto match = it.next();
            documented.emplace(match.captured(1).toInt(), match.captured(2));
        }
        for (const ExitCode& e : exitCodes())
            built.emplace(e.number, QString::fromUtf8(e.reason.data(), static_cast<int>(e.reason.size())));
        QCOMPARE(documented.size(), built.size());
        for (const auto& [number, reason] : built) QVERIFY2(documented.contains({number, reason}), qPrintable(reason));
    }
    void everyReasonAPersonCanMeetHasANumber() {
        // Reasons that stay inside: between the two ends of the socket, in tests' own servers, or only when our own
        // code is wrong. Code::Internal needs no number: it is 1.
        const QSet<QString> inside{
            "already-planned", "sheet-not-of-job", "answer-lost", "bad-base64", "bad-copy", "bad-hash", "bad-http",
            "bad-quality", "bad-request", "bad-target", "bad-token", "body-too-large", "cancelled", "captures",
            "choices-json", "connection-lost", "document-already-sent", "event-out-of-order", "event-unreadable",
            "folder-closed", "header-too-large", "json-unreadable", "job-empty", "job-exists", "job-finished",
            "jpeg-8-bit-only", "line-unknown", "method-unknown", "no-capture", "no-free-port", "page-empty", "no-tile",
            "bad-address", "bad-certificate", "bad-picture", "port-denied", "port-in-use", "server-untrusted",
            "server-unstarted", "paper-unknown", "photo-no-preview", "private-dnssd", "private-scheduler",
            "program-missing", "pwg-corrupt", "pwg-unsupported", "queue-not-ready", "page-kind", "request-cut",
            "request-slow", "operation-unknown", "row-missing", "server-denied", "server-slow", "server-stopping",
            "server-unreachable", "sim-faults", "sim-job", "spool-damaged", "spool-unknown", "store-constraint",
            "test-page", "virtual-printer",
            // refused before by what reads templates and options
            "calendar-month", "calendar-too-tight", "mask-damaged", "mask-too-large", "text-resolution", "text-size",
            "text-least-size", "text-line-spacing", "text-letter-spacing", "text-box", "layout-photos",
            "stencil-missing", "stencil-damaged", "stencil-changed", "collage-iterations",
            // of what no command of ours asks for
            "bad-layout", "line-ambiguous", "layout-damaged", "project-changed", "project-damaged", "project-lines",
            "project-newer", "project-too-large", "project-unknown",
            // of keys, where our own code is wrong
            "name-taken", "text-too-long",
            // of the recovery key, for which no program asks yet
            // of parts of core/layout that no program asks yet
            "medium-size", "print-size", "print-too-large", "nesting-too-many", "nesting-effort"};
        QSet<QString> numbered, stale = inside;
        for (const ExitCode& e : exitCodes())
            numbered += QString::fromUtf8(e.reason.data(), static_cast<int>(e.reason.size()));
        static const QRegularExpression failing("Code::(?!Internal)[A-Za-z]+,\\s*\"([a-z0-9-]+)\"");
        QStringList missing;
        for (auto it = failing.globalMatch(sources()); it.hasNext();) {
            const QString reason = it.next().captured(1);
            stale.remove(reason);
            if (!numbered.contains(reason) && !inside.contains(reason) && !missing.contains(reason)) missing += reason;
        }
        QVERIFY2(stale.isEmpty(), qPrintable("nobody says any more: " + stale.values().join(" ")));
        QVERIFY2(missing.isEmpty(),
                 qPrintable("give these a number in app/host/exit_codes.cpp and docs/cli.md: " + missing.join(" ")));
    }
    void everyReasonIsUsedSomewhere() {
        const QString text = sources();
        for (const ExitCode& e : exitCodes()) {
            const QString quoted = '"' + QString::fromUtf8(e.reason.data(), static_cast<int>(e.reason.size())) + '"';
            QVERIFY2(text.contains(quoted), qPrintable(quoted + " is never reported"));
        }
    }
};

QTEST_GUILESS_MAIN(ExitCodesTest)
#include "exit_codes_test.moc"
