// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Exit codes: distinct, documented, and every one of them can happen.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <map>
#include <set>

#include "app/cli/exit_codes.h"

using namespace contone::cli;

namespace {

QString textOf(const QString& path) {
    QFile file(path);
    if (!file.open(QFile::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

}  // namespace

class ExitCodesTest : public QObject {
    Q_OBJECT
  private slots:
    void numbersAndReasonsAreDistinct() {
        std::set<int> numbers{exitOk, exitInternal, exitUsage, exitSeveral};
        std::set<std::string_view> reasons;
        for (const ExitCode& e : exitCodes()) {
            QVERIFY2(numbers.insert(e.number).second, qPrintable(QString::number(e.number)));
            QVERIFY(reasons.insert(e.reason).second);
            QVERIFY(e.number < 126);  // above are the shell's own
        }
    }
    void theManualSaysTheSame() {
        std::map<int, QString> documented;
        const QString manual = textOf(CONTONE_SOURCE_DIR "/docs/cli.md");
        static const QRegularExpression row("^\\| (\\d+) \\| ([a-z0-9-]+) \\|", QRegularExpression::MultilineOption);
        for (auto it = row.globalMatch(manual); it.hasNext();) {
            const auto match = it.next();
            documented[match.captured(1).toInt()] = match.captured(2);
        }
        std::map<int, QString> built;
        for (const ExitCode& e : exitCodes())
            built[e.number] = QString::fromUtf8(e.reason.data(), static_cast<int>(e.reason.size()));
        QCOMPARE(documented.size(), built.size());
        for (const auto& [number, reason] : built) QCOMPARE(documented[number], reason);
    }
    void everyReasonIsUsedSomewhere() {
        QString sources;
        for (const char* folder : {"core", "icc", "printers", "app"}) {
            QDirIterator it(QString(CONTONE_SOURCE_DIR "/") + folder, {"*.cpp", "*.h"}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext())
                if (const QString path = it.next(); !path.endsWith("exit_codes.cpp")) sources += textOf(path);
        }
        for (const ExitCode& e : exitCodes()) {
            const QString quoted = '"' + QString::fromUtf8(e.reason.data(), static_cast<int>(e.reason.size())) + '"';
            QVERIFY2(sources.contains(quoted), qPrintable(quoted + " is never reported"));
        }
    }
};

QTEST_GUILESS_MAIN(ExitCodesTest)
#include "exit_codes_test.moc"
