// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A row of buttons above the canvas.
#include "ui/studio/view_bar.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/studio/section.h"

namespace contone::studio {
namespace {

constexpr int kShortestCaption = 120;  // pixels; less says nothing

QToolButton* newToggle(const QString& text, const QString& tip, QButtonGroup* group = nullptr) {
    auto* button = new QToolButton;
    button->setText(text);
    setTip(button, tip);
    button->setAccessibleName(text);
    button->setAccessibleDescription(tip);
    button->setCheckable(true);
    if (group) group->addButton(button);
    return button;
}

}  // namespace

ViewBar::ViewBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    auto* views = new QButtonGroup(this);
    m_original = newToggle(tr("Original"), tr("The photo in this screen's colours (P)"), views);
    m_proof = newToggle(tr("Proof"), tr("As the paper will look (P)"), views);
    m_proof->setChecked(true);
    m_paper = new QCheckBox(tr("Paper white"));
    setTip(m_paper, tr("Shows the paper's own white and its weakest black (W)"));
    m_paper->setShortcut(Qt::Key_W);
    auto* scales = new QButtonGroup(this);
    m_fit = newToggle(tr("Fit"), tr("All of the page (0)"), scales);
    m_exact = newToggle(tr("100 %"), tr("The printer's own pixels, one to one (1)"), scales);
    m_fit->setChecked(true);
    m_lines = newToggle(tr("Trim lines"), tr("Trim, safe area, and what runs off the edge (T)"));
    m_lines->setChecked(true);
    m_caption = newLine({}, "quiet");
    m_caption->setAlignment(Qt::AlignCenter);
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // never widens the window

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(4);
    row->addWidget(m_original);
    row->addWidget(m_proof);
    row->addSpacing(10);
    row->addWidget(m_paper);
    row->addSpacing(10);
    row->addWidget(m_caption, 1);
    row->addSpacing(10);
    row->addWidget(m_lines);
    row->addSpacing(10);
    row->addWidget(m_fit);
    row->addWidget(m_exact);
    for (QToolButton* button : {m_proof, m_exact, m_lines})
        connect(button, &QToolButton::toggled, this, [this] {
            m_paper->setEnabled(m_proof->isChecked());
            emit changed();
        });
    connect(m_paper, &QCheckBox::toggled, this, &ViewBar::changed);
}

ui::View ViewBar::view() const {
    return m_proof->isChecked() ? ui::View::Proof : ui::View::Original;
}

icc::ProofTransform::Simulate ViewBar::simulate() const {
    return m_paper->isChecked() ? icc::ProofTransform::Simulate::PaperAndInk : icc::ProofTransform::Simulate::Adapted;
}

Scale ViewBar::scale() const {
    return m_exact->isChecked() ? Scale::Exact : Scale::Fit;
}

Overlay ViewBar::overlay() const {
    return m_lines->isChecked() ? Overlay::Shown : Overlay::Hidden;
}

void ViewBar::setView(ui::View view) {
    (view == ui::View::Proof ? m_proof : m_original)->setChecked(true);
}

void ViewBar::setScale(Scale scale) {
    (scale == Scale::Exact ? m_exact : m_fit)->setChecked(true);
}

void ViewBar::toggleView() {
    setView(view() == ui::View::Proof ? ui::View::Original : ui::View::Proof);
}

void ViewBar::toggleOverlay() {
    m_lines->toggle();
}

void ViewBar::setCaption(const QString& caption) {
    m_full = caption;
    const int room = m_caption->width();
    const QString cut = m_caption->fontMetrics().elidedText(caption, Qt::ElideRight, room);
    m_caption->setText(room < kShortestCaption ? QString() : cut);
    setTip(m_caption, caption);
}

void ViewBar::resizeEvent(QResizeEvent*) {
    layout()->activate();  // the caption's width is known only then
    setCaption(m_full);
}

}  // namespace contone::studio
