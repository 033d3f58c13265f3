// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Marks are painted; sentences come from core/words.
#include "ui/studio/finding_rows.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/common/words.h"
#include "ui/studio/section.h"
#include "ui/studio/tokens.h"

namespace contone::studio {
namespace {

using findings::Severity;

constexpr int kMark = 14, kLine = 17;  // logical pixels: the mark, and the first line of text beside it

QPixmap markOf(Severity severity, qreal scale) {
    QPixmap mark(QSize(kMark, kLine) * scale);
    mark.setDevicePixelRatio(scale);
    mark.fill(Qt::transparent);
    QPainter painter(&mark);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = severity == Severity::Good ? tokens::quiet : tokens::text;
    painter.setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const qreal x = kMark / 2.0, y = kLine / 2.0 + 0.5;
    if (severity == Severity::Good) {
        painter.drawPolyline(QPolygonF({QPointF(x - 4.5, y), QPointF(x - 1.5, y + 3), QPointF(x + 4.5, y - 3.5)}));
        return mark;
    }
    if (severity == Severity::Look)
        painter.drawEllipse(QPointF(x, y), 5.75, 5.75);
    else
        painter.drawPolygon(QPolygonF({QPointF(x, y - 6), QPointF(x + 6, y + 5), QPointF(x - 6, y + 5)}));
    painter.drawLine(QPointF(x, y - 2.5), QPointF(x, y + 0.5));
    painter.drawPoint(QPointF(x, y + 3));
    return mark;
}

QString wordOf(Severity severity) {
    switch (severity) {
        case Severity::Good:
            return FindingRows::tr("Checked");
        case Severity::Look:
            return FindingRows::tr("Please look");
        case Severity::Bad:
            return FindingRows::tr("The print may disappoint");
    }
    return {};
}

QString labelOf(findings::Fix fix) {
    switch (fix) {
        case findings::Fix::ZoomOut:
            return FindingRows::tr("Zoom out");
        case findings::Fix::ShowAll:
            return FindingRows::tr("Show all of it");
        case findings::Fix::KeepFaces:
            return FindingRows::tr("Move to the faces");
        case findings::Fix::Improve:
            return FindingRows::tr("Improve");
        case findings::Fix::LeaveOut:
            return FindingRows::tr("Take it off the desk");
        case findings::Fix::None:
        case findings::Fix::SmallerPrint:
            break;
    }
    return {};
}

}  // namespace

bool canMend(findings::Fix fix) {
    return fix != findings::Fix::None && fix != findings::Fix::SmallerPrint;
}

FindingRows::FindingRows(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(tokens::gap);
    hide();
}

FindingRows::Row FindingRows::newRow() {
    const Row row{new QWidget, newLine(), newLabel({}), new QPushButton};
    const std::size_t index = m_rows.size();
    connect(row.mend, &QPushButton::clicked, this, [this, index] { emit fixAsked(m_findings[index].fix); });
    auto* line = new QHBoxLayout(row.line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(tokens::gap);
    line->addWidget(row.mark, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(tokens::gap / 2);
    words->addWidget(row.sentence);
    words->addWidget(row.mend, 0, Qt::AlignLeft);
    line->addLayout(words, 1);
    m_column->addWidget(row.line);
    return row;
}

void FindingRows::setFindings(const std::vector<findings::Finding>& findings) {
    if (findings == m_findings) return;
    m_findings = findings;
    while (m_rows.size() < findings.size()) m_rows.push_back(newRow());
    for (std::size_t i = 0; i < m_rows.size(); i++) {
        const Row& row = m_rows[i];
        row.line->setVisible(i < findings.size());
        if (i >= findings.size()) continue;
        row.mark->setPixmap(markOf(findings[i].severity, devicePixelRatioF()));
        row.mark->setAccessibleName(wordOf(findings[i].severity));
        setTip(row.mark, wordOf(findings[i].severity));
        row.sentence->setText(ui::words::finding(findings[i]));
        row.mend->setText(labelOf(findings[i].fix));
        row.mend->setVisible(canMend(findings[i].fix));
    }
    setVisible(!findings.empty());
}

}  // namespace contone::studio
