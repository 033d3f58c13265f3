// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ViewBar: how the picture is looked at: original or proof, paper white, all of it or one to one, lines.
#pragma once

#include <QWidget>

#include "ui/studio/canvas.h"

class QCheckBox;
class QLabel;
class QToolButton;

namespace contone::studio {

class ViewBar : public QWidget {
    Q_OBJECT
  public:
    explicit ViewBar(QWidget* parent = nullptr);
    ui::View view() const;
    icc::ProofTransform::Simulate simulate() const;
    Scale scale() const;
    Overlay overlay() const;
    void setView(ui::View view);
    void setScale(Scale scale);
    void toggleView();
    void toggleOverlay();
    /// What is on the canvas, in words.
    void setCaption(const QString& caption);

  signals:
    void changed();

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    QToolButton* m_original;
    QToolButton* m_proof;
    QCheckBox* m_paper;
    QToolButton* m_fit;
    QToolButton* m_exact;
    QToolButton* m_lines;
    QLabel* m_caption;
    QString m_full;  ///< the caption before it is cut to the room there is
};

}  // namespace contone::studio
