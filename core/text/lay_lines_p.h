// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// layLines: a text broken into lines at one size, in points; and where its lines stand in the box.
#pragma once

#include <string>
#include <vector>

#include "core/text/private_fonts_p.h"
#include "core/text/text_block.h"

namespace contone::text {

enum class LongWords { Whole, Broken };  ///< a word wider than the box reaches out of it, or is broken

/// One line. Points; y grows down from the baseline, so `top` and `inkTop` are mostly below 0.
struct Line {
    PangoLayoutLine* line = nullptr;  ///< lives as long as the layout that it is of
    bool isRightToLeft = false;
    double width = 0, top = 0, bottom = 0;  ///< as the fonts say
    double inkLeft = 0, inkRight = 0, inkTop = 0, inkBottom = 0;
    double x = 0, baseline = 0;  ///< in the box, once placed
};

/// Lines and the layouts that hold them.
struct Lines {
    std::vector<GObjectOf<PangoLayout>> layouts;
    std::vector<Line> lines;
    double unit = 0;                   ///< points; what Pango's runs are measured in
    double height = 0;                 ///< from the top of the first line to the bottom of the last
    bool fitsAcross = true;            ///< no line is wider than the box, as the fonts say and in ink
    double inkTop = 0, inkBottom = 0;  ///< of all, from the top of the first line
};

/// What all sizes of a block share.
struct Typesetting {
    const TextBlock* block = nullptr;
    std::string text;      ///< clean
    std::string families;  ///< familyOrder()
    PangoContext* context = nullptr;
    double boxWidth = 0, boxHeight = 0;  ///< points
};

Lines layLines(const Typesetting& setting, double size, LongWords longWords);
/// At most as many lines as the box is high, at least one; the last of them ends with an ellipsis for all that follows.
/// Returns how many characters are not shown.
int cutLines(const Typesetting& setting, double size, Lines& lines);
bool fits(const Typesetting& setting, const Lines& lines);
/// Sets x and baseline. Ink that a line has beyond its width moves the line inwards as far as there is room.
void placeLines(const Typesetting& setting, Lines& lines);

}  // namespace contone::text
