// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The choices. Every control shows the session; the session decides.
#include "ui/studio/print_panel.h"

#include <cmath>

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

#include "ui/common/words.h"
#include "ui/studio/section.h"

namespace contone::studio {
namespace words = ui::words;
namespace {

constexpr int kZoomSteps = 1000;  // the slider is logarithmic: each step is the same ratio
constexpr int kDegreeSteps = 10;  // hundredths of a degree: the slider counts tenths

QComboBox* newCombo(const QString& name) {
    auto* combo = new QComboBox;
    combo->setAccessibleName(name);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(12);
    return combo;
}

void addRow(QVBoxLayout* column, const QString& name, QWidget* field) {
    auto* row = new QHBoxLayout;
    QLabel* label = newLine(name);
    label->setBuddy(field);
    label->setMinimumWidth(70);
    row->addWidget(label);
    row->addWidget(field, 1);
    column->addLayout(row);
}

}  // namespace

PrintPanel::PrintPanel(ui::Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    buildProduct(column);
    buildCrop(column);
    buildColour(column);
    refreshTargets();
}

void PrintPanel::buildProduct(QVBoxLayout* column) {
    addTitle(column, tr("Print"));
    m_product = newCombo(tr("Product"));
    for (const auto& [id, product] : m_session.catalog().products())
        m_product->addItem(words::text(product.name), words::text(id));
    addRow(column, tr("Product"), m_product);
    m_target = newCombo(tr("Printer and paper"));
    addRow(column, tr("Printer"), m_target);
    m_verification = newLabel({}, "quiet");
    column->addWidget(m_verification);
    m_calibration = newLabel({}, "quiet");
    column->addWidget(m_calibration);
    m_verify = new QPushButton(tr("Check this printer now"));
    column->addWidget(m_verify);
    connect(m_product, &QComboBox::activated, this,
            [this] { m_session.setProduct(m_product->currentData().toString().toStdString()); });
    connect(m_target, &QComboBox::activated, this,
            [this] { m_session.setTarget(m_target->currentData().toString().toStdString()); });
    connect(m_verify, &QPushButton::clicked, this, &PrintPanel::verifyAsked);
}

void PrintPanel::buildColour(QVBoxLayout* column) {
    addSection(column, tr("Colour"));
    m_intent = newCombo(tr("Rendering intent"));
    for (const auto intent :
         {icc::Intent::Perceptual, icc::Intent::Relative, icc::Intent::Saturation, icc::Intent::Absolute})
        m_intent->addItem(words::intent(intent), int(intent));
    addRow(column, tr("Intent"), m_intent);
    m_blackPoint = new QCheckBox(tr("Black point compensation"));
    column->addWidget(m_blackPoint);
    m_differs = new QWidget;
    auto* differs = new QVBoxLayout(m_differs);
    differs->setContentsMargins(0, 0, 0, 0);
    differs->addWidget(newLabel(tr("This setup prints with another intent than the proof shows."), "warning"));
    auto* keep = new QPushButton(tr("Print like this from now on"));
    auto* back = new QPushButton(tr("Back to the setup's"));
    auto* row = new QHBoxLayout;
    row->addWidget(keep);
    row->addWidget(back);
    differs->addLayout(row);
    column->addWidget(m_differs);
    const auto choose = [this] {
        m_session.setIntent(icc::Intent(m_intent->currentData().toInt()),
                            m_blackPoint->isChecked() ? icc::BlackPoint::Compensate : icc::BlackPoint::AsIs);
    };
    connect(m_intent, &QComboBox::activated, this, choose);
    connect(m_blackPoint, &QCheckBox::clicked, this, choose);
    connect(keep, &QPushButton::clicked, this, &PrintPanel::keepIntentAsked);
    connect(back, &QPushButton::clicked, this, [this] {
        if (const auto& target = m_session.target(); target && target->isInShop())
            m_session.setIntent(target->setup().intent, target->setup().blackPoint);
    });
}

void PrintPanel::buildCrop(QVBoxLayout* column) {
    addSection(column, tr("Crop"));
    m_fit = new QButtonGroup(this);
    auto* row = new QHBoxLayout;
    const auto add = [&](const QString& text, const QString& tip, print::Fit fit) {
        auto* button = new QPushButton(text);
        button->setCheckable(true);
        setTip(button, tip);
        button->setAccessibleDescription(tip);
        m_fit->addButton(button, int(fit));
        row->addWidget(button, 1);
    };
    add(tr("Fill the paper"), tr("The photo covers the print; what does not fit is cut off"), print::Fit::Fill);
    add(tr("Show all of it"), tr("Nothing is cut off; paper shows around the photo"), print::Fit::Whole);
    column->addLayout(row);
    m_zoom = new QSlider(Qt::Horizontal);
    m_zoom->setRange(0, kZoomSteps);
    m_zoom->setPageStep(kZoomSteps / 10);
    m_zoom->setAccessibleName(tr("Zoom"));
    m_zoom->setMinimumHeight(26);
    addRow(column, tr("Zoom"), m_zoom);
    m_straighten = new QSlider(Qt::Horizontal);
    m_straighten->setRange(-image::PhotoTurn::most / kDegreeSteps, image::PhotoTurn::most / kDegreeSteps);
    m_straighten->setPageStep(10);
    m_straighten->setAccessibleName(tr("Straighten"));
    m_straighten->setMinimumHeight(26);
    setTip(m_straighten, tr("Turns the photo by up to 15 degrees; what sticks out is cut off"));
    auto* level = new QWidget;
    auto* levelRow = new QHBoxLayout(level);
    levelRow->setContentsMargins(0, 0, 0, 0);
    m_degrees = newLine({}, "quiet");
    m_degrees->setMinimumWidth(48);
    m_degrees->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    levelRow->addWidget(m_straighten, 1);
    levelRow->addWidget(m_degrees);
    addRow(column, tr("Straighten"), level);
    auto* tools = new QHBoxLayout;
    m_turnPhoto = new QPushButton(tr("Turn the photo"));
    setTip(m_turnPhoto, tr("By a quarter, clockwise"));
    m_turn = new QPushButton(tr("Turn the print"));
    setTip(m_turn, tr("Upright or across (R)"));
    m_reset = new QPushButton(tr("Crop in the middle"));
    setTip(m_reset, tr("As much of the photo as fits, from its middle"));
    tools->addWidget(m_turnPhoto, 1);
    tools->addWidget(m_turn, 1);
    column->addLayout(tools);
    m_moved = newLabel(tr("The crop was moved so that faces stay whole."), "quiet");
    column->addWidget(m_moved);
    column->addWidget(m_reset);
    m_copies = new QSpinBox;
    m_copies->setRange(1, 999);
    m_copies->setAccessibleName(tr("Copies"));
    addRow(column, tr("Copies"), m_copies);
    connect(m_fit, &QButtonGroup::idClicked, this, [this](int id) { m_session.setFit(print::Fit(id)); });
    connect(m_zoom, &QSlider::valueChanged, this,
            [this](int v) { m_session.setZoom(std::pow(ui::CropModel::maxZoom, double(v) / kZoomSteps)); });
    connect(m_straighten, &QSlider::valueChanged, this, [this](int v) { m_session.straighten(v * kDegreeSteps); });
    connect(m_turnPhoto, &QPushButton::clicked, this, [this] { m_session.turnPhoto(); });
    connect(m_turn, &QPushButton::clicked, this, [this] { m_session.turn(); });
    connect(m_reset, &QPushButton::clicked, this, [this] { m_session.resetCrop(); });
    connect(m_copies, &QSpinBox::valueChanged, this, [this](int v) { m_session.setCopies(v); });
}

void PrintPanel::refreshTargets() {
    m_target->clear();
    for (const ui::ProofTarget& target : m_session.choosable())
        m_target->addItem(words::target(target), words::text(target.id()));
    refresh();
}

void PrintPanel::refresh() {
    const auto& product = m_session.product();
    const auto& target = m_session.target();
    const ui::PhotoEntry* entry = m_session.photo();
    m_product->setCurrentIndex(product ? m_product->findData(words::text(product->id)) : -1);
    m_target->setCurrentIndex(target ? m_target->findData(words::text(target->id())) : -1);
    setTip(m_target, target ? words::targetAndPaper(*target) : QString());
    say(m_verification, target ? words::verification(*target) : tr("No printer here takes this paper."));
    say(m_calibration, target ? words::calibration(*target) : QString());
    m_verify->setVisible(target && target->isInShop() && !target->canPrint());
    m_intent->setCurrentIndex(m_intent->findData(int(m_session.intent())));
    const QSignalBlocker quietBlackPoint(m_blackPoint), quietZoom(m_zoom), quietCopies(m_copies),
        quietStraighten(m_straighten);
    m_blackPoint->setChecked(m_session.blackPoint() == icc::BlackPoint::Compensate);
    m_blackPoint->setEnabled(m_session.intent() != icc::Intent::Absolute);
    m_differs->setVisible(m_session.differsFromSetup());
    const bool usable = entry && entry->report && !entry->error;
    const bool filling = usable && entry->fit == print::Fit::Fill;
    for (QAbstractButton* button : m_fit->buttons()) button->setEnabled(usable);
    m_fit->button(int(entry ? entry->fit : print::Fit::Fill))->setChecked(true);
    m_zoom->setEnabled(filling);
    m_turn->setEnabled(filling);
    m_turnPhoto->setEnabled(usable);
    m_straighten->setEnabled(usable);
    const int hundredths = entry ? entry->turn.straighten : 0;
    m_straighten->setValue(hundredths / kDegreeSteps);
    m_degrees->setText(hundredths == 0 ? QString() : QLocale().toString(hundredths / 100.0, 'f', 1) + QChar(0xb0));
    m_moved->setVisible(entry && entry->keepsFaces);
    m_reset->setEnabled(filling);
    m_copies->setEnabled(usable);
    m_copies->setValue(entry ? entry->copies : 1);
    m_zoom->setValue(
        entry ? int(std::lround(kZoomSteps * std::log(entry->crop.zoom()) / std::log(ui::CropModel::maxZoom))) : 0);
}

}  // namespace contone::studio
