// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FindingRows: findings as lines of a mark and a sentence.
#pragma once

#include <vector>

#include <QWidget>

#include "core/findings/finding.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace contone::studio {

/// Whether one tap does it. Another product is for all photos of the desk: that is chosen by hand.
bool canMend(findings::Fix fix);

/// A tick: checked and well. A ring with a stroke: a person should look. A triangle: the print will disappoint. No
/// colour: it would stand beside a picture that is judged.
class FindingRows : public QWidget {
    Q_OBJECT
  public:
    explicit FindingRows(QWidget* parent = nullptr);
    /// Hidden when there are none.
    void setFindings(const std::vector<findings::Finding>& findings);
    const std::vector<findings::Finding>& findings() const { return m_findings; }

  signals:
    /// A person wants what would mend it. Only for fixes that the desk can do: see canMend().
    void fixAsked(findings::Fix fix);

  private:
    struct Row {
        QWidget* line;
        QLabel* mark;
        QLabel* sentence;
        QPushButton* mend;
    };
    Row newRow();

    std::vector<findings::Finding> m_findings;
    std::vector<Row> m_rows;  ///< as many as there were at most; the rest is hidden
    QVBoxLayout* m_column;
};

}  // namespace contone::studio
