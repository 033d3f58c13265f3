// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SheetList: the sheets of one order as rows of words.
#pragma once

#include <vector>

#include <QAbstractListModel>

#include "core/print/sheet.h"

namespace contone::ui {

class SheetList : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role { StateRole = Qt::UserRole + 1, TimeRole, MessageRole, QuestionRole, FinalRole };

    explicit SheetList(QObject* parent = nullptr) : QAbstractListModel(parent) {}
    /// Rows that stayed keep their selection; only what changed is told.
    void setSheets(std::vector<print::Sheet> sheets);
    const std::vector<print::Sheet>& sheets() const { return m_sheets; }
    const print::Sheet* sheet(const QModelIndex& index) const;
    /// The first sheet that waits for a person's word; nullptr when none does.
    const print::Sheet* inQuestion() const;
    /// There are sheets, and each is in the tray or has another in its place.
    bool allOut() const;
    /// The row of the first sheet that came to nothing and was not printed again; -1: none.
    int wasted() const;
    /// "3 of 5 in the tray".
    QString summary() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    std::vector<print::Sheet> m_sheets;
};

}  // namespace contone::ui
