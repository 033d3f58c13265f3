// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrinterFacts: what a printer or queue reports about itself, as a value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/print/printer.h"
#include "printers/ipp/ipp_wire.h"

namespace contone::printers {

/// One entry of media-col-database, in IPP's 1/100 mm.
struct MediaChoice {
    int width = 0, height = 0;
    bool borderless = false;
    std::string type;  ///< media-type keyword; empty: not said
};

struct PrinterFacts {
    ipp_pstate_t state = IPP_PSTATE_IDLE;
    std::vector<std::string> reasons;
    std::string message, makeAndModel, deviceUri, errorPolicy;
    std::string schedulerVersion;  ///< of CUPS; empty: a printer
    bool accepting = true, color = true;
    std::vector<std::string> mediaReady, formats, rasterTypes, mediaTypes, contentOptimize, holdUntil, jobSheets;
    std::vector<std::pair<int, int>> rasterDpi;
    std::vector<MediaChoice> media;
    std::vector<print::Supply> supplies;

    bool printsRaster() const;  ///< names image/pwg-raster
    bool hasDpi(Dpi x, Dpi y) const;
};

/// Fails as Wire::ask and errorOf.
Result<PrinterFacts> readFacts(const Wire& wire);

/// The borderless entry for a medium, of the finish when there is one of it; nullptr: none.
/// A sheet may differ by 0.5 mm: printers round inches.
const MediaChoice* borderlessChoice(const PrinterFacts& facts, const print::Medium& medium, const std::string& finish);
/// The printer's media-type for a finish of ours: the same word, or "photographic-" and the word. Empty: none.
std::string mediaTypeFor(const std::vector<std::string>& types, const std::string& finish);

/// Whether this finish is listed for this size. An entry without a type goes by the printer's list: queues say sizes
/// alone. An empty finish asks for nothing.
bool offersFinish(const PrinterFacts& facts, const MediaChoice& choice, const std::string& finish);

/// What stands in the way, from printer-state, -reasons and is-accepting-jobs. Reasons go by stem: CUPS changes
/// suffixes. A printer that stands still and does not say why counts as Paused: only a queue is ever told to go on.
print::PrinterState stateOf(const PrinterFacts& facts);

}  // namespace contone::printers
