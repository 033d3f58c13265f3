// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoPanel: what is known of the photo, and what this print makes of it.
#pragma once

#include <optional>

#include <QWidget>

#include "ui/common/session.h"

class QCheckBox;
class QLabel;

namespace contone::studio {

class FindingRows;

class PhotoPanel : public QWidget {
    Q_OBJECT
  public:
    explicit PhotoPanel(ui::Session& session, QWidget* parent = nullptr);
    /// Reads the session anew.
    void refresh();
    /// What rendering found odd about the photo.
    void setWarnings(const image::PhotoWarnings& warnings);
    /// Of the page that is shown; empty while it is worked out.
    void setGamut(const std::optional<icc::GamutReport>& report);

  private:
    void showProblem(const ui::PhotoEntry& entry);
    void showPhoto(const ui::PhotoEntry& entry);
    void showPrint(const ui::PhotoEntry& entry);
    std::vector<findings::Finding> checked(const ui::PhotoEntry& entry, const print::PhotoPage& page,
                                           double zoom) const;

    ui::Session& m_session;
    Path m_warned;  ///< the photo that m_warnings are about
    image::PhotoWarnings m_warnings;
    std::optional<icc::GamutReport> m_report;
    QLabel* m_name;
    QLabel* m_size;
    QLabel* m_orientation;
    QLabel* m_camera;
    QLabel* m_largest;
    QLabel* m_colour;
    QLabel* m_problem;
    FindingRows* m_odd;  ///< about the photo itself
    QCheckBox* m_inks;   ///< take them the other way round; only where the photo leaves it open
    QWidget* m_print;
    QLabel* m_obstacle;  ///< why there is no print of it
    FindingRows* m_onPrint;
};

}  // namespace contone::studio
