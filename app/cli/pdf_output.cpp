// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pages set with the fonts of this installation.
#include "app/cli/pdf_output.h"

#include "app/host/outputs.h"

namespace contone::cli {

Result<void> checkNewFile(const std::string& file) {
    const Path path = file;
    return app::checkOutputs({}, std::span(&path, 1), app::Existing::Stays);
}

Result<void> writePdf(Context& context, const std::string& file, const text::PdfTerms& terms, const LayPages& lay) {
    CONTONE_TRY(const text::FontSet fonts, text::FontSet::open({.folder = context.places().share / "fonts"}));
    CONTONE_TRY(const std::vector<text::VectorPage> pages, lay(fonts));
    CONTONE_TRY(const Bytes pdf, fonts.pdf(pages, terms));
    return writeFileDurably(file, std::span<const std::byte>(pdf));
}

}  // namespace contone::cli
