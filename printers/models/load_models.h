// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// loadModels: reads the printer models of this installation.
#pragma once

#include <map>
#include <string>

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/print/printer_model.h"

namespace contone::printers {

/// Reads `share`/models/*.toml, by id. Strict: unknown and missing keys, wrong types and units, ids that differ from
/// the file name, geometry that cannot be (no printable area, a sheet that the raster misses by more than 5 mm,
/// overscan that does not leave the sheet), pieces without a cut's name, finishes without an option and Gutenprint
/// media without a driver or with colour left to its defaults are refused by file, line and reason: Invalid
/// "printer-model-file". NotFound "printer-model-files-missing" when there are none. Overscan that a file does not
/// state is print::derivedOverscan.
Result<std::map<std::string, print::PrinterModel>> loadModels(const Path& share);

}  // namespace contone::printers
