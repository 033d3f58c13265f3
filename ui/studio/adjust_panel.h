// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// AdjustPanel: the light and colours of the photo: a slider for each thing that can be done, and the looks.
#pragma once

#include <vector>

#include <QWidget>

#include "core/render/adjustments/adjustment.h"
#include "core/render/look_folder.h"
#include "ui/common/session.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QVBoxLayout;

namespace contone::studio {

/// Its sliders are made from what core/render/adjustments lists; a double click lets one rest. The looks are those that
/// come with Contone and, behind them, the shop's own as they are when the window opens.
class AdjustPanel : public QWidget {
    Q_OBJECT
  public:
    AdjustPanel(ui::Session& session, const render::LookFolder& looks, QWidget* parent = nullptr);
    /// Reads the session anew.
    void refresh();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Row {
        render::NumberDescriptor number;
        QSlider* slider;
        QLabel* value;
    };
    void addShopLooks(const render::LookFolder& looks);
    void addRow(QVBoxLayout* column, const render::NumberDescriptor& number);
    void set(const Row& row, int position);
    void chooseLook();

    ui::Session& m_session;
    std::vector<Row> m_rows;
    QComboBox* m_look;
    QPushButton* m_asSent;
    QPushButton* m_improve;
    QPushButton* m_more;
    QWidget* m_rest;  ///< sliders that few people need
    QPushButton* m_reset;
};

}  // namespace contone::studio
