// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// findPrinters: lists a scheduler's queues and the printers on cables and on the network, and suggests setups for them.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/print/printer.h"

namespace contone::printers {

/// How a printer could be driven. With `driver` or for RouteKind::Queue a queue may have to be installed first.
struct SuggestedSetup {
    print::Route route;
    std::string model, medium, finish;
    bool operator==(const SuggestedSetup&) const = default;
};

/// "contone setup add NAME …", safe to paste into a shell whatever the printer says.
std::string commandFor(const SuggestedSetup& setup);

/// What printers say of themselves is one line of printable text here, whatever they sent.
struct FoundPrinter {
    enum class Where {
        Queue,    ///< a queue of the scheduler
        Cable,    ///< a device that the scheduler sees and no queue prints on
        Network,  ///< announced over DNS-SD
        Address,  ///< asked for by its address
    } where = Where::Queue;
    std::string name;                  ///< the queue's, the device's or the service's
    std::string uri;                   ///< of the queue; the printer's ipp:// address; else the device URI
    std::string device;                ///< what a queue prints on
    std::string makeAndModel;          ///< as it says
    std::string driver;                ///< Gutenprint's short name when one drives it, "dnp-ds620"; empty: none
    std::vector<std::string> formats;  ///< MIME types; empty: not known
    std::vector<std::pair<int, int>> resolutions;  ///< of raster pages, dpi; empty: not known
    std::vector<std::string> media;                ///< sheets it offers without borders, "102 × 152 mm"
    print::PrinterState state;                     ///< loaded paper, supplies, what stands in the way
    std::optional<SuggestedSetup> suggestion;
    std::string why;  ///< of the suggestion, or why there is none and what to do; a sentence
};
const char* toString(FoundPrinter::Where where);  ///< "queue", "cable", "network", "address"

struct FindOptions {
    std::string scheduler = "ipp://localhost:631/";
    std::vector<std::string> addresses;          ///< printers to ask by their ipp:// address
    std::chrono::milliseconds timeout{10'000};   ///< each question
    std::chrono::milliseconds listen{3'000};     ///< to DNS-SD; 0: not at all
    std::chrono::milliseconds patience{60'000};  ///< with all who announce themselves; no further one is asked after
};

struct FoundPrinters {
    std::vector<FoundPrinter> printers;
    std::vector<std::string> troubles;  ///< sentences: what could not be asked
};

/// Asks the scheduler for its queues and devices, listens to DNS-SD, and asks every IPP printer what it can. Whatever
/// does not answer becomes a trouble, never an error. Blocks up to `listen`, a `timeout` for each queue and address,
/// and `patience`.
FoundPrinters findPrinters(const std::map<std::string, print::PrinterModel>& models, const FindOptions& options);

}  // namespace contone::printers
