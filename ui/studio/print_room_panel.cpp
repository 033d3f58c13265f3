// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Cards, made anew when what they say has changed.
#include "ui/studio/print_room_panel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>

#include "ui/common/words.h"
#include "ui/studio/section.h"

namespace contone::studio {
namespace words = ui::words;
namespace {

constexpr int kWidest = 760;  // logical pixels: longer lines are hard to read

struct Card {
    QFrame* frame;
    QVBoxLayout* column;
};

Card newCard(const char* style, const QString& title, QWidget* atTheRight) {
    auto* frame = new QFrame;
    frame->setObjectName(QString::fromLatin1(style));
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(14, 12, 14, 12);
    auto* head = new QHBoxLayout;
    head->addWidget(newLabel(title, "strong"), 1);
    if (atTheRight) head->addWidget(atTheRight, 0, Qt::AlignTop);
    column->addLayout(head);
    return {frame, column};
}

template <class Work>
QPushButton* newButton(const QString& text, const QString& tip, Work work) {
    auto* button = new QPushButton(text);
    setTip(button, tip);
    button->setAccessibleDescription(tip);
    QObject::connect(button, &QPushButton::clicked, button, std::move(work));
    return button;
}

}  // namespace

PrintRoomPanel::PrintRoomPanel(ui::ShopLink& shop, QWidget* parent) : QWidget(parent), m_shop(shop) {
    setObjectName(QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto* bar = new QWidget;
    bar->setObjectName(QStringLiteral("bar"));
    bar->setAttribute(Qt::WA_StyledBackground);
    auto* head = new QHBoxLayout(bar);
    head->setContentsMargins(16, 8, 16, 8);
    head->addWidget(newLabel(tr("Print room"), "strong"), 1);
    head->addWidget(newButton(tr("Back to the proof"), tr("Shows the photo again"), [this] { emit left(); }));
    all->addWidget(bar);
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("panel"));
    auto* centred = new QHBoxLayout(content);
    auto* inner = new QWidget;
    inner->setMaximumWidth(kWidest);
    m_column = new QVBoxLayout(inner);
    m_column->setContentsMargins(16, 16, 16, 16);
    m_notice = newLabel({}, "warning");
    m_notice->hide();
    m_column->addWidget(m_notice);
    m_column->addStretch();
    centred->addStretch(1);
    centred->addWidget(inner, 8);
    centred->addStretch(1);
    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    all->addWidget(area, 1);
    connect(&shop, &ui::ShopLink::statusesChanged, this,
            [this](const std::vector<shop::SetupStatus>& statuses) { show(statuses); });
    connect(&shop, &ui::ShopLink::questionsChanged, this, [this](const ui::PrintRoomQuestions& room) { show(room); });
    connect(&shop, &ui::ShopLink::refused, this,
            [this](const Error& error) { say(m_notice, words::text(error.message)); });
    rebuild();
}

void PrintRoomPanel::show(const std::vector<shop::SetupStatus>& statuses) {
    std::vector<shop::SetupStatus> known = statuses;
    for (shop::SetupStatus& status : known) status.seenAt.ms = status.seenAt.ms == 0 ? 0 : 1;  // when, nobody reads
    if (known == m_statuses) return;
    m_statuses = std::move(known);
    rebuild();
}

void PrintRoomPanel::show(const ui::PrintRoomQuestions& room) {
    if (room == m_room) return;
    m_room = room;
    m_notice->hide();
    rebuild();
    emit questionsChanged();
}

void PrintRoomPanel::rebuild() {
    delete m_cards;
    m_cards = new QWidget;
    auto* column = new QVBoxLayout(m_cards);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    if (!m_room.questions.empty()) {
        addTitle(column, tr("Please look in the tray"));
        for (const ui::SheetQuestion& question : m_room.questions) column->addWidget(questionCard(question));
        column->addSpacing(8);
    }
    if (!m_room.held.empty()) {
        addTitle(column, tr("Jobs that wait for your word"));
        for (const ui::HeldJob& held : m_room.held) column->addWidget(heldCard(held));
        column->addSpacing(8);
    }
    addTitle(column, tr("Printers"));
    for (const shop::SetupStatus& status : m_statuses) column->addWidget(printerCard(status));
    if (m_statuses.empty()) column->addWidget(newLabel(tr("No printer of this shop is known here yet."), "quiet"));
    m_column->insertWidget(1, m_cards);
}

QFrame* PrintRoomPanel::printerCard(const shop::SetupStatus& status) {
    const std::string setup = status.setup;
    QPushButton* button =
        status.paused ? newButton(tr("Resume"), tr("Printing goes on"), [this, setup] { m_shop.resumePrinter(setup); })
                      : newButton(tr("Pause"), tr("The sheet that prints is finished; no other starts"),
                                  [this, setup] { m_shop.pausePrinter(setup); });
    const Card card = newCard("card", words::printerState(status), button);
    for (const print::Notice& notice : status.notices) card.column->addWidget(newLabel(words::text(notice.message)));
    if (const QString left = words::supplies(status); !left.isEmpty()) card.column->addWidget(newLabel(left, "quiet"));
    return card.frame;
}

QFrame* PrintRoomPanel::questionCard(const ui::SheetQuestion& question) {
    const Card card = newCard(
        "question",
        tr("Order %1 · sheet %2 · %3").arg(question.order).arg(question.sheet.number).arg(words::text(question.setup)),
        nullptr);
    const std::string& message = question.sheet.message;
    card.column->addWidget(
        newLabel(message.empty() ? tr("Nobody can tell whether this sheet was printed.") : words::text(message)));
    auto* row = new QHBoxLayout;
    const auto add = [&](const QString& text, const QString& tip, shop::SheetOutcome outcome) {
        row->addWidget(
            newButton(text, tip, [this, id = question.sheet.id, outcome] { m_shop.reportAndReprint(id, outcome); }), 1);
    };
    add(tr("In tray"), tr("A whole, good sheet lies in the tray"), shop::SheetOutcome::InTray);
    add(tr("Spoiled"), tr("Half a sheet, or a colour is missing: it is printed again"), shop::SheetOutcome::Spoiled);
    add(tr("Not printed"), tr("Nothing came out and the stack is unchanged: it is printed again"),
        shop::SheetOutcome::NotPrinted);
    add(tr("Cannot tell"), tr("It stays in question; count the prints of the order"), shop::SheetOutcome::CannotTell);
    card.column->addLayout(row);
    return card.frame;
}

QFrame* PrintRoomPanel::heldCard(const ui::HeldJob& held) {
    const Card card = newCard("question",
                              (held.waiting == 1 ? tr("Order %1 · 1 sheet · %2").arg(held.order)
                                                 : tr("Order %1 · %2 sheets · %3").arg(held.order).arg(held.waiting))
                                  .arg(words::text(held.job.setup.name)),
                              nullptr);
    card.column->addWidget(newLabel(words::text(print::sentenceForHold(held.job.heldReason))));
    auto* row = new QHBoxLayout;
    const JobId job = held.job.id;
    row->addWidget(newButton(tr("Print them"), tr("They are still wanted"), [this, job] { m_shop.releaseJob(job); }),
                   1);
    row->addWidget(
        newButton(tr("Cancel them"), tr("Nobody wants them any more"), [this, job] { m_shop.cancelJob(job); }), 1);
    if (print::isOfThePrinter(held.job.heldReason))
        for (const shop::SetupStatus& status : m_statuses)
            if (status.setup == held.job.setup.name)
                for (const std::string& other : status.otherSetups)
                    row->addWidget(newButton(tr("Print on %1").arg(words::text(other)),
                                             tr("Its pages are made anew for that printer"),
                                             [this, job, other] { m_shop.moveJob(job, other); }),
                                   1);
    row->addStretch(2);
    card.column->addLayout(row);
    return card.frame;
}

}  // namespace contone::studio
