// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Calibration: what one printer cuts off at each edge, read from a print with rulers, and what its pages are moved by.
//
// Every figure is in millimetres of the raster (dots / dpi), counted from the end of the printable area inwards, at the
// edges of the raster as the printer gets it. What the unit loses at an edge is what the knife takes there: the reading
// of the ruler at the cut edge. A unit whose paper moves or whose print is stretched loses other amounts than its
// model:
//   left  = model.left  + extra + offsetX        extra   = ((left - model.left) + (right - model.right)) / 2
//   right = model.right + extra - offsetX        offsetX = ((left - model.left) - (right - model.right)) / 2
// and alike for top and bottom. planPage() adds both to the model's overscan, so that its trim ends where the paper
// does.
#pragma once

#include "core/base/result.h"
#include "core/image/pixels.h"
#include "core/print/printer_model.h"

namespace contone::print {

/// What the rulers of a calibration print say at the four cut edges. Below 0: that much paper stays white beyond the
/// print, measured with any ruler.
struct FourReadings {
    Length left, top, right, bottom;
    bool operator==(const FourReadings&) const = default;
};

/// How one printer differs from its model. Added to the model's overscan where a page is laid out; at most 10 mm each.
/// All 0: it is as its model.
struct Calibration {
    Length offsetX, offsetY;  ///< positive: the paper lies further right and down on the raster
    Edges extraOverscan;      ///< more (less below 0) than the model's at each edge
    bool operator==(const Calibration&) const = default;
};

/// Fails: Invalid "bad-calibration" for one that no printer has: more than 10 mm off at an edge.
Result<void> check(const Calibration& calibration);

/// The page to print, as large as the medium's raster: gray over all of the printable area, a ruler at each edge in the
/// middle of the first piece, four discs and a small one beside the left top one for a scanner. A ruler is a staircase:
/// row n, step k lies n + k / 10 mm inside; the step through which the knife has cut is the reading. Drawn in device
/// pixels, so no profile, crop or calibration moves it; white is the device's largest value (no ink).
/// Fails: Unsupported "calibration-too-small" when a piece has no room for the rulers (a side under 45 mm).
Result<image::Picture> calibrationPage(const Medium& medium, image::PixelFormat device);

/// Fails: Invalid "bad-reading" for a reading that cannot be (under -5 mm or over 8 mm), "readings-disagree" when the
/// paper would lie more than 5 mm off or the print be more than 3 mm too large or small at an edge: a wrong medium, two
/// numbers swapped or mistyped.
Result<Calibration> calibrationFrom(const Medium& medium, const FourReadings& readings);

/// What a unit of this calibration loses at each edge: calibrationFrom() undone.
FourReadings readingsOf(const Medium& medium, const Calibration& calibration);

/// Finds the four readings in a scan of a calibration print: gray or RGB, 8 or 16 bits, 150 dpi or more, lying in any
/// of four ways, tilted by up to 2°, with a millimetre or more of the scanner's lid around it (dark, best: a white lid
/// does not show paper that stayed white). The discs tell where the raster lies, the paper's edges are looked for in
/// it. Good to 0.05 mm at 300 dpi. Fails: Invalid "scan-no-marks" (not a whole calibration print), "scan-wrong-size"
/// (resolution or medium is not as told), "scan-tilted", "scan-bent", "scan-edges" (an edge of the paper cannot be
/// seen); Unsupported "scan-of-pieces" when the knife cuts the sheet in pieces: type the four numbers instead.
Result<FourReadings> readCalibrationScan(const image::Picture& scan, Dpi dpi, const Medium& medium);

}  // namespace contone::print
