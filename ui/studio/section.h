// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Small pieces that every panel is made of.
#pragma once

#include <QLabel>
#include <QVBoxLayout>

namespace contone::studio {

/// Labels and tips show plain text, whatever it holds: Qt would take "<img src=…>" for HTML, in the name of a file or
/// of a camera too, and open what it names. Nothing else in the windows makes labels or tips
/// (tests/lint/plain_text.py).
///
/// A label that wraps. `role`: "title", "strong", "quiet", "warning" in the style sheet; empty: plain.
QLabel* newLabel(const QString& text, const char* role = "");
/// A label of one line.
QLabel* newLine(const QString& text = {}, const char* role = "");
/// A widget's tip.
void setTip(QWidget* widget, const QString& text);
/// A heading in `layout`.
void addTitle(QVBoxLayout* layout, const QString& text);
/// A heading with a thin line above it, to part it from what is before.
void addSection(QVBoxLayout* layout, const QString& text);
/// Shows the label only when there is something to say.
void say(QLabel* label, const QString& text);

}  // namespace contone::studio
