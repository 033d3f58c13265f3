// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sliders count steps; the session keeps values.
#include "ui/studio/adjust_panel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/looks.h"
#include "ui/common/words.h"
#include "ui/studio/section.h"
#include "ui/studio/tokens.h"

namespace contone::studio {
namespace {

/// What most photos need, in this order; the others are behind "More".
constexpr std::array<std::string_view, 9> first{"exposure", "shadows",  "highlights", "contrast", "temperature",
                                                "tint",     "vibrance", "saturation", "clarity"};

QString valueText(const render::NumberDescriptor& number, double value) {
    const QLocale locale;
    const int decimals = number.step < 1 ? 2 : 0;
    const QString text = locale.toString(value, 'f', decimals);
    const QString unit = QString::fromUtf8(number.unit);
    return (value > 0 ? QStringLiteral("+") : QString()) + text + (unit.isEmpty() ? QString() : QChar(0x202f) + unit);
}

}  // namespace

AdjustPanel::AdjustPanel(ui::Session& session, const render::LookFolder& looks, QWidget* parent)
    : QWidget(parent), m_session(session) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 0, 18, 16);
    column->setSpacing(tokens::gap);
    addSection(column, tr("Light and colour"));
    m_improve = new QPushButton(tr("Improve"));
    setTip(m_improve, tr("Small steps that the photo needs; the sliders show which. What is meant to be dark or light "
                         "stays."));
    connect(m_improve, &QPushButton::clicked, &m_session, &ui::Session::improve);
    m_asSent = new QPushButton(tr("As sent"));
    m_asSent->setCheckable(true);
    setTip(m_asSent, tr("No changes to colour or light: the photo is printed exactly as it was sent"));
    connect(m_asSent, &QPushButton::clicked, &m_session, &ui::Session::setAsSent);
    auto* whole = new QHBoxLayout;
    whole->setSpacing(tokens::gap);
    whole->addWidget(m_improve);
    whole->addWidget(m_asSent);
    column->addLayout(whole);
    m_look = new QComboBox;
    m_look->setAccessibleName(tr("Look"));
    m_look->addItem(tr("No look"), QString());
    for (const render::Look& look : render::looks()) {
        m_look->addItem(QString::fromUtf8(look.label), QString::fromUtf8(look.id));
        m_look->setItemData(m_look->count() - 1, QString::fromUtf8(look.does), Qt::StatusTipRole);
    }
    addShopLooks(looks);
    column->addWidget(m_look);
    connect(m_look, &QComboBox::activated, this, &AdjustPanel::chooseLook);
    for (const std::string_view id : first) addRow(column, *render::findAdjustmentNumber(id));
    m_more = new QPushButton(tr("More sliders"));
    m_more->setCheckable(true);
    m_rest = new QWidget;
    auto* rest = new QVBoxLayout(m_rest);
    rest->setContentsMargins(0, 0, 0, 0);
    rest->setSpacing(tokens::gap);
    for (const render::NumberDescriptor& number : render::adjustmentNumbers())
        if (std::ranges::find(first, std::string_view(number.id)) == first.end()) addRow(rest, number);
    m_rest->hide();
    connect(m_more, &QPushButton::toggled, m_rest, &QWidget::setVisible);
    m_reset = new QPushButton(tr("As it came"));
    setTip(m_reset, tr("Lets all sliders rest, without a look"));
    connect(m_reset, &QPushButton::clicked, this, [this] { m_session.setAdjustments({}); });
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_more, 1);
    buttons->addWidget(m_reset, 1);
    column->addWidget(m_rest);
    column->addLayout(buttons);
    refresh();
}

void AdjustPanel::addShopLooks(const render::LookFolder& looks) {
    for (const render::ShopLook& look : looks.list()) {
        if (look.error) continue;  // contone adjust --list says what is wrong with it
        m_look->addItem(QString::fromStdString(look.name), QString::fromStdString(render::toText({look.hash})));
        m_look->setItemData(m_look->count() - 1,
                            look.grayShift > render::farGrayShift
                                ? tr("A look of the shop's own. It moves gray far: it may be made for other pictures.")
                                : tr("A look of the shop's own"),
                            Qt::StatusTipRole);
    }
}

void AdjustPanel::addRow(QVBoxLayout* column, const render::NumberDescriptor& number) {
    const QString label = QString::fromUtf8(number.label);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setRange(int(std::lround(number.least / number.step)), int(std::lround(number.most / number.step)));
    slider->setPageStep(std::max(1, (slider->maximum() - slider->minimum()) / 20));
    slider->setAccessibleName(label);
    slider->setAccessibleDescription(QString::fromUtf8(number.does));
    slider->setMinimumHeight(22);
    slider->setFocusPolicy(Qt::StrongFocus);
    slider->installEventFilter(this);
    setTip(slider, QString::fromUtf8(number.does));
    auto* name = newLine(label);
    auto* value = newLine({}, "quiet");
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* head = new QHBoxLayout;
    head->addWidget(name, 1);
    head->addWidget(value);
    auto* row = new QVBoxLayout;
    row->setSpacing(0);
    row->addLayout(head);
    row->addWidget(slider);
    column->addLayout(row);
    m_rows.push_back({number, slider, value});
    const std::size_t index = m_rows.size() - 1;
    connect(slider, &QSlider::valueChanged, this, [this, index](int position) { set(m_rows[index], position); });
}

void AdjustPanel::set(const Row& row, int position) {
    const ui::PhotoEntry* entry = m_session.photo();
    if (!entry) return;
    image::Adjustments adjustments = entry->adjustments;
    adjustments.set(row.number.id, std::clamp(position * row.number.step, row.number.least, row.number.most));
    m_session.setAdjustments(std::move(adjustments));
}

void AdjustPanel::chooseLook() {
    const ui::PhotoEntry* entry = m_session.photo();
    if (!entry) return;
    image::Adjustments adjustments = entry->adjustments;
    adjustments.look = m_look->currentData().toString().toStdString();
    m_session.setAdjustments(std::move(adjustments));
}

bool AdjustPanel::eventFilter(QObject* watched, QEvent* event) {
    auto* slider = qobject_cast<QSlider*>(watched);
    if (slider != nullptr && event->type() == QEvent::MouseButtonDblClick) {
        slider->setValue(0);
        return true;
    }
    if (slider != nullptr && event->type() == QEvent::Wheel && !slider->hasFocus()) {
        event->ignore();  // who scrolls the column changes no photo
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void AdjustPanel::refresh() {
    const ui::PhotoEntry* entry = m_session.photo();
    const bool isOpen = entry && entry->report && !entry->error, asSent = entry && entry->asSent;
    const bool usable = isOpen && !asSent;
    const image::Adjustments now = entry && !asSent ? entry->adjustments : image::Adjustments{};
    m_asSent->setEnabled(isOpen);
    m_asSent->setChecked(asSent);
    for (const Row& row : m_rows) {
        const double value = now.number(row.number.id);
        const QSignalBlocker quiet(row.slider);
        row.slider->setEnabled(usable);
        row.slider->setValue(int(std::lround(value / row.number.step)));
        row.value->setText(value == 0 ? QString() : valueText(row.number, value));
    }
    m_look->setEnabled(usable);
    m_improve->setEnabled(usable);
    m_look->setCurrentIndex(std::max(0, m_look->findData(QString::fromStdString(now.look))));
    m_reset->setEnabled(usable && !now.isEmpty());
}

}  // namespace contone::studio
