// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Palette and style sheet. No colours: a tint at the edge of the eye shifts the white point of what is judged.
#include "ui/studio/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

#include "ui/studio/tokens.h"

namespace contone::studio {
namespace {

QPalette greys() {
    QPalette palette;
    palette.setColor(QPalette::Window, tokens::window);
    palette.setColor(QPalette::Base, tokens::base);
    palette.setColor(QPalette::AlternateBase, tokens::alternateBase);
    palette.setColor(QPalette::Button, tokens::button);
    palette.setColor(QPalette::Highlight, tokens::highlight);
    palette.setColor(QPalette::HighlightedText, tokens::text);
    palette.setColor(QPalette::Link, tokens::text);
    palette.setColor(QPalette::PlaceholderText, tokens::quiet);
    palette.setColor(QPalette::ToolTipBase, tokens::tip);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, tokens::text);
        palette.setColor(QPalette::Disabled, role, tokens::least);
    }
    return palette;
}

}  // namespace

void applyStyle(QApplication& application) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(greys());
    QFont font = QApplication::font();
    if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) font.setFamily(QStringLiteral("Inter"));
    font.setPixelSize(tokens::body);
    QApplication::setFont(font);
    application.setStyleSheet(QString::fromLatin1(tokens::styleSheet));
}

}  // namespace contone::studio
