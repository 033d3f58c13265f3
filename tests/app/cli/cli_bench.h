// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CliBench: the contone program in a home of its own, as a script runs it.
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "tests/places.h"

namespace contone::testing {

struct Outcome {
    int code = -1;
    QByteArray out, err;
    /// The one object on stdout; empty when stdout is anything else.
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    QString reason() const { return json()["error"].toObject()["reason"].toString(); }
};

inline QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

class CliBench {
  public:
    QString at(const QString& name) const { return m_dir.filePath(name); }
    Outcome run(const QStringList& arguments) const {
        QProcess process;
        process.start(contone::tests::programFolder + QString("/contone"),
                      QStringList{"--home", at("home")} + arguments);
        if (!process.waitForFinished(60000)) qFatal("contone did not end");
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

  private:
    QTemporaryDir m_dir;
};

}  // namespace contone::testing
