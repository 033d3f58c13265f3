// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// monitorProfile: in which colours this screen shows what it is given.
#pragma once

#include <optional>

#include <QString>

#include "core/base/file.h"
#include "icc/profile.h"

namespace contone::ui {

struct MonitorProfile {
    icc::Profile profile = icc::Profile::srgb();
    QString sentence;  ///< "Eizo CG2700S, from the desktop" or "no monitor profile: assuming sRGB"
};

/// The profile in `chosen` (a file), else the desktop's, else sRGB; the sentence says which and why. A profile that is
/// damaged or not an RGB screen's is passed over, and the sentence says so.
MonitorProfile monitorProfile(const std::optional<Path>& chosen, const Bytes& desktop);
/// The bytes of the X11 root window's _ICC_PROFILE; empty: none, or no X11. After the application object was made.
Bytes desktopProfile();

}  // namespace contone::ui
