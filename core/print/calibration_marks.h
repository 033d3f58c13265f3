// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where the marks of a calibration page lie: the page is drawn by it and a scan is measured by it. Millimetres from the
// left top corner of the printable area.
#pragma once

#include <array>

#include "core/print/printer_model.h"

namespace contone::print {

enum class Edge { Left, Top, Right, Bottom };
inline constexpr std::array<Edge, 4> allEdges{Edge::Left, Edge::Top, Edge::Right, Edge::Bottom};

struct MarkPoint {
    double x = 0, y = 0;
};

struct CalibrationMarks {
    static constexpr double discRadius = 2.5, smallDiscRadius = 1.25;
    static constexpr double rulerLength = 24.0, rulerDepth = 10.6;  ///< of its white panel: along the edge, inwards
    static constexpr int rulerRows = 8, rulerSteps = 10;            ///< whole and tenths of a millimetre
    static constexpr double firstStep = 1.2, stepLength = 1.8;      ///< along the ruler
    static constexpr double smallestPiece = 45.0;                   ///< side of a piece that has room for all this

    double width = 0, height = 0;           ///< of the printable area
    std::array<MarkPoint, 4> discs;         ///< clockwise from the left top
    MarkPoint smallDisc;                    ///< beside the first: tells which corner that is
    double acrossStart = 0, downStart = 0;  ///< where the rulers at top and bottom (x), left and right (y) begin

    /// A point of the ruler at an edge: so far along it, so far inside.
    MarkPoint onRuler(Edge edge, double along, double inside) const;
};

CalibrationMarks calibrationMarks(const Medium& medium);

}  // namespace contone::print
