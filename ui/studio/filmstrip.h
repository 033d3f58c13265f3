// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Filmstrip: the photos on the desk, one beside the other.
#pragma once

#include <QListWidget>

#include "ui/common/session.h"

namespace contone::studio {

/// Thumbnails are the files' own colours, unconverted: for finding photos, not for judging them.
class Filmstrip : public QListWidget {
    Q_OBJECT
  public:
    explicit Filmstrip(ui::Session& session, QWidget* parent = nullptr);
    void refresh();

  private:
    ui::Session& m_session;
};

}  // namespace contone::studio
