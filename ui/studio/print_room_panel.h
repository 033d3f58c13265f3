// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintRoomPanel: how the printers are, which sheets nobody can tell by wire, and which jobs wait for a person's word.
#pragma once

#include <QWidget>

#include "ui/common/shop_link.h"

class QFrame;
class QLabel;
class QVBoxLayout;

namespace contone::studio {

/// Shows what the shop says of itself, of all orders; every button is a word of staff to the shop.
class PrintRoomPanel : public QWidget {
    Q_OBJECT
  public:
    explicit PrintRoomPanel(ui::ShopLink& shop, QWidget* parent = nullptr);
    /// Sheets in question and jobs that wait for a word.
    int questions() const { return int(m_room.questions.size() + m_room.held.size()); }

  signals:
    void left();              ///< back to the proof
    void questionsChanged();  ///< their number

  private:
    void show(const std::vector<shop::SetupStatus>& statuses);
    void show(const ui::PrintRoomQuestions& room);
    void rebuild();
    QFrame* printerCard(const shop::SetupStatus& status);
    QFrame* questionCard(const ui::SheetQuestion& question);
    QFrame* heldCard(const ui::HeldJob& held);

    ui::ShopLink& m_shop;
    std::vector<shop::SetupStatus> m_statuses;
    ui::PrintRoomQuestions m_room;
    QLabel* m_notice;
    QWidget* m_cards = nullptr;
    QVBoxLayout* m_column;
};

}  // namespace contone::studio
