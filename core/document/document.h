// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Documents: reports on A4 and slips of 80 mm, as pages that text::FontSet writes as PDF.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/report/report_tables.h"
#include "core/slip/slip.h"
#include "core/text/font_set.h"
#include "core/words/locale.h"

namespace contone::document {

/// A4, numbered. Tables go on over pages under their heads; a title never stands alone at the end of one, and a sum
/// stands with the row before it. A table that is too wide is set smaller; words that are too long even then end in
/// "…". Fails: as FontSet::widthOf().
Result<std::vector<text::VectorPage>> pagesOf(const report::ReportTables& report, const words::Locale& locale,
                                              const text::FontSet& fonts);

/// One page, 80 mm wide and as long as it has to be. A code is a bar code (Code 128); one that is too long for it,
/// text. Fails: as FontSet::widthOf().
Result<std::vector<text::VectorPage>> pagesOf(const slip::Slip& slip, const text::FontSet& fonts);

}  // namespace contone::document
