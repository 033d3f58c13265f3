// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Labels and headings.
#include "ui/studio/section.h"

#include <QFrame>

namespace contone::studio {

QLabel* newLabel(const QString& text, const char* role) {
    auto* label = new QLabel(text);
    label->setObjectName(QString::fromLatin1(role));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void addTitle(QVBoxLayout* layout, const QString& text) {
    auto* label = new QLabel(text);
    label->setObjectName(QStringLiteral("title"));
    layout->addWidget(label);
}

void addSection(QVBoxLayout* layout, const QString& text) {
    layout->addSpacing(7);
    auto* line = new QFrame;
    line->setObjectName(QStringLiteral("line"));
    layout->addWidget(line);
    layout->addSpacing(7);
    addTitle(layout, text);
}

void say(QLabel* label, const QString& text) {
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

}  // namespace contone::studio
