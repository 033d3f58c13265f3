// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoPanel: what is known of the photo, and what this print makes of it.
#pragma once

#include <optional>

#include <QWidget>

#include "ui/common/session.h"

class QLabel;

namespace contone::studio {

class PhotoPanel : public QWidget {
    Q_OBJECT
  public:
    explicit PhotoPanel(const ui::Session& session, QWidget* parent = nullptr);
    /// Reads the session anew.
    void refresh();
    /// What rendering found odd about the photo.
    void setWarnings(const std::vector<std::string>& warnings);
    /// Of the page that is shown; empty while it is worked out.
    void setGamut(const std::optional<icc::GamutReport>& report);

  private:
    void showProblem(const ui::PhotoEntry& entry);
    void showPhoto(const ui::PhotoEntry& entry);

    const ui::Session& m_session;
    Path m_warned;  ///< the photo that m_warnings are about
    std::vector<std::string> m_warnings;
    QLabel* m_name;
    QLabel* m_size;
    QLabel* m_orientation;
    QLabel* m_camera;
    QLabel* m_largest;
    QLabel* m_colour;
    QLabel* m_problem;
    QWidget* m_print;
    QLabel* m_resolution;
    QLabel* m_loss;
    QLabel* m_gamut;
};

}  // namespace contone::studio
