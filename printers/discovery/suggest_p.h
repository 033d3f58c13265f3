// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Chooses the model, medium, finish and route that fit what a printer reports.
#pragma once

#include "printers/cups/queue_admin.h"
#include "printers/discovery/find_printers.h"
#include "printers/ipp/printer_facts.h"

namespace contone::printers {

using Models = std::map<std::string, print::PrinterModel>;

/// The model that names this Gutenprint driver; nullptr: none.
const print::PrinterModel* modelOfDriver(const Models& models, const std::string& driver);

/// Gutenprint's driver for a device: by its URI (gutenprint53+usb://dnp-ds620/…) or by its IEEE 1284 id, maker and
/// model both. Empty: none.
std::string driverOfDevice(const std::vector<DriverChoice>& drivers, const std::string& deviceUri,
                           const std::string& deviceId);

/// MFG (or MANUFACTURER) and MDL (or MODEL) of an IEEE 1284 id, lowered, without blanks at the ends.
std::pair<std::string, std::string> makerAndModel(const std::string& deviceId);

/// For a printer that speaks IPP: a direct route. Sets suggestion and why.
void suggestDirect(FoundPrinter& found, const Models& models, const PrinterFacts& facts);
/// For a queue: with Gutenprint's driver, or passing PWG raster to a printer that answered `behind`.
void suggestQueue(FoundPrinter& found, const Models& models, const std::string& ppd,
                  const std::optional<PrinterFacts>& behind);
/// For a device without a queue.
void suggestInstall(FoundPrinter& found, const Models& models);

}  // namespace contone::printers
