// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Labels and headings.
#include "ui/studio/section.h"

#include <QFrame>

#include "ui/common/words.h"

namespace contone::studio {

QLabel* newLabel(const QString& text, const char* role) {
    QLabel* label = newLine(text, role);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel* newLine(const QString& text, const char* role) {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setObjectName(QString::fromLatin1(role));
    return label;
}

void setTip(QWidget* widget, const QString& text) {
    widget->setToolTip(ui::words::tip(text));
}

void addTitle(QVBoxLayout* layout, const QString& text) {
    layout->addWidget(newLine(text, "title"));
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
