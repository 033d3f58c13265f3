// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pages as PDF, with the letters that they need of our own fonts.
#pragma once

#include <span>

#include "core/base/file.h"
#include "core/text/private_fonts_p.h"
#include "core/text/vector_page.h"

namespace contone::text {

/// In points. Fails: as FontSet::pdf().
Result<double> widthOf(const PrivateFonts& fonts, const PageText& text);
Result<Bytes> writePdf(const PrivateFonts& fonts, std::span<const VectorPage> pages, const PdfTerms& terms);

}  // namespace contone::text
