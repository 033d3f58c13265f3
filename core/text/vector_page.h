// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// VectorPage: a page of single lines of text and black boxes, as a value: what FontSet::pdf() writes.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/text/text_block.h"

namespace contone::text {

/// Where a text stands at its x.
enum class Anchor { Left, Centre, Right };

/// One line in Lato, with its companions for other scripts. All lengths are points; y grows downwards.
struct PageText {
    double x = 0, baseline = 0;
    std::string text;
    double size = 9;
    Weight weight = Weight::Regular;
    Anchor anchor = Anchor::Left;
    bool operator==(const PageText&) const = default;
};
struct PageBox {
    double x = 0, y = 0, width = 0, height = 0;
    bool operator==(const PageBox&) const = default;
};
struct VectorPage {
    double width = 0, height = 0;
    std::vector<PageText> texts;
    std::vector<PageBox> boxes;
    bool operator==(const VectorPage&) const = default;
};

/// What a file says of itself.
struct PdfTerms {
    std::string title;
    Instant created;  ///< as the file says; the same pages and terms give the same bytes
};

}  // namespace contone::text
