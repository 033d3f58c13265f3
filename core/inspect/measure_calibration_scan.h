// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// measureCalibrationScan: reads the four rulers of a calibration page from a scanned picture of it.
#pragma once

#include <optional>

#include "core/decode/decoder.h"
#include "core/print/calibration.h"

namespace contone::inspect {

/// What the four cut edges of a scanned calibration print read. The file is decoded in a child, as a customer's photo
/// is. `dpi`: the scan's resolution; none: of those that scanners have (150 to 2400), the one at which the marks are as
/// far apart as on this medium. Blocks for seconds with a large scan. Fails: as vault::openOnMedium, Decoder::open and
/// PhotoSource::read; as print::readCalibrationScan.
Result<print::FourReadings> measureCalibrationScan(decode::Decoder& decoder, const Path& file,
                                                   const print::Medium& medium, std::optional<Dpi> dpi);

}  // namespace contone::inspect
