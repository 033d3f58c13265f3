// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads what printers report about paper, ribbon and ink: CUPS' markers, and supplies of PWG 5100.13.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/print/printer.h"

namespace contone::printers {

/// marker-names, -types, -levels, -low-levels, -high-levels and -message, as CUPS and Gutenprint fill them. Lists may
/// be of any length. A level is percent; -1, -2 and -3 say that it is not known.
struct Markers {
    std::vector<std::string> names, types, messages;
    std::vector<int> levels, lowLevels, highLevels;
};
/// Waste boxes are left out. Gutenprint counts: "79 native prints remaining on 'DS620' media" is `prints`.
std::vector<print::Supply> suppliesOf(const Markers& markers);

/// printer-supply and -description, one value a supply: "type=inkRibbon;unit=percent;maxcapacity=100;level=62;…".
/// What is filled instead of used up is left out.
std::vector<print::Supply> suppliesOf(const std::vector<std::string>& printerSupply,
                                      const std::vector<std::string>& descriptions);
/// printer-input-tray, one value a tray: "maxcapacity=50;level=31;name=main;…". Sheets are counted only of a printer's
/// one tray: of several nobody knows which one the next sheet comes from.
std::vector<print::Supply> traysOf(const std::vector<std::string>& printerInputTray);

/// The first number before "print" or "prints" in a marker's message; nullopt when it counts nothing.
std::optional<int> printsIn(std::string_view message);

}  // namespace contone::printers
