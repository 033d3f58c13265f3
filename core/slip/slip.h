// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Slip: a strip of paper for a customer or for staff, as rows; written as text or for a receipt printer.
#pragma once

#include <string>
#include <vector>

#include "core/base/enum_words.h"
#include "core/base/file.h"
#include "core/base/result.h"

namespace contone::slip {

enum class Align { Left, Centre };
constexpr auto wordsOf(Align) {
    return enumWords<Align>("bad-align", "Rows stand left or in the centre.",
                            {{Align::Left, "left"}, {Align::Centre, "centre"}});
}

/// One row. A row with `right` has its text at the left edge and `right` at the right one; text that is too long for it
/// goes on in the next row. A rule has neither.
struct Row {
    std::string text = {}, right = {};
    Align align = Align::Left;
    bool bold = false;
    bool large = false;  ///< twice as wide and as high
    bool rule = false;
    std::string code = {};  ///< a QR code of this text instead; at most 100 letters and digits
    bool operator==(const Row&) const = default;
};

struct Slip {
    std::vector<Row> rows;
    bool operator==(const Slip&) const = default;
};

/// Receipt printers of 80 mm have 48 columns, those of 58 mm have 32. Codes become "[code: …]".
/// @param columns  20…80
std::string asText(const Slip& slip, int columns = 48);

/// For a receipt printer that knows ESC/POS, in its own characters of code page 858 (Western Europe with €); what that
/// does not have is printed as "?". Ends with a cut.
/// @param columns  20…80
Bytes asEscPos(const Slip& slip, int columns = 48);

}  // namespace contone::slip
