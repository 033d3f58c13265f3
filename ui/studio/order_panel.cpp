// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Ten clicks are one order and one print: buttons rest until the shop has answered.
#include "ui/studio/order_panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStyle>

#include "ui/common/words.h"
#include "ui/studio/section.h"
#include "ui/studio/sheet_delegate.h"

namespace contone::studio {
namespace words = ui::words;
namespace {

void setPrimary(QPushButton* button, bool primary) {
    const QString name = primary ? QStringLiteral("primary") : QString();
    if (button->objectName() == name) return;
    button->setObjectName(name);
    button->style()->unpolish(button);
    button->style()->polish(button);
}

}  // namespace

OrderPanel::OrderPanel(ui::Session& session, ui::ShopLink& shop, QWidget* parent)
    : QWidget(parent), m_session(session), m_shop(shop) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    buildOrder(column);
    buildSheets(column);
    connect(&shop, &ui::ShopLink::ordered, this, [this](const order::Order& order) {
        m_busy = false;
        m_order = order;
        m_toAccept.clear();
        takeSheets({});
    });
    connect(&shop, &ui::ShopLink::found, this, [this](const order::Order& order) {
        if (m_order) return;
        m_order = order;
        refresh();
    });
    connect(&shop, &ui::ShopLink::sheetsChanged, this, [this](const std::vector<print::Sheet>& sheets) {
        m_busy = false;
        takeSheets(sheets);
    });
    connect(&shop, &ui::ShopLink::acceptanceNeeded, this, [this](const shop::OrderCheck& check) {
        m_busy = false;
        m_toAccept = check.toAccept;
        QStringList lines{tr("Look before this costs paper:")};
        for (std::size_t i = 0; i < check.lines.size(); i++)
            for (const findings::Finding& one : check.lines[i].findings)
                if (std::ranges::find(m_toAccept, one) != m_toAccept.end())
                    lines << tr("Photo %1: %2").arg(i + 1).arg(words::finding(one));
        setNotice(lines.join(QLatin1Char('\n')));
        refresh();
    });
    connect(&shop, &ui::ShopLink::refused, this, [this](const Error& error) {
        m_busy = false;
        setNotice(words::text(error.message));
        refresh();
    });
    connect(&shop, &ui::ShopLink::connectionChanged, this, [this] { refresh(); });
    refresh();
}

void OrderPanel::buildOrder(QVBoxLayout* column) {
    addSection(column, tr("Order"));
    m_customer = new QLineEdit;
    m_customer->setPlaceholderText(tr("Customer's name (may stay empty)"));
    m_customer->setAccessibleName(tr("Customer's name"));
    column->addWidget(m_customer);
    auto* row = new QHBoxLayout;
    m_place = new QPushButton;
    m_print = new QPushButton(tr("Print"));
    row->addWidget(m_place, 1);
    row->addWidget(m_print, 1);
    column->addLayout(row);
    m_why = newLabel({}, "quiet");
    column->addWidget(m_why);
    m_notice = newLabel({}, "warning");
    m_notice->hide();
    column->addWidget(m_notice);
    connect(m_place, &QPushButton::clicked, this, &OrderPanel::place);
    connect(m_print, &QPushButton::clicked, this, [this] {
        if (!m_order || !m_session.target()) return;
        m_busy = true;
        setNotice({});
        m_shop.print(m_order->id, m_session.target()->id(), std::exchange(m_toAccept, {}));
        refresh();
    });
}

void OrderPanel::buildSheets(QVBoxLayout* column) {
    m_ledger = new QWidget;
    auto* ledger = new QVBoxLayout(m_ledger);
    ledger->setContentsMargins(0, 0, 0, 0);
    ledger->setSpacing(8);
    addSection(ledger, tr("Sheets"));
    auto* head = new QHBoxLayout;
    m_title = newLabel({}, "strong");
    m_summary = newLabel({}, "quiet");
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    head->addWidget(m_title);
    head->addWidget(m_summary, 1);
    ledger->addLayout(head);
    m_question = buildQuestion();
    ledger->addWidget(m_question);
    m_list = new QListView;
    m_list->setModel(&m_sheets);
    m_list->setItemDelegate(new SheetDelegate(m_list));
    m_list->setAccessibleName(tr("Sheets of this order"));
    m_list->setMinimumHeight(100);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);  // what is left of the column
    ledger->addWidget(m_list, 1);
    m_again = new QPushButton(tr("Print this sheet again"));
    ledger->addWidget(m_again);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (const print::Sheet* sheet = m_sheets.sheet(m_list->currentIndex()))
            m_shop.reprint(sheet->id, sheet->state == print::SheetState::Out ? print::ReprintReason::CustomerWish
                                                                             : print::ReprintReason::Other);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { refresh(); });
    column->addWidget(m_ledger, 1);
    column->addStretch();
}

QFrame* OrderPanel::buildQuestion() {
    auto* frame = new QFrame;
    frame->setObjectName(QStringLiteral("question"));
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(12, 10, 12, 12);
    m_message = newLabel({});
    column->addWidget(m_message);
    auto* answers = new QGridLayout;  // two by two: beside each other they are wider than the panel
    const auto add = [&](const QString& text, const QString& tip, shop::SheetOutcome outcome) {
        auto* button = new QPushButton(text);
        setTip(button, tip);
        button->setAccessibleDescription(tip);
        answers->addWidget(button, answers->count() / 2, answers->count() % 2);
        connect(button, &QPushButton::clicked, this, [this, outcome] {
            if (const print::Sheet* sheet = m_sheets.inQuestion()) m_shop.report(sheet->id, outcome);
        });
    };
    add(tr("In tray"), tr("A whole, good sheet lies in the tray"), shop::SheetOutcome::InTray);
    add(tr("Spoiled"), tr("Paper was used, but the print is no good"), shop::SheetOutcome::Spoiled);
    add(tr("Not printed"), tr("Nothing came out and the stack is unchanged"), shop::SheetOutcome::NotPrinted);
    add(tr("Cannot tell"), tr("It stays in question; count the prints of the order"), shop::SheetOutcome::CannotTell);
    column->addLayout(answers);
    return frame;
}

void OrderPanel::place() {
    if (m_busy) return;
    m_busy = true;
    setNotice({});
    m_ordered = m_session.items();
    m_shop.placeOrder(*m_ordered, m_customer->text().trimmed());
    refresh();
}

void OrderPanel::takeSheets(const std::vector<print::Sheet>& sheets) {
    m_sheets.setSheets(sheets);
    // A sheet that came to nothing is the one to print again: no hunting in the list.
    if (!m_list->currentIndex().isValid()) m_list->setCurrentIndex(m_sheets.index(m_sheets.wasted()));
    refresh();
}

QString OrderPanel::whyNotPrint() const {
    const auto& target = m_session.target();
    if (!m_shop.isConnected()) return tr("Orders and prints need the shop's server, which is not running here.");
    if (!m_order) return tr("Order first, then print.");
    if (!target || !target->isInShop()) return tr("Choose a printer of this shop to print.");
    if (!target->canPrint()) return tr("This printer is not checked yet.");
    if (m_session.differsFromSetup()) return tr("The proof shows another intent than this setup prints with.");
    if (m_sheets.allOut()) return tr("All prints of order %1 are out.").arg(m_order->number);
    return {};
}

void OrderPanel::refresh() {
    refreshButtons();
    refreshSheets();
}

/// The next thing to do is the bright button: order what is shown, then print what was ordered.
void OrderPanel::refreshButtons() {
    const int copies = m_session.copies();
    const bool asOrdered = m_order && m_ordered == m_session.items();
    const QString order = copies == 1 ? tr("Order 1 print") : tr("Order %1 prints").arg(copies);
    const auto total = copies > 0 && !asOrdered ? m_session.total() : std::nullopt;
    m_place->setText(copies == 0 ? tr("Order")
                     : asOrdered ? tr("Ordered")
                     : total     ? tr("%1 · %2").arg(order, words::money(*total))
                                 : order);
    m_place->setEnabled(copies > 0 && m_shop.isConnected() && !m_busy && !asOrdered);
    const QString why = whyNotPrint();
    m_print->setEnabled(why.isEmpty() && !m_busy);
    m_print->setText(!m_toAccept.empty() ? tr("Print all the same")
                     : m_order           ? tr("Print order %1").arg(m_order->number)
                                         : tr("Print"));
    const bool changed = m_order && m_ordered && !asOrdered && !m_busy && why.isEmpty();
    say(m_why, changed
                   ? tr("Order %1 prints as it was ordered; order again for what is shown now.").arg(m_order->number)
                   : why);
    setPrimary(m_place, !asOrdered);
    setPrimary(m_print, asOrdered);
}

void OrderPanel::refreshSheets() {
    m_ledger->setVisible(m_order.has_value());
    if (!m_order) return;
    m_title->setText(tr("Order %1").arg(m_order->number));
    m_summary->setText(m_sheets.sheets().empty() ? tr("nothing printed yet") : m_sheets.summary());
    const print::Sheet* asked = m_sheets.inQuestion();
    m_question->setVisible(asked);
    if (asked)
        m_message->setText(asked->message.empty() ? tr("Nobody can tell whether this sheet was printed. Please look.")
                                                  : words::text(asked->message));
    const print::Sheet* chosen = m_sheets.sheet(m_list->currentIndex());
    m_again->setVisible(chosen && print::isFinal(chosen->state));
    m_again->setEnabled(m_shop.isConnected() && !m_busy);
}

void OrderPanel::setNotice(const QString& notice) {
    say(m_notice, notice);
}

}  // namespace contone::studio
