// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintPanel: product, printer setup, colours and crop of the current photo.
#pragma once

#include <QWidget>

#include "ui/common/session.h"

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;
class QVBoxLayout;

namespace contone::studio {

class PrintPanel : public QWidget {
    Q_OBJECT
  public:
    explicit PrintPanel(ui::Session& session, QWidget* parent = nullptr);
    void refreshTargets();
    void refresh();

  signals:
    void verifyAsked();      ///< check the chosen setup
    void keepIntentAsked();  ///< make the setup print as it is proofed

  private:
    void buildProduct(QVBoxLayout* column);
    void buildColour(QVBoxLayout* column);
    void buildCrop(QVBoxLayout* column);

    ui::Session& m_session;
    QComboBox* m_product;
    QComboBox* m_target;
    QLabel* m_verification;
    QLabel* m_calibration;
    QPushButton* m_verify;
    QComboBox* m_intent;
    QCheckBox* m_blackPoint;
    QWidget* m_differs;
    QButtonGroup* m_fit;
    QSlider* m_zoom;
    QSlider* m_straighten;
    QLabel* m_degrees;
    QPushButton* m_turnPhoto;
    QPushButton* m_turn;
    QLabel* m_moved;  ///< says that the crop keeps faces
    QPushButton* m_reset;
    QSpinBox* m_copies;
};

}  // namespace contone::studio
