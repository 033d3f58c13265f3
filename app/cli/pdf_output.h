// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// writePdf: what is laid out on pages, into a new file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cli/context.h"
#include "core/text/font_set.h"

namespace contone::cli {

/// Whether a new file may be written here. Ask before anything is read. Fails: as app::checkOutputs().
Result<void> checkNewFile(const std::string& file);

using LayPages = std::function<Result<std::vector<text::VectorPage>>(const text::FontSet& fonts)>;
/// Fails: as FontSet::open() and pdf(), writeFileDurably().
Result<void> writePdf(Context& context, const std::string& file, const text::PdfTerms& terms, const LayPages& lay);

}  // namespace contone::cli
