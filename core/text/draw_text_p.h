// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// drawText: placed lines as pixels. Outlines are filled as paths, which keeps letters exactly where they stand (Cairo
// 1.16 moves glyphs to whole pixels); coloured emoji are pictures.
#pragma once

#include "core/base/length.h"
#include "core/text/lay_lines_p.h"
#include "core/text/set_text.h"

namespace contone::text {

/// Fills kind, bytes and ink of `text`, whose size is set. Fails: Unavailable "no-memory", Internal "text-library".
Result<void> drawText(const Typesetting& setting, const Lines& lines, Dpi dpiX, Dpi dpiY, SetText& text);

/// Takes out the letters that no font has (Pango would draw boxes with numbers), and names them.
MissingGlyphs takeMissing(const Lines& lines);
bool hasEmoji(const Lines& lines);

}  // namespace contone::text
