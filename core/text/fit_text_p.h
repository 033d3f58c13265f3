// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// fitText: the largest size at which a text fits into its box; if there is none, what of it is shown.
#pragma once

#include "core/text/lay_lines_p.h"
#include "core/text/set_text.h"

namespace contone::text {

struct FittedText {
    Lines lines;  ///< placed
    double size = 0;
    bool hasBrokenWords = false;
    bool isCut = false;
    int hidden = 0;  ///< characters
};

FittedText fitText(const Typesetting& setting);

}  // namespace contone::text
