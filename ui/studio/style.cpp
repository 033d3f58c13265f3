// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Palette and style sheet. No colours: a tint at the edge of the eye shifts the white point of what is judged.
#include "ui/studio/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

namespace contone::studio {
namespace {

constexpr auto kSheet = R"(
QWidget { color: #e4e4e4; }
QMainWindow, QWidget#panel, QStatusBar { background: #2b2b2b; }
QWidget#bar { background: #333333; }
QScrollArea, QScrollArea > QWidget > QWidget { background: #2b2b2b; border: none; }
QLabel#title { color: #9c9c9c; font-weight: 600; font-size: 11px; letter-spacing: 1px; }
QLabel#strong { font-size: 15px; font-weight: 600; }
QLabel#quiet { color: #a8a8a8; }
QLabel#warning { background: #3d3d3d; border-left: 3px solid #e4e4e4; padding: 8px 10px; }
QFrame#question { background: #444444; border: 1px solid #8a8a8a; border-radius: 6px; }
QFrame#card { background: #333333; border: 1px solid #404040; border-radius: 6px; }
QFrame#line { background: #3c3c3c; border: none; max-height: 1px; min-height: 1px; }
QStatusBar { color: #a8a8a8; border-top: 1px solid #3c3c3c; }
QStatusBar QLabel { color: #a8a8a8; padding: 3px 6px; }
QStatusBar::item { border: none; }
QPushButton, QToolButton {
    background: #444444; border: 1px solid #585858; border-radius: 5px; padding: 6px 10px; min-height: 18px;
}
QPushButton:hover, QToolButton:hover { background: #4f4f4f; }
QPushButton:pressed, QToolButton:pressed { background: #3a3a3a; }
QFrame#question QPushButton { background: #505050; border-color: #6a6a6a; }
QFrame#question QPushButton:hover { background: #5c5c5c; }
QStatusBar QPushButton { padding: 2px 10px; margin: 2px 8px 2px 4px; }
QPushButton:checked, QToolButton:checked { background: #d6d6d6; color: #1c1c1c; border-color: #d6d6d6; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QSpinBox:focus, QLineEdit:focus { border: 1px solid #c8c8c8; }
QPushButton:disabled, QToolButton:disabled { color: #7d7d7d; background: #363636; border-color: #404040; }
QPushButton#primary { background: #e4e4e4; color: #1c1c1c; border-color: #e4e4e4; font-weight: 600; }
QPushButton#primary:hover { background: #f4f4f4; }
QPushButton#primary:disabled { background: #3c3c3c; color: #858585; border-color: #484848; }
QComboBox, QSpinBox, QLineEdit {
    background: #3a3a3a; border: 1px solid #555555; border-radius: 5px; padding: 5px 8px; min-height: 20px;
}
QComboBox:disabled, QSpinBox:disabled { color: #7d7d7d; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(:/contone/down.svg); width: 12px; height: 12px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; background: transparent; width: 26px; }
QSpinBox::up-arrow { image: url(:/contone/up.svg); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url(:/contone/down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: #3a3a3a; selection-background-color: #5c5c5c; padding: 4px; outline: 0; }
QCheckBox { spacing: 9px; }
QCheckBox::indicator { width: 15px; height: 15px; border: 1px solid #7a7a7a; border-radius: 4px; background: #3a3a3a; }
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: #c8c8c8; }
QCheckBox::indicator:checked { background: #d6d6d6; border-color: #d6d6d6; image: url(:/contone/check.svg); }
QCheckBox::indicator:disabled { border-color: #4a4a4a; }
QCheckBox:disabled { color: #7d7d7d; }
QListView { background: #2b2b2b; border: none; outline: 0; }
QListView#filmstrip { background: #2b2b2b; border: none; padding: 10px 8px 0 8px; }
QListView#filmstrip::item { border-radius: 6px; padding: 4px; }
QListView#filmstrip::item:selected { background: #4a4a4a; color: #ffffff; }
QMenuBar { background: #2b2b2b; }
QMenuBar::item:selected, QMenu::item:selected { background: #4a4a4a; }
QMenu { background: #333333; border: 1px solid #505050; }
QToolTip { background: #1e1e1e; color: #e4e4e4; border: 1px solid #505050; padding: 4px; }
QScrollBar:vertical { background: transparent; width: 10px; }
QScrollBar:horizontal { background: transparent; height: 10px; }
QScrollBar::handle { background: #585858; border-radius: 4px; min-height: 24px; min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QSlider::groove:horizontal { background: #555555; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: #d6d6d6; width: 16px; margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { background: #ffffff; }
QSlider::handle:horizontal:disabled { background: #6a6a6a; }
)";

QPalette greys() {
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(0x2b, 0x2b, 0x2b));
    palette.setColor(QPalette::Base, QColor(0x3a, 0x3a, 0x3a));
    palette.setColor(QPalette::AlternateBase, QColor(0x33, 0x33, 0x33));
    palette.setColor(QPalette::Button, QColor(0x44, 0x44, 0x44));
    palette.setColor(QPalette::Highlight, QColor(0x5c, 0x5c, 0x5c));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(0xe4, 0xe4, 0xe4));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, QColor(0xe4, 0xe4, 0xe4));
        palette.setColor(QPalette::Disabled, role, QColor(0x7d, 0x7d, 0x7d));
    }
    return palette;
}

}  // namespace

void applyStyle(QApplication& application) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(greys());
    QFont font = QApplication::font();
    if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) font.setFamily(QStringLiteral("Inter"));
    font.setPixelSize(13);
    QApplication::setFont(font);
    application.setStyleSheet(QString::fromLatin1(kSheet));
}

}  // namespace contone::studio
