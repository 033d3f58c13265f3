// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OrderPanel: order, print, and the sheets of the order as they come out.
#pragma once

#include <optional>

#include <QWidget>

#include "ui/common/session.h"
#include "ui/common/sheet_list.h"

class QFrame;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QVBoxLayout;

namespace contone::studio {

class OrderPanel : public QWidget {
    Q_OBJECT
  public:
    OrderPanel(ui::Session& session, ui::ShopLink& shop, QWidget* parent = nullptr);
    void refresh();
    /// Something a command was refused for, in words; empty: nothing.
    void setNotice(const QString& notice);

  private:
    void buildOrder(QVBoxLayout* column);
    void buildSheets(QVBoxLayout* column);
    QFrame* buildQuestion();
    void takeSheets(const std::vector<print::Sheet>& sheets);
    void place();
    QString whyNotPrint() const;
    void refreshButtons();
    void refreshSheets();

    ui::Session& m_session;
    ui::ShopLink& m_shop;
    ui::SheetList m_sheets;
    std::optional<order::Order> m_order;
    std::optional<std::vector<ui::OrderItem>> m_ordered;  ///< what m_order was placed with, by this window
    std::vector<findings::Finding> m_toAccept;            ///< shown: the next press of Print accepts them
    bool m_busy = false;                                  ///< an order or print was asked for and not answered yet

    QLineEdit* m_customer;
    QPushButton* m_place;
    QPushButton* m_print;
    QLabel* m_why;
    QLabel* m_notice;
    QWidget* m_ledger;
    QLabel* m_title;
    QLabel* m_summary;
    QListView* m_list;
    QFrame* m_question;
    QLabel* m_message;
    QPushButton* m_again;
};

}  // namespace contone::studio
